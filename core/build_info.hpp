#pragma once

#include <string_view>

namespace latecomer {

/// What this program was built from and how: the provenance that every output file carries.
struct BuildInfo {
    std::string_view version;     ///< of the project, "1.0.0"
    std::string_view git_commit;  ///< 40 hex digits, or "unknown" outside a git checkout
    bool git_dirty;               ///< tracked files differed from that commit
    std::string_view compiler;    ///< name and version, "GNU 12.2.0"
    std::string_view flags;  ///< those that may differ between builds; they never change results
    std::string_view build_type;  ///< "Release", ...
};

/// Tells what this program was built from.  Looked up by every build, not when it was configured.
const BuildInfo& build_info();

}  // namespace latecomer
