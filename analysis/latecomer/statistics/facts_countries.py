"""Statistics of the battery that come from the series of countries: beta of P7, P9, P12 to P14.

Each takes the Evidence and returns an Estimate and a note, or raises NoData.
"""

from latecomer.statistics import climbing, convergence
from latecomer.statistics.adoption import adoption_years
from latecomer.statistics.chain import latecomers_of, outsourcing_growth
from latecomer.statistics.estimate import NoData, mean_of_series
from latecomer.statistics.evidence import YEAR


def catching_up(evidence):
    evidence.without_policy()
    logs = evidence.capability()
    estimate = convergence.beta(logs, (len(logs) - 1) / YEAR)
    return estimate, f"{estimate.count} countries of the run; below 0: those behind grow faster"


def top_three(evidence):
    estimate = mean_of_series(evidence.after_burn_in("top_three_storage").values)
    return estimate, f"mean of {estimate.count} quarters after burn-in"


def adoption(evidence):
    series = evidence.series
    values = series["adoption"].transpose("time", "country").values
    estimate = adoption_years(series["time"].values, values)
    return estimate, f"median of logistic curves of {estimate.count} countries, from the start of the run"


def outsourcing(evidence):
    return outsourcing_estimates(evidence)[0], "sales of latecomers at processing, any country, any ten years"


def outsourcing_per_worker(evidence):
    note = "sales over wage bill times wage, (1 + mark-up) w e up to a factor; same country and years"
    return outsourcing_estimates(evidence)[1], note


def outsourcing_estimates(evidence):
    """Growth of sales at processing and of sales per worker, over years from one fourth quarter to another.

    A firm pays wages of a fixed share of sales / (1 + mark-up) at the wage w e, so sales per worker are
    (1 + mark-up) w e up to a factor that does not change (eq. 10, 17).
    """
    if "PRL" not in evidence.series["position"].values:
        raise NoData("the run has no position PRL")
    names = latecomers_of(evidence.series)

    ends = slice(-(evidence.burn_in + 1) % YEAR, None, YEAR)  # of years, of what comes after burn-in

    def values(name):
        return evidence.after_burn_in(name).sel(country=names).isel(time=ends)

    revenue = values("revenue").sel(position="PRL").transpose("time", "country")
    mark_up = values("mark_up").sel(position="PRL").transpose("time", "country")
    wage = (values("wage") * values("exchange_rate")).transpose("time", "country")
    return outsourcing_growth(revenue.values, ((1.0 + mark_up) * wage).values)


def climbing_a_year(evidence, position):
    """Share of the firms at a position that climb from it a year."""
    moves, firms = steps(evidence, position)
    estimate = climbing.rate(moves.sum(axis=1), firms.sum(axis=1))
    return estimate, f"{climbing.STEPS[position]}, all economies, {estimate.count} quarters after burn-in"


def economies_that_climb(evidence, position):
    """Share of the economies with enough firms at a position in which one climbs from it, of one run."""
    estimate = climbing.economies(*steps(evidence, position))
    return estimate, (
        f"{climbing.STEPS[position]}, {estimate.count} economies with {climbing.FEWEST_FIRMS} firms or more there on "
        "average, one run"
    )


def steps(evidence, position):
    """Firms that climb from a position and firms that stand there, each [time, country], after burn-in."""
    if position not in evidence.series["position"].values:
        raise NoData(f"the run has no position {position}")
    return climbing.moves_and_firms(evidence.series, position, evidence.burn_in)
