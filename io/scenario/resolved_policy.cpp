#include "io/scenario/resolved_policy.hpp"

#include "agents/policy/instruments.hpp"
#include "core/text.hpp"
#include "io/toml/toml_text.hpp"

#include <algorithm>

namespace latecomer {
namespace {

template <std::size_t n>
std::string weights(const std::array<double, n>& values,
                    const std::array<std::string_view, n>& names)
{
    std::string out;
    for (std::size_t i = 0; i < n; ++i) {
        out += text(out.empty() ? "{ " : ", ", names[i], " = ", toml_text(values[i]));
    }
    return out + " }";
}

/// The intensities that a phase requests, as a line of TOML.
std::string request_of(const PolicyMix& mix, const std::vector<Sector>& sectors)
{
    std::string out;
    for (const InstrumentId id : instrument_indices()) {
        const auto row = mix.row(id);
        if (std::ranges::all_of(row, [](double x) { return x == 0.0; })) {
            continue;
        }
        out += text(out.empty() ? "{ " : ", ", instrument(id).key, " = ");
        if (std::ranges::all_of(row, [&](double x) { return x == row[0]; })) {
            out += toml_text(row[0]);
            continue;
        }
        for (std::size_t j = 0; j < sectors.size(); ++j) {
            out += text(j == 0 ? "{ " : ", ", sectors[j].key, " = ", toml_text(row[j]));
        }
        out += " }";
    }
    return out.empty() ? "pathway = \"none\"" : text("instruments = ", out, " }");
}

/// Ranks of instruments, as TOML.
std::string priority_of(const PolicyPhase& phase)
{
    std::string out;
    for (const std::vector<InstrumentId>& rank : phase.priority) {
        std::string equals;
        for (const InstrumentId id : rank) {
            equals += text(equals.empty() ? "" : ", ", '"', instrument(id).key, '"');
        }
        out += text(out.empty() ? "[" : ", ", '[', equals, ']');
    }
    return out + "]";
}

void write_phase(std::string& out, const PolicyPlan& plan, const PolicyPhase& phase,
                 const std::vector<Sector>& sectors)
{
    out += text("\n[[policy.", plan.country, ".phase]]\nfrom = ", phase.from, '\n');
    if (phase.to <= 4000) {
        out += text("to = ", phase.to, '\n');
    }
    out += text("ramp = ", phase.ramp_quarters, "\nlabel = ", toml_text(phase.pathway), '\n');
    if (phase.cost_share) {
        out += text("equal_cost = ", toml_text(*phase.cost_share), '\n');
    }
    out += text(request_of(phase.request, sectors), '\n');
    if (!phase.priority.empty()) {
        out += text("priority = ", priority_of(phase), '\n');
    }
    if (std::ranges::any_of(phase.tariff, [](double tariff) { return tariff != 0.0; })) {
        out += text("tariff = ", weights(phase.tariff, stage_names), '\n');
    }
}

void write_windows(std::string& out, const std::vector<TechnologyWindow>& windows)
{
    for (const TechnologyWindow& window : windows) {
        out += text("\n[[window]]\nquarter = ", window.quarter, "\nstage = \"",
                    stage_names[at(window.stage)], "\"\nlabel = ", toml_text(window.label),
                    "\ngain = ", toml_text(window.gain), "\nlock_in = ", toml_text(window.lock_in),
                    "\nperception_loss = ", toml_text(window.perception_loss),
                    "\nbase = ", toml_text(window.base), '\n');
    }
}

/// Each switch with the parameters that it changes.
void write_switches(std::string& out, const Scenario& scenario)
{
    const Parameters* before = &scenario.parameters;
    for (const ParameterSwitch& change : scenario.switches) {
        out += text("\n[[switch]]\nquarter = ", change.quarter,
                    "\nlabel = ", toml_text(change.label), '\n');
        for_each(Parameters::sections, [&](const auto& section) {
            const auto& old_values = before->*section.member;
            const auto& new_values = change.parameters.*section.member;
            for_each(new_values.table, [&](const auto& row) {
                if (old_values.*row.member != new_values.*row.member) {
                    out +=
                        text(section.key, '.', row.key, " = ", toml_value(row, new_values), '\n');
                }
            });
        });
        before = &change.parameters;
    }
}

}  // namespace

std::string policies_toml(const Scenario& scenario)
{
    std::string out;
    for (const PolicyPlan& plan : scenario.policies) {
        out += text("\n[policy.", plan.country, "]\nmode = \"",
                    policy_mode_names[static_cast<std::size_t>(plan.mode)],
                    "\"\ngoals = ", weights(plan.goal_weights, goal_keys),
                    "\norientation = ", weights(plan.orientation_weights, orientation_keys), '\n');
        for (const PolicyPhase& phase : plan.phases) {
            write_phase(out, plan, phase, scenario.parameters.sectors);
        }
    }
    write_windows(out, scenario.windows);
    write_switches(out, scenario);
    return out;
}

}  // namespace latecomer
