#include "core/text.hpp"
#include "io/files/text_file.hpp"
#include "jobs/study/spec/spec_design.hpp"

#include <bit>

/// The waves of a study: points or replicates that came later.
namespace latecomer::jobs::study {
namespace {

/// Whether points of other origin may stand behind those of the method.
bool takes_more(const DesignMethod& method)
{
    return method.need != MarginalNeed::nothing && !method.has_blocks() && !method.has_weights;
}

bool grows(const DesignMethod& method)
{
    return method.grows;
}

/// "sobol, saltelli and morris"
std::string in_words(const std::vector<std::string>& words)
{
    std::string all;
    for (std::size_t i = 0; i < words.size(); ++i) {
        all += text(i == 0 ? "" : i + 1 == words.size() ? " and " : ", ", words[i]);
    }
    return all;
}

void add_points(const TomlValue& value, const std::vector<SaidArm>& arms, Spec& spec,
                std::vector<SaidMarginal>& marginals, const mpi::Communicator& comm)
{
    DesignSpec& design = spec.design;
    if (!takes_more(*design.method)) {
        reject(value.place,
               text("points can be added to designs of kind ", in_words(kinds_where(takes_more)),
                    " only; write a study of its own"));
    }
    const std::string name =
        read_text(value, {"wave.points", {}, {}, "Name of a file of points to add."});
    const std::filesystem::path path = (spec.path.parent_path() / name).lexically_normal();
    const std::string content = io::read_text_file(path, value.place, io::study_limit, comm);
    PointFile more = read_point_file(content, path.string(), arms, spec, marginals);
    for (std::vector<double>& row : more.rows) {
        row.resize(design.marginals.size(), 0.5);  // the dummy
        design.rows.push_back(std::move(row));
    }
}

void enlarge(const TomlValue& value, DesignSpec& design)
{
    if (!grows(*design.method)) {
        reject(value.place,
               text("a larger size leaves the points before as they are in designs of kind ",
                    in_words(kinds_where(grows)),
                    " only; add points from a file instead, points = \"more.csv\""));
    }
    if (!design.rows.empty()) {
        reject(value.place, "the points of a file were added before, and would get other numbers; "
                            "add points from a file again");
    }
    const std::int64_t size = read_whole(value, {1, static_cast<double>(most_points)},
                                         {"wave.size", {}, {}, "Larger size of the design."});
    if (size <= design.n) {
        reject(value.place, text("'wave.size' is ", size, ", but the design has ", design.n,
                                 " already; give the size of all waves together"));
    }
    if (design.method->needs_power_of_two &&
        !std::has_single_bit(static_cast<std::uint64_t>(size))) {
        reject(value.place, text("'wave.size' is ", size,
                                 ", but a Sobol' sequence is balanced only after a "
                                 "power of two of points; take ",
                                 2 * std::bit_floor(static_cast<std::uint64_t>(size))));
    }
    design.n = size;
}

void add_replicates(const TomlValue& value, Replicates& replicates)
{
    const std::int64_t count =
        read_whole(value, {1, 4294967296.0}, {"wave.replicates", {}, {}, "Replicates altogether."});
    if (count <= replicates.max) {
        reject(value.place, text("'wave.replicates' is ", count, ", but there are ", replicates.max,
                                 " already; give the number of all together"));
    }
    // Without rules that stop, all replicates belong to the only look.
    replicates.min = replicates.min == replicates.max ? count : replicates.min;
    replicates.max = count;
}

}  // namespace

void read_waves(const TomlValue& root, const std::vector<SaidArm>& arms, Spec& spec,
                std::vector<SaidMarginal>& marginals, const mpi::Communicator& comm)
{
    spec.waves = {{point_count(spec.design), spec.replicates.max}};
    for (const SpecTable& table : SpecTable::list(root, "wave")) {
        const TomlValue* points = table.find("points");
        const TomlValue* size = table.find("size");
        const TomlValue* replicates = table.find("replicates");
        if ((points != nullptr) + (size != nullptr) + (replicates != nullptr) != 1) {
            reject(table.place(),
                   "a wave adds one thing: 'points' of a file, a larger 'size' of the "
                   "design, or 'replicates'; write one of them, and another [[wave]] "
                   "for more");
        }
        if (points != nullptr) {
            add_points(*points, arms, spec, marginals, comm);
        } else if (size != nullptr) {
            enlarge(*size, spec.design);
        } else {
            add_replicates(*replicates, spec.replicates);
        }
        spec.waves.push_back({point_count(spec.design), spec.replicates.max});
    }
}

}  // namespace latecomer::jobs::study
