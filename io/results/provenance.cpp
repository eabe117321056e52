#include "io/results/provenance.hpp"

#include "core/build_info.hpp"
#include "core/instruction_set.hpp"
#include "core/text.hpp"
#include "io/files/sha256.hpp"
#include "mpi/session.hpp"

namespace latecomer::io {

Attributes provenance(const Scenario& scenario, const Origin& origin, std::string_view schema)
{
    const BuildInfo& build = build_info();
    const RunParameters& run = scenario.parameters.run;
    return {
        {"Conventions", conventions},
        {"title", text("Latecomer run '", scenario.name, "', seed ", run.seed, ", replicate ",
                       run.replicate)},
        {"source", text("latecomer ", build.version)},
        {"history", origin.history},
        {"schema", std::string{schema}},
        {"schema_version", schema_version},
        {"scenario", scenario.name},
        {"seed", run.seed},
        {"replicate", run.replicate},
        {"quarters", run.quarters},
        {"spin_up", run.spin_up},
        {"burn_in", run.burn_in},
        {"start_year", run.start_year},
        {"scenario_text", origin.scenario_text},
        {"scenario_sha256", sha256(origin.scenario_text)},
        {"rng", "Philox4x32-10"},
        {"rng_key_layout",
         "key: seed (64 bits); counter: entity id low 32 bits | entity id high bits and stream "
         "(from bit 24) | quarter and block (from bit 16) | replicate"},
        {"git_commit", std::string{build.git_commit}},
        {"git_dirty", build.git_dirty ? "yes" : "no"},
        {"compiler", std::string{build.compiler}},
        {"compiler_flags", std::string{build.flags}},
        {"build_type", std::string{build.build_type}},
        {"instruction_set", std::string{name_of(instruction_set())}},
        {"mpi_version", mpi::library_version()},
        {"hdf5_version", hdf5_version()},
        {"ranks", std::int64_t{origin.ranks}},
        {"threads", std::int64_t{origin.threads}},
    };
}

Attribute state_hash_attribute(std::uint64_t hash)
{
    return {"state_hash", hexadecimal(hash)};
}

}  // namespace latecomer::io
