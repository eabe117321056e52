#include "agents/observation/outputs.hpp"

#include "agents/observation/output_rows.hpp"
#include "agents/policy/instruments.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace latecomer {

namespace {

std::vector<Output> all_outputs()
{
    std::vector<Output> all = output_rows::countries();
    for (auto more : {output_rows::pools(), output_rows::policy(), output_rows::world_wide()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

constexpr std::array axis_rows{
    AxisRow{Axis::country, "country", "Economy, by its key"},
    AxisRow{Axis::position, "position", "Position along the value chain"},
    AxisRow{Axis::stage, "stage", "Stage of the value chain"},
    AxisRow{Axis::sector, "sector", "Application sector"},
    AxisRow{Axis::lead_firm, "lead_firm", "Lead firm: home economy and number"},
    AxisRow{Axis::bin, "bin", "Lower edge of a bin of ln capability"},
    AxisRow{Axis::home, "home",
            "Home economy of sellers or of a government; all: too many to tell apart"},
    AxisRow{Axis::target, "target", "Position to which a firm moves"},
    AxisRow{Axis::instrument, "instrument", "Instrument of policy"},
    AxisRow{Axis::mode, "mode", "How a lead firm is present in an economy"},
};

}  // namespace

bool homes_are_told_apart(const World& world)
{
    return static_cast<std::int64_t>(world.countries.size()) <=
           world.parameters().output.flow_matrix_countries;
}

std::span<const AxisRow> axes()
{
    return axis_rows;
}

std::size_t axis_size(const World& world, Axis axis)
{
    return axis_labels(world, axis).size();
}

std::vector<std::string> axis_labels(const World& world, Axis axis)
{
    std::vector<std::string> labels;
    switch (axis) {
    case Axis::country:
        labels.assign(world.countries.key.begin(), world.countries.key.end());
        return labels;
    case Axis::home:
        return homes_are_told_apart(world) ? axis_labels(world, Axis::country)
                                           : std::vector<std::string>{"all"};
    case Axis::lead_firm:
        for (const LeadId l : world.leads.indices()) {
            labels.push_back(text(world.countries.key[world.leads.home[l]], '-', l.at() + 1));
        }
        return labels;
    default:
        return *axis_labels(world.scenario, axis);
    }
}

std::optional<std::vector<std::string>> axis_labels(const Scenario& scenario, Axis axis)
{
    std::vector<std::string> labels;
    switch (axis) {
    case Axis::country:
        for (const Economy& economy : economies_of(scenario)) {
            labels.push_back(economy.key);
        }
        break;
    case Axis::instrument:
        for (const Instrument& row : instruments()) {
            labels.emplace_back(row.key);
        }
        break;
    case Axis::mode:
        labels.assign(presence_names.begin(), presence_names.end());
        break;
    case Axis::position:
    case Axis::target:
        for (const Positions positions{scenario.parameters};
             const PositionId p : positions.indices()) {
            labels.push_back(positions[p].key);
        }
        break;
    case Axis::stage:
        labels.assign(stage_names.begin(), stage_names.end());
        break;
    case Axis::sector:
        for (const Sector& sector : scenario.parameters.sectors) {
            labels.push_back(sector.key);
        }
        break;
    case Axis::home:
    case Axis::lead_firm:
        return std::nullopt;
    case Axis::bin:
        for (std::size_t bin = 0; bin < histogram_bins; ++bin) {
            constexpr double width =
                (histogram_high - histogram_low) / static_cast<double>(histogram_bins);
            labels.push_back(text(histogram_low + static_cast<double>(bin) * width));
        }
        break;
    }
    return labels;
}

std::span<const Output> outputs()
{
    static const std::vector<Output> all = all_outputs();
    return all;
}

std::size_t output_size(const World& world, const Output& output)
{
    std::size_t size = 1;
    for (const Axis axis : output.dimensions) {
        size *= axis_size(world, axis);
    }
    return size;
}

}  // namespace latecomer
