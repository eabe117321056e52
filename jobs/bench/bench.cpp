#include "agents/world/firms.hpp"
#include "core/build_info.hpp"
#include "core/instruction_set.hpp"
#include "core/text.hpp"
#include "jobs/bench/measures.hpp"
#include "jobs/command_line/commands.hpp"
#include "jobs/terminal/figures.hpp"
#include "jobs/terminal/terminal.hpp"

#include <algorithm>

namespace latecomer::jobs {
namespace {

using bench::Effort;
using bench::ModelResult;
using bench::ToyResult;

constexpr double nano = 1e-9;

Effort effort_of(const BenchOptions& options)
{
    Effort effort;
    effort.firms = options.quick ? std::vector<std::int64_t>{20'000}
                                 : std::vector<std::int64_t>{20'000, 200'000, 1'000'000};
    if (options.firms) {
        effort.firms = {*options.firms};
    }
    if (options.quick) {
        effort.quarters = 3;
        effort.agents = 100'000;
        effort.bandwidth_values = 2'000'000;
    }
    if (options.quarters) {
        effort.quarters = *options.quarters;
    }
    return effort;
}

struct Results {
    std::vector<ModelResult> models;
    ToyResult toy;
    double bandwidth = 0.0;
    double workers = 1.0;
};

std::string phase_line(const ModelResult& model, std::size_t phase, const Results& results)
{
    const double per_firm =
        model.seconds[phase] * results.workers / nano / static_cast<double>(model.firms);
    const double touched =
        bench::bytes_of_firm(static_cast<Phase>(phase)) * static_cast<double>(model.firms);
    const double seconds = model.seconds[phase];
    const std::string share =
        touched > 0.0 && seconds > 0.0 && results.bandwidth > 0.0
            ? text(fixed(100.0 * touched / seconds / results.bandwidth, 0), " % of bandwidth")
            : std::string{};
    return text("    ", left(std::string{phase_names[phase]}, 10), right(fixed(per_firm, 1), 8),
                " ns a firm   ", share, '\n');
}

std::string waiting_line(const ModelResult& model)
{
    return model.waiting_seconds > 0.0
               ? text("    ranks wait for each other ", fixed(model.waiting_seconds * 1e3, 2),
                      " ms a quarter\n")
               : std::string{};
}

std::string memory_line(const ModelResult& model)
{
    constexpr double values = sizeof(FirmRecord);
    return text("    memory ", fixed(model.bytes_per_firm, 0), " bytes a firm: its values ",
                fixed(values, 0), ", room to grow ", fixed(model.column_bytes_per_firm - values, 0),
                ", all else ", fixed(model.bytes_per_firm - model.column_bytes_per_firm, 0),
                "; fullest rank ", bytes(model.rank_bytes), '\n');
}

std::string traffic_line(const ModelResult& model)
{
    if (model.messages == 0.0) {  // no launcher has started this process, so there is no MPI
        return "";
    }
    std::string words =
        text("    a rank sends ", grouped(static_cast<std::int64_t>(model.sent_bytes)),
             " bytes in ", fixed(model.messages, 0), " messages a quarter");
    if (model.rebalances > 0) {
        words += text("; ", grouped(static_cast<std::int64_t>(model.moved_bytes)), " in each of ",
                      model.rebalances, " that moved firms");
    }
    return words + '\n';
}

std::string table(const Results& results)
{
    std::string words =
        text("bandwidth (a = b + s c): ", fixed(results.bandwidth * 1e-9, 1), " GB/s\n");
    for (const ModelResult& model : results.models) {
        const double rate = static_cast<double>(model.firms) / model.seconds_per_quarter;
        words +=
            text("full model, ", grouped(model.firms), " firms: ", rounded(rate / results.workers),
                 " firm-steps a second and core, ", fixed(model.seconds_per_quarter * 1e3, 1),
                 " ms a quarter (mean ", fixed(model.mean_seconds_per_quarter * 1e3, 1),
                 "); processor ", fixed(model.processor_seconds_per_quarter * 1e3, 1), " (",
                 fixed(model.mean_processor_seconds_per_quarter * 1e3, 1), ")\n");
        for (std::size_t phase = 0; phase < phase_count; ++phase) {
            words += phase_line(model, phase, results);
        }
        words += waiting_line(model);
        words += memory_line(model);
        words += traffic_line(model);
        words += text("    checkpoint of ", bytes(model.checkpoint_bytes), ": ",
                      fixed(model.checkpoint_seconds * 1e3, 0),
                      " ms; plain write of as much: ", fixed(model.plain_write_seconds * 1e3, 0),
                      " ms\n");
        if (model.exact_over_plain > 0.0) {
            words += text("    a quarter takes ", fixed(model.exact_over_plain, 3),
                          " times as long as with plain sums\n");
        }
        words += text("    state hash: ", model.state_hash, '\n');
    }
    const double rate = static_cast<double>(results.toy.agents) / results.toy.seconds_per_quarter;
    words +=
        text("toy, ", grouped(results.toy.agents), " agents: ", rounded(rate / results.workers),
             " updates a second and core; E(100) = ", fixed(results.toy.mean, 4), '\n');
    return words;
}

std::string json(const Results& results)
{
    std::string words = text("{\"instruction_set\": \"", name_of(instruction_set()),
                             "\", \"bandwidth_bytes_per_second\": ", fixed(results.bandwidth, 0),
                             ", \"workers\": ", fixed(results.workers, 0), ", \"models\": [");
    for (const ModelResult& model : results.models) {
        words += text(
            &model == &results.models.front() ? "" : ", ", "{\"firms\": ", model.firms,
            ", \"seconds_per_quarter\": ", fixed(model.seconds_per_quarter, 9),
            ", \"mean_seconds_per_quarter\": ", fixed(model.mean_seconds_per_quarter, 9),
            ", \"processor_seconds_per_quarter\": ", fixed(model.processor_seconds_per_quarter, 9),
            ", \"mean_processor_seconds_per_quarter\": ",
            fixed(model.mean_processor_seconds_per_quarter, 9),
            ", \"waiting_seconds_per_rank_and_quarter\": ", fixed(model.waiting_seconds, 9),
            ", \"seconds_by_phase\": {");
        for (std::size_t phase = 0; phase < phase_count; ++phase) {
            words += text(phase == 0 ? "" : ", ", '"', phase_names[phase],
                          "\": ", fixed(model.seconds[phase], 9));
        }
        words += text("}, \"bytes_per_firm\": ", fixed(model.bytes_per_firm, 1),
                      ", \"column_bytes_per_firm\": ", fixed(model.column_bytes_per_firm, 1),
                      ", \"bytes_of_fullest_rank\": ", fixed(model.rank_bytes, 0),
                      ", \"sent_bytes_per_rank_and_quarter\": ", fixed(model.sent_bytes, 1),
                      ", \"messages_per_rank_and_quarter\": ", fixed(model.messages, 1),
                      ", \"rebalances\": ", model.rebalances,
                      ", \"moved_bytes_per_rank_and_rebalance\": ", fixed(model.moved_bytes, 1),
                      ", \"checkpoint_seconds\": ", fixed(model.checkpoint_seconds, 6),
                      ", \"checkpoint_bytes\": ", fixed(model.checkpoint_bytes, 0),
                      ", \"plain_write_seconds\": ", fixed(model.plain_write_seconds, 6),
                      ", \"exact_over_plain_sums\": ", fixed(model.exact_over_plain, 4),
                      ", \"state_hash\": \"", model.state_hash, "\"}");
    }
    words += text("], \"toy\": {\"agents\": ", results.toy.agents,
                  ", \"seconds_per_quarter\": ", fixed(results.toy.seconds_per_quarter, 9),
                  ", \"mean\": ", fixed(results.toy.mean, 6), "}}\n");
    return words;
}

}  // namespace

void bench_machine(const BenchOptions& options, const mpi::Session& session,
                   const mpi::Communicator& comm)
{
    const Machine machine = prepare_machine(options.threads, session.processor_name(), comm);
    const Effort effort = effort_of(options);
    Results results;
    results.workers = machine.workers();
    note(text("bench, ", describe(machine), ", built with ", build_info().compiler, ' ',
              build_info().flags, ", kernels for ", name_of(instruction_set())),
         comm);
    if (const std::string words = warning(machine); !words.empty()) {
        note(words, comm);
    }
    for (const std::int64_t firms : effort.firms) {
        results.models.push_back(bench::measure_model(firms, effort, machine, comm));
    }
    results.toy = bench::measure_toy(effort, comm);
    results.bandwidth = bench::measure_bandwidth(effort, comm);
    print(options.json ? json(results) : table(results), comm);
}

}  // namespace latecomer::jobs
