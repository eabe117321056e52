#include "jobs/study/execute/host_breaker.hpp"

#include <algorithm>
#include <utility>

namespace latecomer::jobs::study {

HostBreaker::HostBreaker(std::vector<std::string> hosts, std::int64_t most_failures)
    : most_failures_{most_failures}
{
    for (std::string& name : hosts) {
        const auto known = std::ranges::find(hosts_, name, &Host::name);
        host_of_.push_back(static_cast<std::size_t>(known - hosts_.begin()));
        if (known == hosts_.end()) {
            hosts_.push_back({std::move(name), {}});
        }
    }
}

bool HostBreaker::is_bad(const Host& host) const
{
    if (host.is_retired || std::ssize(host.failures) < most_failures_) {
        return false;
    }
    return std::ranges::any_of(hosts_, [&](const Host& other) {
        return &other != &host && !other.is_retired && other.last_done > host.row_began;
    });
}

std::optional<HostBreaker::Retired> HostBreaker::ended(std::size_t place, std::int64_t task,
                                                       bool is_done)
{
    Host& here = hosts_[host_of_[place]];
    ++now_;
    if (is_done) {
        here.failures.clear();
        here.last_done = now_;
    } else {
        here.row_began = here.failures.empty() ? now_ : here.row_began;
        here.failures.push_back(task);
    }
    const auto bad = std::ranges::find_if(hosts_, [&](const Host& host) { return is_bad(host); });
    if (bad == hosts_.end()) {
        return std::nullopt;
    }
    bad->is_retired = true;
    return Retired{bad->name, std::exchange(bad->failures, {})};
}

}  // namespace latecomer::jobs::study
