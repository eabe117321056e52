/// A tenth design: one row and a function that makes its points, given here, and no other line of
/// the program knows of it.  The linker takes this table instead of that of the library.

#include "agents/world/scenario.hpp"
#include "io/hdf5/hdf5.hpp"
#include "jobs/study/design/design.hpp"
#include "jobs/study/design/design_random.hpp"
#include "jobs/study/journal/journal.hpp"
#include "jobs/study/journal/record_content.hpp"
#include "jobs/study/plan/plan.hpp"
#include "jobs/study/result/merge.hpp"
#include "jobs/study/result/report.hpp"
#include "jobs/study/result/results.hpp"
#include "tests/support/studies.hpp"

namespace latecomer::jobs::study {
namespace {

std::int64_t pairs(const DesignSpec& spec)
{
    return spec.n;
}

std::int64_t pair(std::int64_t)
{
    return 2;
}

/// A point anywhere, then the one on the other side of the middle.
PointMaker antithetic_points(const DesignSpec& spec)
{
    return [seed = spec.seed, d = parameters_of(spec)](std::int64_t i) {
        std::vector<double> values;
        for (std::int64_t j = 0; j < d; ++j) {
            const std::uint64_t bits = design_bits(seed, DesignDraw::scramble, i / 2, j);
            const double u = static_cast<double>(bits >> 11) * 0x1p-53;
            values.push_back(i % 2 == 0 ? u : 1.0 - u);
        }
        return values;
    };
}

DesignMethod antithetic()
{
    return {.kind = "antithetic",
            .need = MarginalNeed::distribution,
            .keys = {DesignKey::n, DesignKey::seed},
            .blocks = pairs,
            .points = antithetic_points,
            .n_counts = "number of pairs",
            .block_size = pair,
            .grows = true,
            .statistics = {Statistic::pawn}};
}

}  // namespace

std::span<const DesignMethod> design_methods()
{
    static const std::vector<DesignMethod> rows = [] {
        std::vector<DesignMethod> all = design_method_rows();
        all.push_back(antithetic());
        return all;
    }();
    return rows;
}

}  // namespace latecomer::jobs::study

namespace latecomer::tests {
namespace {

using namespace jobs::study;

constexpr const char* parameters = "[[parameters]]\nname = \"learning.search_share\"\n"
                                   "low = 0.0\nhigh = 1.0\n"
                                   "[[parameters]]\nname = \"learning.innovation_share\"\n"
                                   "low = 0.0\nhigh = 1.0\n";

std::string study_of(const std::string& kind, const std::string& keys = "n = 32\n")
{
    return study_head + ("[design]\nkind = \"" + kind + "\"\n" + keys) + parameters;
}

Plan plan_of(const std::string& toml)
{
    const Scratch folder;
    return Plan{read_study(folder, toml), mpi::Communicator{}};
}

/// Writes a journal in which all runs are done and every outcome is the first parameter.
void compute(const Plan& plan, const std::filesystem::path& folder)
{
    std::vector<std::string> economies;
    for (const Economy& economy : economies_of(plan.scenario(plan.task(0)))) {
        economies.push_back(economy.key);
    }
    Journal journal{folder / "journal", {plan.spec().name, "build", "job", "host", 1}};
    for (std::int64_t number = 0; number < plan.tasks(); ++number) {
        Record record;
        record.kind = RecordKind::done;
        record.task = number;
        record.key = plan.key(plan.task(number));
        record.outcomes.assign(outcome_keys(economies, false).size(),
                               plan.design().point(plan.task(number).point)[0]);
        journal.append(record);
    }
}

TEST_CASE("a new row of the table of methods reaches the reader of studies")
{
    const Scratch folder;
    const Spec spec = read_study(folder, study_of("antithetic"));
    CHECK(spec.design.method->kind == "antithetic");
    CHECK(spec.design.n == 32);
    check_refused(refusal(study_of("antithetik")), {{}, {"Did you mean 'antithetic'?"}});
    check_refused(refusal(study_of("antithetic", "")),
                  {{}, {"'design.n' is missing", "number of pairs"}});
    check_refused(refusal(study_of("antithetic", "n = 4\nlevels = 4\n")),
                  {{}, {"says nothing to a design of kind 'antithetic', only to: morris;"}});
    check_refused(refusal(study_of("list", "n = 4\n")),
                  {{}, {"only to: lhs, maximin, sobol, saltelli, morris, antithetic;"}});
}

TEST_CASE("a new row of the table of methods reaches the waves of a study")
{
    const std::string size = "[[wave]]\nsize = 40\n";
    CHECK(plan_of(study_of("antithetic") + size).design().size() == 80);
    check_refused(refusal(study_of("lhs") + size),
                  {{}, {"kind sobol, saltelli, morris and antithetic only"}});
    check_refused(refusal(study_of("antithetic") + "[[wave]]\npoints = \"points.csv\"\n"),
                  {{}, {"kind full, list, file, lhs, maximin and sobol only"}});
}

TEST_CASE("a new row of the table of methods reaches the plan and the points of its runs")
{
    const Plan plan = plan_of(study_of("antithetic") + "[replicates]\nmin = 1\n");
    CHECK(plan.tasks() == 64);
    CHECK(plan.design().block_size() == 2);
    for (std::int64_t i = 0; i < 64; i += 2) {
        const std::vector<double> one = plan.design().point(i);
        const std::vector<double> other = plan.design().point(i + 1);
        REQUIRE(one[0] + other[0] == 1.0);
        REQUIRE(one[1] + other[1] == 1.0);
        REQUIRE(one != other);
    }
    const Scratch folder;
    const std::string said = describe_plan(plan, progress_of(plan, folder.path()), false);
    CHECK(said.find("x 64 points (antithetic, 2 parameters) x 1 replicates = 64 runs") !=
          std::string::npos);
}

TEST_CASE("a new row of the table of methods reaches the result and the report")
{
    const Plan plan = plan_of(study_of("antithetic") + "[replicates]\nmin = 1\n");
    const Scratch folder;
    compute(plan, folder.path());
    const Merged merged = merge(plan, folder.path(), false);

    const io::Hdf5File file = io::Hdf5File::open(merged.path);
    const auto row = [&](const std::string& name, std::uint64_t first) {
        std::vector<double> values(2);  // of both parameters
        const io::Dataset dataset = file.open_dataset(name);
        std::vector<double> all(dataset.rows() * dataset.row_bytes() / sizeof(double));
        dataset.read(0, dataset.rows(), all.data());
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(2 * first), 2, values.begin());
        return values;
    };
    CHECK(row("parameter_value", 63) == plan.design().point(63));
    CHECK(row("pawn_median", 0)[0] > row("pawn_floor", 0)[0]);
    CHECK(row("pawn_median", 0)[1] < row("pawn_floor", 0)[1]);
    for (const std::string& name : file.dataset_names()) {
        CAPTURE(name);
        CHECK(name.rfind("sobol", 0) == std::string::npos);
        CHECK(name.rfind("morris", 0) == std::string::npos);
    }

    CHECK(merged.report == report(plan, folder.path()));
    CHECK(merged.report.find("PAWN") != std::string::npos);
    CHECK(merged.report.find("point 0") == std::string::npos);  // many points are not listed
}

}  // namespace
}  // namespace latecomer::tests
