#include "agents/world/shared_state.hpp"

#include "agents/world/shared_members.hpp"
#include "core/errors.hpp"
#include "core/text.hpp"

#include <cstring>
#include <type_traits>

namespace latecomer {

namespace {

constexpr std::size_t word = sizeof(std::uint64_t);
const std::vector<StateMember> one_number{{"", 1, false}};
const std::vector<StateMember> one_whole{{"", 1, true}};

auto one(auto* value)
{
    return std::span<std::remove_pointer_t<decltype(value)>>{value, 1};
}
auto all(auto& values)
{
    return std::span<std::remove_pointer_t<decltype(values.data())>>{values.data(), values.size()};
}

/// Calls `visit` for every part.  `World_` is World or const World, `Outcomes_` likewise.
///
/// visit.structs(name, axes, span of structs, members)   entries of doubles and 64-bit integers
/// visit.smalls(name, axes, span of integers or enums)   entries of any integer type
/// visit.list(name, axes, vector of doubles)             as long as it happens to be
template <class World_, class Visit>
void visit_countries(World_& world, Visit& visit)
{
    auto& c = world.countries;
    const auto column = [&](const char* name, auto& values) {
        visit.structs(name, {"country"}, values.span(), one_number);
    };
    column("country.wage", c.wage);
    column("country.exchange_rate", c.exchange_rate);
    column("country.adoption", c.adoption);
    visit.structs("country.skill", {"country"}, c.skill.span(), by_stage);
    column("country.mean_capability", c.mean_capability);
    column("country.mean_capability_before", c.mean_capability_before);
    column("country.trade_balance", c.trade_balance);
    column("country.income", c.income);
    column("country.tax_revenue", c.tax_revenue);
    column("country.public_debt", c.public_debt);
    column("country.other_wealth", c.other_wealth);
    column("country.processing_orders", c.processing_orders);
    column("country.final_demand", world.final_demand);
    column("country.data_generated", world.data_generated);
    column("country.data_held", world.data_held);
    const auto table = [&](const char* name, const char* other, auto& values) {
        visit.structs(name, {"country", other}, values.span(), one_number);
    };
    table("country.orders", "position", c.orders);
    table("country.commons", "sector", c.commons);
    table("country.open_data", "sector", c.open_data);
    visit.structs("country.levers", {"country"}, world.levers.span(), lever_members);
    visit.structs("country.flows", {"country"}, world.flows.span(), flow_members);
    visit.structs("country.best", {"country"}, world.references.best.span(), by_stage);
    visit.structs("country.mean", {"country"}, world.references.mean.span(), by_stage);
    table("tariffs", "country", world.tariffs);
    visit.smalls("tariff_end", {"country", "country"}, world.tariff_end.span());
    for (auto& losses : world.losses) {
        visit.structs("losses", {"country", "country"}, losses.span(), one_number);
    }
    visit.structs("data_flows", {"country", "country", "sector"}, all(world.data_flows),
                  one_number);
}

template <class World_, class Visit>
void visit_governments(World_& world, Visit& visit)
{
    for (auto& government : world.governments) {
        const auto mix = [&](const char* name, auto& values) {
            visit.structs(name, {"instrument", "sector"}, values.span(), one_number);
        };
        visit.optional("government.phase", government.phase);
        visit.smalls("government.since", {}, one(&government.since));
        mix("government.target", government.target);
        mix("government.origin", government.origin);
        mix("government.requested", government.requested);
        mix("government.effective", government.effective);
        mix("government.spending", government.spending);
        visit.structs("government.required", {}, one(&government.required), one_number);
        visit.structs("government.available", {}, one(&government.available), one_number);
        visit.structs("government.cost_shortfall", {}, one(&government.cost_shortfall), one_number);
        visit.structs("government.indicators", {"stage"}, all(government.indicators), goal_members);
        visit.structs("government.spent", {"stage"}, all(government.spent), one_number);
    }
}

template <class World_, class Visit>
void visit_leads(World_& world, Visit& visit)
{
    auto& l = world.leads;
    const auto table = [&](const char* name, const char* other, auto& values) {
        visit.structs(name, {"lead_firm", other}, values.span(), one_number);
    };
    visit.structs("lead.capability", {"lead_firm"}, l.capability.span(), by_stage);
    visit.structs("lead.experience", {"lead_firm"}, l.experience.span(), by_stage);
    visit.structs("lead.cash", {"lead_firm"}, l.cash.span(), one_number);
    table("lead.mark_up", "position", l.mark_up);
    table("lead.price", "position", l.price);
    table("lead.units", "position", l.units);
    table("lead.world_share", "position", l.world_share);
    table("lead.data_stock", "sector", l.data_stock);
    visit.smalls("lead.presence", {"lead_firm", "country"}, l.presence.span());
    visit.smalls("lead.windows", {"lead_firm"}, l.windows.span());
    visit.structs("lead.localised", {"lead_firm", "country", "sector"}, all(l.localised),
                  one_number);
}

template <class World_, class Visit>
void visit_markets(World_& world, Visit& visit)
{
    auto& m = world.markets;
    const std::vector<std::string> by_supplier{"country", "position", "supplier"};
    visit.structs("market.share", by_supplier, m.share.span(), one_number);
    visit.structs("market.taste", by_supplier, m.taste.span(), one_number);
    visit.structs("market.sales", by_supplier, m.sales.span(), one_number);
    visit.structs("market.index", by_supplier, m.index.span(), one_number);
    const auto column = [&](const char* name, auto& values) {
        visit.structs(name, {"country"}, values.span(), one_number);
    };
    column("processing.share", m.processing_share);
    column("processing.taste", m.processing_taste);
    column("processing.sales", m.processing_sales);
    column("processing.index", m.processing_index);
    visit.structs("processing.price_index", {}, one(&m.processing_price_index), one_number);
    const auto table = [&](const char* name, auto& values) {
        visit.structs(name, {"country", "position"}, values.span(), one_number);
    };
    table("market.price_index", m.price_index);
    table("market.demand", m.demand);
    table("market.spending", m.spending);
    table("market.procurement", m.procurement);
}

template <class World_, class Visit>
void visit_pools(World_& world, Visit& visit)
{
    const std::vector<std::string> by_pool{"country", "position"};
    visit.structs("pool.state", by_pool, world.pools.span(), pool_state_members);
    visit.structs("pool.statistics", by_pool, world.statistics.span(), statistics_members);
    visit.structs("pool.results", by_pool, world.results.span(), result_members);
    visit.smalls("pool.upgrades", {"country", "position", "position"}, world.upgrades.span());
    visit.smalls("pool.climbed", {"country", "position", "position"}, world.climbed.span());
    visit.structs("world.mean_revenue", {"position"}, world.references.mean_revenue.span(),
                  one_number);
    visit.structs("world.mean_units", {"position"}, world.references.mean_units.span(), one_number);
    visit.structs("world.frontier", {"stage"}, all(world.references.frontier), one_number);
    visit.structs("world.exports", {}, one(&world.world_exports), one_number);
    visit.structs("world.residuals", {}, one(&world.residuals), residual_members);
    visit.structs("world.histogram", {"position", "bin"}, all(world.capability_histogram),
                  one_number);
    visit.structs("world.money_before", {}, one(&world.money_before), one_number);
    visit.smalls("world.firms_before", {}, one(&world.firms_before));
    visit.structs("window.base", {"window"}, all(world.window_base), one_number);
    visit.structs("window.old_share", {"country", "window"}, all(world.old_shares), one_number);
}

template <class Outcomes_, class Visit>
void visit_outcomes(Outcomes_& outcomes, Visit& visit)
{
    visit.list("outcome.start_gap", {"country"}, outcomes.start.gap);
    visit.list("outcome.start_units", {"country"}, outcomes.start.units);
    visit.list("outcome.start_leader", {"position"}, outcomes.start.leader);
    visit.list("outcome.public_cost", {"country"}, outcomes.public_cost);
    visit.list("outcome.held", {"country"}, outcomes.held);
    visit.list("outcome.caught_up_after", {"country"}, outcomes.caught_up_after);
    visit.smalls("outcome.first_quarter", {}, one(&outcomes.first_quarter));
}

template <class World_, class Outcomes_, class Visit>
void visit_all(World_& world, Outcomes_& outcomes, Visit& visit)
{
    visit.smalls("world.quarter", {}, one(&world.quarter));
    visit_countries(world, visit);
    visit_governments(world, visit);
    visit_leads(world, visit);
    visit_markets(world, visit);
    visit_pools(world, visit);
    visit_outcomes(outcomes, visit);
}

std::size_t words_of(const std::vector<StateMember>& members)
{
    std::size_t words = 0;
    for (const StateMember& member : members) {
        words += member.words;
    }
    return words;
}

/// Writes parts.
class Saver {
public:
    template <class Struct>
    void structs(std::string name, std::vector<std::string> axes, std::span<Struct> values,
                 const std::vector<StateMember>& members)
    {
        static_assert(std::is_trivially_copyable_v<Struct> && sizeof(Struct) % word == 0);
        expects(words_of(members) * word == sizeof(Struct), "every member of the state is named");
        StatePart part{std::move(name), std::move(axes), members, {}};
        part.words.resize(values.size() * sizeof(Struct) / word);
        if (!values.empty()) {
            std::memcpy(part.words.data(), values.data(), values.size_bytes());
        }
        parts.push_back(std::move(part));
    }
    template <class Small>
    void smalls(std::string name, std::vector<std::string> axes, std::span<Small> values)
    {
        StatePart part{std::move(name), std::move(axes), one_whole, {}};
        for (const auto value : values) {
            part.words.push_back(static_cast<std::uint64_t>(value));
        }
        parts.push_back(std::move(part));
    }
    void optional(std::string name, const std::optional<std::size_t>& value)
    {
        parts.push_back({std::move(name), {}, one_whole, {value ? *value + 1 : 0}});
    }
    template <class Value>
    void list(std::string name, std::vector<std::string> axes, const std::vector<Value>& values)
    {
        if constexpr (std::is_same_v<Value, double>) {
            structs(std::move(name), std::move(axes), all(values), one_number);
        } else {
            smalls(std::move(name), std::move(axes), all(values));
        }
    }

    std::vector<StatePart> parts;
};

/// Reads parts in the order in which they were written; stops at the first that does not fit.
class Restorer {
public:
    explicit Restorer(const std::vector<StatePart>& parts) : parts_{parts} {}

    template <class Struct>
    void structs(const std::string& name, const std::vector<std::string>&, std::span<Struct> values,
                 const std::vector<StateMember>&)
    {
        if (const StatePart* part = next(name, values.size() * sizeof(Struct) / word);
            part != nullptr && !values.empty()) {
            std::memcpy(static_cast<void*>(values.data()), part->words.data(), values.size_bytes());
        }
    }
    template <class Small>
    void smalls(const std::string& name, const std::vector<std::string>&, std::span<Small> values)
    {
        if (const StatePart* part = next(name, values.size()); part != nullptr) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] = static_cast<Small>(part->words[i]);
            }
        }
    }
    void optional(const std::string& name, std::optional<std::size_t>& value)
    {
        if (const StatePart* part = next(name, 1); part != nullptr) {
            value = part->words[0] == 0 ? std::nullopt : std::optional{part->words[0] - 1};
        }
    }
    template <class Value>
    void list(const std::string& name, const std::vector<std::string>& axes,
              std::vector<Value>& values)
    {
        if (place_ < parts_.size()) {
            values.resize(parts_[place_].words.size());
        }
        if constexpr (std::is_same_v<Value, double>) {
            structs(name, axes, all(values), one_number);
        } else {
            smalls(name, axes, all(values));
        }
    }

    std::string complaint() const
    {
        return complaint_.empty() && place_ < parts_.size()
                   ? text("unexpected part '", parts_[place_].name, '\'')
                   : complaint_;
    }

private:
    const StatePart* next(const std::string& name, std::size_t words)
    {
        if (!complaint_.empty()) {
            return nullptr;
        }
        if (place_ == parts_.size() || parts_[place_].name != name) {
            complaint_ = text("part '", name, "' is missing");
            return nullptr;
        }
        const StatePart& part = parts_[place_++];
        if (part.words.size() != words) {
            complaint_ =
                text("part '", name, "' has ", part.words.size(), " numbers instead of ", words);
            return nullptr;
        }
        return &part;
    }

    const std::vector<StatePart>& parts_;
    std::size_t place_ = 0;
    std::string complaint_;
};

}  // namespace

std::size_t StatePart::words_per_entry() const
{
    return words_of(members);
}

std::vector<StatePart> shared_state(const World& world, const Outcomes& outcomes)
{
    Saver saver;
    visit_all(world, outcomes.memory(), saver);
    return std::move(saver.parts);
}

std::string restore_shared_state(World& world, Outcomes& outcomes,
                                 const std::vector<StatePart>& parts)
{
    Restorer restorer{parts};
    OutcomesMemory memory;
    visit_all(world, memory, restorer);
    outcomes = Outcomes{std::move(memory)};
    return restorer.complaint();
}

}  // namespace latecomer
