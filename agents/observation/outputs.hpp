#pragma once

#include "agents/world/world.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a run reports every quarter, declared once: files, manual and tests walk `outputs`.
namespace latecomer {

/// A dimension of the output files.
enum class Axis {
    country,
    position,
    stage,
    sector,
    lead_firm,
    bin,
    home,
    target,
    instrument,
    mode,
};

/// A dimension with the labels (or numbers, for `bin`) of its coordinate.
struct AxisRow {
    Axis axis;
    std::string_view key;
    std::string_view doc;
};
std::span<const AxisRow> axes();

/// Whether countries are few enough for flows between all pairs to be recorded.
bool homes_are_told_apart(const World& world);
std::size_t axis_size(const World& world, Axis axis);
std::vector<std::string> axis_labels(const World& world, Axis axis);

/// The labels of an axis that a scenario fixes before any world is made; nothing of lead firms and homes.
std::optional<std::vector<std::string>> axis_labels(const Scenario& scenario, Axis axis);

/// What must be worked out for an output besides the model itself.
enum class Need { model, distributions, identities };

/// One variable of the series.
///
/// `fill` writes the value of the quarter just ended, row-major over `dimensions`; a value that
/// does not exist (the gap of a country without firms) is NaN.
struct Output {
    std::string_view key;
    std::string_view unit;
    std::vector<Axis> dimensions;  ///< after time
    std::string_view equation;     ///< its number, or "section 10" of agents/MODEL.md
    std::string_view doc;
    void (*fill)(const World& world, std::span<double> values);
    Need need = Need::model;
};
std::span<const Output> outputs();

/// The number of values that an output has in one quarter.
std::size_t output_size(const World& world, const Output& output);

}  // namespace latecomer
