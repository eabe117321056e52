// What sharing firms over many ranks costs and how even it stays: the program's own partition under
// entry, exit and upgrades of a large world, all ranks simulated in one process.  See README.md.

#include "agents/world/rebalance.hpp"
#include "core/errors.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "mpi/share_outs.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>

namespace latecomer {
namespace {

using Clock = std::chrono::steady_clock;
using Counts = std::vector<std::int64_t>;

constexpr RandomKey key{2023, 0};
constexpr double turnover = 0.02;     ///< of firms that enter, and that exit, in a quarter
constexpr double climbing = 0.005;    ///< of firms that move to the next position in a quarter
constexpr double persistence = 0.95;  ///< of a country's luck from quarter to quarter

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct WorldSize {
    std::int64_t firms = 1'000'000'000;
    std::int64_t countries = 300;
    std::int64_t positions = 8;
    int ranks = 10'000;
    std::uint32_t quarters = 200;

    std::int64_t pools() const { return countries * positions; }
};

double normal_draw(std::int64_t id, std::uint32_t quarter, unsigned k)
{
    return normal(key, Stream::initial, static_cast<std::uint64_t>(id), quarter, k);
}

std::size_t at(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

/// Firms by pool: economies differ as lognormals of deviation 1.5, positions of deviation .5.
Counts initial_firms(const WorldSize& size)
{
    std::vector<double> weight;
    double sum = 0.0;
    for (std::int64_t pool = 0; pool < size.pools(); ++pool) {
        const std::int64_t country = pool / size.positions;
        weight.push_back(
            std::exp(1.5 * normal_draw(country, 0, 0) + 0.5 * normal_draw(pool, 0, 2)));
        sum += weight.back();
    }
    Counts firms;
    for (const double of_pool : weight) {
        firms.push_back(std::llround(of_pool / sum * static_cast<double>(size.firms)));
    }
    return firms;
}

/// What one rank has of a pool.
struct Part {
    std::int64_t pool = 0;
    std::int64_t firms = 0;
};

/// The firms of all ranks, which each knows only for itself.
struct Line {
    WorldSize size;
    Counts initial;  ///< by pool
    Counts firms;    ///< by pool, now
    std::vector<std::vector<Part>> of_rank;
    mpi::Partition partition;
    std::vector<double> luck;  ///< by country
};

mpi::Partition even(const Line& line)
{
    return mpi::Partition::balanced(line.firms, std::vector<double>(line.firms.size(), 1.0),
                                    line.size.ranks);
}

/// Every rank has what the partition gives it.
void deal_out(Line& line)
{
    line.of_rank.assign(at(line.size.ranks), {});
    for (int rank = 0; rank < line.size.ranks; ++rank) {
        const mpi::Range pools = line.partition.pools_of(rank);
        for (std::int64_t pool = pools.begin; pool < pools.end; ++pool) {
            line.of_rank[at(rank)].push_back({pool, line.partition.range(rank, pool).size()});
        }
    }
}

void add(std::vector<Part>& parts, std::int64_t pool, std::int64_t firms)
{
    const auto found = std::ranges::find(parts, pool, &Part::pool);
    if (found != parts.end()) {
        found->firms += firms;
    } else if (firms > 0) {
        parts.push_back({pool, firms});
    }
}

/// About `share` of so many firms, as independent firms would scatter.
std::int64_t some_of(std::int64_t firms, double share, std::int64_t id, std::uint32_t quarter,
                     unsigned k)
{
    const double mean = static_cast<double>(firms) * share;
    const double drawn = mean + std::sqrt(mean) * normal_draw(id, quarter, k);
    return std::clamp<std::int64_t>(std::llround(drawn), 0, firms);
}

/// Firms of a rank exit and climb; those that climb stay on it.
void leave_and_climb(Line& line, int rank, std::uint32_t quarter)
{
    std::vector<Part> climbers;
    for (Part& part : line.of_rank[at(rank)]) {
        const std::int64_t id = rank * line.size.pools() + part.pool;
        const double bad_luck = std::exp(-line.luck[at(part.pool / line.size.positions)]);
        const std::int64_t exits = some_of(part.firms, turnover * bad_luck, id, quarter, 4);
        const bool climbs = (part.pool + 1) % line.size.positions != 0;
        const std::int64_t leavers =
            climbs ? some_of(part.firms - exits, climbing, id, quarter, 6) : 0;
        part.firms -= exits + leavers;
        line.firms[at(part.pool)] -= exits + leavers;
        climbers.push_back({part.pool + 1, leavers});
    }
    for (const Part& part : climbers) {
        if (part.firms > 0) {
            add(line.of_rank[at(rank)], part.pool, part.firms);
            line.firms[at(part.pool)] += part.firms;
        }
    }
}

/// Newcomers go where the partition sends them.
void enter(Line& line, std::uint32_t quarter)
{
    for (std::int64_t pool = 0; pool < line.size.pools(); ++pool) {
        const double luck = line.luck[at(pool / line.size.positions)];
        const std::int64_t newcomers =
            some_of(line.initial[at(pool)], turnover * std::exp(luck), pool, quarter, 8);
        const mpi::Range ranks = line.partition.ranks_of(pool);
        for (std::int64_t rank = ranks.begin; rank < ranks.end; ++rank) {
            const std::int64_t mine =
                line.partition.slice(static_cast<int>(rank), pool, newcomers).size();
            add(line.of_rank[at(rank)], pool, mine);
        }
        line.firms[at(pool)] += newcomers;
    }
}

void quarter_of(Line& line, std::uint32_t quarter)
{
    constexpr double deviation = 0.1;
    for (std::int64_t country = 0; country < line.size.countries; ++country) {
        double& luck = line.luck[at(country)];
        luck = persistence * luck + deviation * normal_draw(country, quarter, 10);
    }
    for (int rank = 0; rank < line.size.ranks; ++rank) {
        leave_and_climb(line, rank, quarter);
    }
    enter(line, quarter);
}

Counts firms_by_rank(const Line& line)
{
    Counts firms;
    for (const auto& parts : line.of_rank) {
        std::int64_t sum = 0;
        for (const Part& part : parts) {
            sum += part.firms;
        }
        firms.push_back(sum);
    }
    return firms;
}

/// What a new partition moves.
struct Move {
    std::int64_t all = 0;       ///< firms that change rank
    std::int64_t most = 0;      ///< sent by one rank
    std::int64_t partners = 0;  ///< most ranks to which one rank sends
};

Move move_to(const Line& line, const mpi::Partition& next)
{
    Move move;
    Counts lower(line.firms.size());  // firms of the pool on lower ranks
    for (int rank = 0; rank < line.size.ranks; ++rank) {
        std::int64_t sent = 0;
        std::vector<std::int64_t> partners;
        for (const Part& part : line.of_rank[at(rank)]) {
            std::int64_t offset = lower[at(part.pool)];
            const std::int64_t end = offset + part.firms;
            lower[at(part.pool)] = end;
            while (offset < end) {  // owner after owner
                const int owner = next.owner(part.pool, offset);
                const std::int64_t until = std::min(end, next.range(owner, part.pool).end);
                if (owner != rank) {
                    sent += until - offset;
                    partners.push_back(owner);
                }
                offset = until;
            }
        }
        std::ranges::sort(partners);
        partners.erase(std::ranges::unique(partners).begin(), partners.end());
        move.all += sent;
        move.most = std::max(move.most, sent);
        move.partners = std::max(move.partners, std::ssize(partners));
    }
    return move;
}

/// Seconds in which one rank asks for the owner of each of its firms, as it does to move them.
double seconds_to_ask(const Line& line, const mpi::Partition& next, int rank)
{
    const auto begin = Clock::now();
    std::int64_t strangers = 0;
    for (const Part& part : line.of_rank[at(rank)]) {
        const std::int64_t firms = std::min(part.firms, next.firms(part.pool));
        for (std::int64_t offset = 0; offset < firms; ++offset) {
            strangers += next.owner(part.pool, offset) != rank ? 1 : 0;
        }
    }
    const double seconds = seconds_since(begin);
    expects(strangers >= 0, "a number of firms is not negative");
    return seconds;
}

/// Returns how many firms change rank.
std::int64_t cut_anew(Line& line, std::uint32_t quarter, double before)
{
    const auto begin = Clock::now();
    mpi::Partition next = even(line);
    const double cutting = seconds_since(begin);
    const Move move = move_to(line, next);
    const double asking = seconds_to_ask(line, next, line.size.ranks / 2);
    line.partition = std::move(next);
    deal_out(line);
    std::printf(
        "quarter %4u: imbalance %5.3f -> %8.1e; cut %6.2f ms, owners %6.2f ms; moved %4.1f %% "
        "of firms, %8.1f GB in all, at most %6.2f MB by a rank to %2lld others\n",
        quarter, before, mpi::imbalance(firms_by_rank(line)), cutting * 1e3, asking * 1e3,
        100.0 * static_cast<double>(move.all) / static_cast<double>(line.partition.firms()),
        static_cast<double>(move.all) * bytes_of_moved_firm * 1e-9,
        static_cast<double>(move.most) * bytes_of_moved_firm * 1e-6,
        static_cast<long long>(move.partners));
    return move.all;
}

mpi::Loads loads_of(const WorldSize& size, const Counts& firms)
{
    mpi::Loads loads;
    loads.ranks = size.ranks;
    loads.all = std::accumulate(firms.begin(), firms.end(), std::int64_t{0});
    loads.fullest = std::ranges::max(firms);
    std::int64_t lower = 0;
    for (int rank = 0; rank < size.ranks; ++rank) {
        const std::int64_t upper = lower + firms[at(rank)];
        const mpi::Range even = mpi::even_part(loads.all, rank, size.ranks);
        loads.moved = std::max(loads.moved, mpi::moved_between({lower, upper}, even));
        lower = upper;
    }
    return loads;
}

void simulate(const WorldSize& size)
{
    Line line{size, initial_firms(size), {}, {}, {}, std::vector<double>(at(size.countries))};
    line.firms = line.initial;
    line.partition = even(line);
    deal_out(line);
    mpi::ShareOutRule rule;
    double mean = 0.0;
    std::int64_t all_moved = 0;
    int moves = 0;
    for (std::uint32_t quarter = 1; quarter <= size.quarters; ++quarter) {
        quarter_of(line, quarter);
        const Counts firms = firms_by_rank(line);
        const double now = mpi::imbalance(firms);
        mean += now / size.quarters;
        if (rule.is_due(loads_of(size, firms))) {  // as rebalance() asks
            all_moved += cut_anew(line, quarter, now);
            rule.begin_anew();
            ++moves;
        }
    }
    const double memory = static_cast<double>(size.ranks + size.pools() + 2) * sizeof(std::int64_t);
    std::printf(
        "%lld firms, %lld pools, %d ranks, %u quarters: %d share-outs, %.3g firms moved, mean "
        "imbalance %.3f; partition %.0f kB a rank\n",
        static_cast<long long>(size.firms), static_cast<long long>(size.pools()), size.ranks,
        size.quarters, moves, static_cast<double>(all_moved), mean, memory * 1e-3);
}

}  // namespace
}  // namespace latecomer

/// partition_at_scale [FIRMS RANKS [QUARTERS [COUNTRIES]]]
int main(int argc, char** argv)
{
    latecomer::WorldSize size;
    size.firms = argc > 1 ? std::stoll(argv[1]) : size.firms;
    size.ranks = argc > 2 ? std::stoi(argv[2]) : size.ranks;
    size.quarters = argc > 3 ? static_cast<std::uint32_t>(std::stoul(argv[3])) : size.quarters;
    size.countries = argc > 4 ? std::stoll(argv[4]) : size.countries;
    latecomer::simulate(size);
}
