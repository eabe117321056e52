/// What must hold with policy, presence, retaliation and windows (A5-A7, L12-L14, L16, L20, L21).

#include "agents/firms/windows.hpp"
#include "agents/governments/governments.hpp"
#include "agents/governments/retaliation.hpp"
#include "agents/lead_firms/presence.hpp"
#include "agents/policy/government.hpp"
#include "agents/world/state_hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/policies.hpp"

namespace latecomer::tests::policy_forms_test {
namespace {

constexpr CountryId first{0};

PolicyMix only(const Scenario& scenario, std::string_view cell, double intensity)
{
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    std::ranges::fill(mix.row(instrument_named(cell)), intensity);
    return mix;
}

PolicyMix everything(const Scenario& scenario, double intensity)
{
    PolicyMix mix = no_policy(scenario.parameters.sectors.size());
    std::ranges::fill(mix.span(), intensity);
    return mix;
}

std::uint64_t hash_of(const World& world)
{
    return state_hash(world, mpi::Communicator{});
}

TEST_CASE("money, data and debt balance with every instrument at work")
{
    Scenario scenario = synthetic_scenario(4, 2, 4, 60);
    scenario.parameters.run.seed = GENERATE(1, 2);
    scenario.parameters.retaliation.rate = 10.0;
    scenario.parameters.presence.choice_noise = GENERATE(0.15, 3.0);
    give_all(scenario, everything(scenario, 1.0));
    scenario.policies.front().mode = PolicyMode::adaptive;
    scenario.parameters.government.review_quarters = 4;
    scenario.windows.push_back({"", Stage::analytics, 10, 0.3, 0.5, 0.5, 0.5});
    World world = make_world(scenario);
    std::array<bool, 5> modes{};
    for (int quarter = 0; quarter < 60; ++quarter) {
        run(world, 1);
        for (const double residual :
             {world.results.residuals.shares, world.results.residuals.sales,
              world.results.residuals.trade, world.results.residuals.profit,
              world.results.residuals.index, world.results.residuals.debt,
              world.results.residuals.money, world.results.residuals.data}) {
            CHECK(residual <= 1e-12);
        }
        CHECK(world.results.residuals.firms == 0.0);
        for (const CountryId c : world.countries.indices()) {
            const Government& government = world.governments[c];
            CHECK(world.results.flows[c].spending <= government.available * (1.0 + 1e-12));
            CHECK(same(world.results.flows[c].spending, total(government.spending)));
        }
        for (const Presence mode : world.leads.presence.span()) {
            modes[static_cast<std::size_t>(mode)] = true;
        }
    }
    CHECK(modes[static_cast<std::size_t>(Presence::venture)]);
    CHECK(std::ranges::max(world.trade.tariffs.span()) > 0.0);
}

TEST_CASE("where data do not raise quality, nothing that is sold depends on data")
{
    const auto sold = [](auto&& change) {
        Scenario scenario = synthetic_scenario(3, 1, 3, 60);
        Parameters& p = scenario.parameters;
        p.collection.quality_weight = 0.0;
        p.analytics.quality_weight = 0.0;
        p.applications.quality_weight = 0.0;
        p.government.open_data_cost = 0.0;
        double opened = 0.0;
        change(p, opened);
        give_all(scenario, only(scenario, "1D", opened));
        World world = make_world(scenario);
        run(world, 20);
        return world;
    };
    const World base = sold([](Parameters&, double&) {});
    const auto firms_are_equal = [&](const World& other) {
        for (const PoolId pool : base.pool_indices()) {
            if (base.firms.slots(pool).count != other.firms.slots(pool).count) {
                return false;
            }
            for (const FirmIndex i : base.firms.firms_of(pool)) {
                const FirmRecord one = record_of(base.firms.columns, i);
                const std::size_t place = i.at() - base.firms.slots(pool).begin;
                const FirmRecord another = record_of(
                    other.firms.columns, FirmIndex{other.firms.slots(pool).begin + place});
                if (one.id != another.id || one.revenue != another.revenue ||
                    one.cash != another.cash) {
                    return false;
                }
            }
        }
        return true;
    };
    const auto equal = [&](const World& other) {
        return std::ranges::equal(base.markets.share.span(), other.markets.share.span()) &&
               firms_are_equal(other);
    };
    CHECK(equal(sold([](Parameters& p, double&) { p.sectors[0].data_intensity = 9.0; })));
    CHECK(equal(sold([](Parameters& p, double&) { p.data.decay = 0.2; })));
    CHECK(equal(sold([](Parameters& p, double&) { p.data.commons_base = 0.5; })));
    const World open = sold([](Parameters&, double& opened) { opened = 1.0; });
    CHECK(equal(open));
    CHECK(open.countries.open_data(first, SectorId{0}) > 0.0);
}

TEST_CASE("requests of zero are no policy")
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    World without = make_world(scenario);
    give_all(scenario, everything(scenario, 0.0));
    World with = make_world(scenario);
    run(without, 30);
    run(with, 30);
    // A government without a request remembers since when; nothing else in the world tells.
    CHECK(hash_of(with) != hash_of(without));
    with.governments = without.governments;
    CHECK(hash_of(with) == hash_of(without));
    scenario.policies.clear();
    give_all(scenario, everything(scenario, 0.01));
    World other = make_world(scenario);
    run(other, 30);
    other.governments = without.governments;
    CHECK(hash_of(other) != hash_of(without));
}

TEST_CASE("processing that teaches nothing never leads to analytics")
{
    const auto climbers = [](double coefficient) {
        Scenario scenario = round_scenario(3, 1, 3, 80);
        Parameters& p = scenario.parameters;
        p.learning.innovation_rate = 0.0;
        p.learning.absorption_rate = 0.0;
        p.entry.rate = 0.0;
        p.processing.learning_weight = coefficient;
        World world = make_world(scenario);
        const std::size_t s = at(Stage::analytics);
        for (const CountryId c : world.countries.indices()) {
            for (const FirmIndex i : world.firms.firms_of(world.pool(c, Positions::processing))) {
                double& k = world.firms.columns.capability[s][i];
                k = std::min(k, 0.22);  // below .9 * .25 of the frontier
            }
        }
        std::int64_t firms = 0;
        for (int quarter = 0; quarter < 150; ++quarter) {
            run(world, 1);
            for (const CountryId c : world.countries.indices()) {
                firms += world.results.upgrades(world.pool(c, Positions::processing),
                                                Positions::analytics);
            }
        }
        return firms;
    };
    CHECK(climbers(0.0) == 0);
    CHECK(climbers(1.0) > 0);
}

/// A world in which capability moves by windows alone.
World window_world(double gain, double lock_in, double base)
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    turn_learning_off(scenario.parameters);
    turn_moves_off(scenario.parameters);
    scenario.windows.push_back({"", Stage::storage, 0, gain, lock_in, 0.0, base});
    return make_world(scenario);
}

TEST_CASE("in the end those adopt a new technology whose old capability does not hold them back")
{
    World world = window_world(0.3, 0.5, 0.2);
    const auto before = members(world);
    const double limit = 0.2 * std::exp(0.3 / 0.5);
    run(world, 120);  // seen with probability k/F a quarter: nobody who can gain misses it
    std::size_t adopters = 0;
    std::size_t others = 0;
    for (const auto& [id, member] : members(world)) {
        if (world.position_of(member.pool) != Positions::storage) {
            CHECK(member.record.windows == 0);
            continue;
        }
        const double k = before.at(id).record.capability[at(Stage::storage)];
        CHECK((member.record.windows == 1) == (k < limit));
        (member.record.windows == 1 ? adopters : others) += 1;
        if (member.record.windows == 1) {
            const double gain = 0.3 - 0.5 * std::max(0.0, std::log(k / 0.2));
            CHECK(same(member.record.capability[at(Stage::storage)], k * std::exp(gain)));
        }
    }
    CHECK(adopters > 0);
    CHECK(others > 0);
}

TEST_CASE("a technology that gains nothing is adopted by nobody")
{
    World world = window_world(0.0, 0.5, 0.5);
    run(world, 40);
    for (const auto& [id, member] : members(world)) {
        CHECK(member.record.windows == 0);
    }
    CHECK(std::ranges::count(world.leads.windows, 0u) ==
          static_cast<std::ptrdiff_t>(world.leads.size()));
}

TEST_CASE("without noise a lead firm chooses what pays most; the first of equals")
{
    CHECK(chosen_presence({{1.0, 3.0, 2.0, 0.0}, 1.0}, 0.0, 0.9) == Presence::region);
    CHECK(chosen_presence({{-1.0, -3.0, -2.0, 0.0}, 1.0}, 0.0, 0.1) == Presence::absent);
    CHECK(chosen_presence({{2.0, 2.0, 2.0, 0.0}, 1.0}, 0.0, 0.99) == Presence::offshore);
    CHECK(chosen_presence({{0.0, 0.0, 0.0, 0.0}, 1.0}, 1.0, 0.6) == Presence::venture);
}

TEST_CASE("a local region and a joint venture that cost everything are never chosen")
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    scenario.parameters.presence.choice_noise = 100.0;
    scenario.parameters.presence.region_cost = 1e300;
    scenario.parameters.presence.venture_cost = 1e300;
    World world = make_world(scenario);
    bool left = false;
    for (int quarter = 0; quarter < 40; ++quarter) {
        run(world, 1);
        for (const Presence mode : world.leads.presence.span()) {
            CHECK(mode != Presence::region);
            CHECK(mode != Presence::venture);
            left = left || mode == Presence::absent;
        }
    }
    CHECK(left);
}

TEST_CASE("home governments that seek nothing levy no tariff, others do and end it")
{
    const auto tariffs = [](double pass_through) {
        Scenario scenario = synthetic_scenario(3, 1, 3, 60);
        scenario.parameters.retaliation.rate = 100.0;
        scenario.parameters.retaliation.pass_through = pass_through;
        scenario.parameters.retaliation.duration_quarters = 3;
        keep_presence(scenario.parameters);
        give_all(scenario, only(scenario, "4X", 1.0));
        World world = make_world(scenario);
        std::array<int, 2> begun_and_ended{};
        double highest = 0.0;
        for (int quarter = 0; quarter < 30; ++quarter) {
            run(world, 1);
            highest = std::max(highest, std::ranges::max(world.trade.tariffs.span()));
            for (const Event& event : world.results.events) {
                begun_and_ended[0] += event.label == "tariff begins" ? 1 : 0;
                begun_and_ended[1] += event.label == "tariff ends" ? 1 : 0;
            }
        }
        return std::tuple{highest, begun_and_ended[0], begun_and_ended[1]};
    };
    CHECK(tariffs(0.0) == std::tuple{0.0, 0, 0});
    const auto [highest, begun, ended] = tariffs(1.0);
    CHECK(highest > 0.0);
    CHECK(highest <= 0.25);
    CHECK(begun > 0);
    CHECK(ended > 0);
}

TEST_CASE("policy of one country leaves others' firms alone until it reaches them")
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    World without = make_world(scenario);
    scenario.policies.push_back(plan_for(without.countries.key[first], only(scenario, "3K", 1.0)));
    World with = make_world(scenario);
    // Training in t changes learning in t + 1; what it sells then, others may notice.
    for (int quarter = 0; quarter < 2; ++quarter) {
        run(without, 1);
        run(with, 1);
    }
    const auto there = members(with);
    for (const auto& [id, member] : members(without)) {
        if (without.country_of(member.pool) != first) {
            REQUIRE(there.contains(id));
            const FirmRecord& other = there.at(id).record;
            CHECK(other.capability == member.record.capability);
            CHECK(other.growth == member.record.growth);
        }
    }
}

TEST_CASE("random events that both worlds contain stay the same under another policy")
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 100);
    turn_learning_off(scenario.parameters);
    turn_drag_off(scenario.parameters);
    scenario.parameters.selection.strength = 0.0;  // growth is the draw alone
    scenario.parameters.selection.noise_size_exponent = 0.0;
    World without = make_world(scenario);
    give_all(scenario, everything(scenario, 0.8));
    World with = make_world(scenario);
    run(without, 30);
    run(with, 30);
    const auto there = members(with);
    std::size_t shared = 0;
    for (const auto& [id, member] : members(without)) {
        const auto other = there.find(id);
        // Firms of the last quarter have not grown yet.
        if (other != there.end() && member.record.growth != 1.0 &&
            other->second.record.growth != 1.0) {
            CHECK(other->second.record.growth == member.record.growth);
            ++shared;
        }
    }
    CHECK(shared > 100);
    CHECK(hash_of(with) != hash_of(without));
}

TEST_CASE("plans at equal cost plan to spend the same share of demand")
{
    Scenario scenario = synthetic_scenario(3, 1, 3, 60);
    const CostBasis basis = [&] {
        World world = make_world(scenario);
        run(world, 5);
        return cost_basis(world, first);
    }();
    for (const Pathway& pathway : pathways()) {
        if (pathway.number.empty()) {
            continue;
        }
        PolicyMix mix = mix_of(pathway, scenario.parameters.sectors.size());
        const double wanted = 0.01 * basis.demand;
        scale_to_cost(mix, wanted, basis, scenario.parameters);
        CHECK(same(planned_cost(mix, basis, scenario.parameters), wanted));
        CHECK(std::ranges::max(mix.span()) <= 1.0);
    }
    PolicyMix dear = only(scenario, "1X", 0.5);
    scale_to_cost(dear, basis.demand, basis, scenario.parameters);
    CHECK(dear == only(scenario, "1X", 1.0));
}

TEST_CASE("requests ramp to their target in the quarters given")
{
    const Scenario scenario = synthetic_scenario(1, 0, 0, 1);
    const PolicyMix none = everything(scenario, 0.0);
    const PolicyMix full = everything(scenario, 0.8);
    const auto ramped = [](const PolicyMix& origin, PolicyMix mix, int elapsed, int quarters) {
        ramp(mix, origin, elapsed, quarters);
        return mix;
    };
    CHECK(ramped(none, full, 0, 4).span()[3] == 0.2);
    CHECK(ramped(none, full, 2, 4).span()[3] == Approx(0.6).epsilon(1e-15));
    CHECK(ramped(none, full, 3, 4) == full);
    CHECK(ramped(none, full, 0, 0) == full);
}

TEST_CASE("a review moves a tenth of all requests to the stage that did best")
{
    const Scenario scenario = synthetic_scenario(1, 0, 0, 1);
    const auto& sectors = scenario.parameters.sectors;
    const PolicyMix half = everything(scenario, 0.5);  // 16 cells of .5
    const PolicyMix moved = shifted(half, {3.0, 1.0, 9.0, 2.0}, {1.0, 0.0, 0.0, 1.0}, sectors);
    const auto cell = [&](std::string_view name) {
        return mean_intensity(moved, instrument_named(name), sectors);
    };
    // .8 goes from storage to analytics, half each to the two orientations that have a weight.
    CHECK(cell("2K") == Approx(0.3));
    CHECK(cell("2X") == Approx(0.3));
    CHECK(cell("3K") == Approx(0.9));
    CHECK(cell("3L") == Approx(0.5));
    CHECK(cell("3D") == Approx(0.9));
    CHECK(cell("1K") == 0.5);
    // Without room, nothing is taken.
    const PolicyMix full = everything(scenario, 1.0);
    CHECK(shifted(full, {3.0, 1.0, 9.0, 2.0}, {1.0, 1.0, 1.0, 1.0}, sectors) == full);
}

}  // namespace
}  // namespace latecomer::tests::policy_forms_test
