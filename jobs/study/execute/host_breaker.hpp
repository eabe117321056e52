#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latecomer::jobs::study {

/// Finds hosts on which task after task fails while others get on: a bad node, not a bad model.
///
/// A host is retired after so many failures in a row if since the first of them a task was done
/// elsewhere.  The last host is never retired.
class HostBreaker {
public:
    /// @param hosts names, one for each place from which ends are reported
    HostBreaker(std::vector<std::string> hosts, std::int64_t most_failures);

    /// A host that must get no more tasks, and those that failed there in a row: worth another try
    /// elsewhere.
    struct Retired {
        std::string host;
        std::vector<std::int64_t> tasks;
    };

    /// Takes note of a task that came to its end in a place.
    /// @return what that retires
    std::optional<Retired> ended(std::size_t place, std::int64_t task, bool is_done);

    bool is_retired(std::size_t place) const { return hosts_[host_of_[place]].is_retired; }

private:
    struct Host {
        std::string name;
        std::vector<std::int64_t> failures;  ///< in a row
        std::int64_t row_began = 0;
        std::int64_t last_done = -1;
        bool is_retired = false;
    };

    bool is_bad(const Host& host) const;

    std::vector<Host> hosts_;
    std::vector<std::size_t> host_of_;  ///< by place
    std::int64_t most_failures_;
    std::int64_t now_ = 0;  ///< ends so far
};

}  // namespace latecomer::jobs::study
