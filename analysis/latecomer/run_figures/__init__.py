"""The figures of a run, in the order of the page."""

from latecomer.run_figures import adoption, chain, data, events, firms, growth, history, ladder, presence, world

FIGURES = {
    "Who stands where on the data value chain?": (
        chain.capability_gaps,
        chain.domestic_application_shares,
        ladder.ladder,
        chain.positions_of_firms,
        chain.climbing,
    ),
    "Where do data go?": (
        data.data_flows,
        data.data_balance,
        adoption.adoption,
    ),
    "Lead firms, clubs and policy": (
        presence.presence,
        world.concentration,
        world.clubs,
        world.policy,
        events.chronicle,
    ),
    "What was observed": (history.history,),
    "Firms": (
        firms.size_distribution,
        firms.productivity_dispersion,
        firms.turnover,
        growth.growth_distribution,
        growth.volatility_and_size,
    ),
}
