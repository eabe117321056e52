"""Statistics of the battery that come from the series of countries: P7 to P9, P12, P13.

Each takes the Evidence and returns an Estimate and a note, or raises NoData.
"""

import numpy as np

from analysis.statistics import convergence
from analysis.statistics.adoption import adoption_years
from analysis.statistics.chain import latecomers_of, outsourcing_growth
from analysis.statistics.estimate import NoData, mean_of_series
from analysis.statistics.evidence import YEAR


def divergence(evidence):
    evidence.without_policy()
    levels = evidence.levels()
    estimate = convergence.sigma_change(levels)
    start = np.log(convergence.complete(levels[[0, -1]])[0]).std(ddof=1)
    return estimate, f"{estimate.count} countries, {len(levels)} quarters after burn-in, from {start:.3g}"


def catching_up(evidence):
    evidence.without_policy()
    levels = evidence.levels()
    estimate = convergence.beta(levels, (len(levels) - 1) / YEAR)
    return estimate, f"{estimate.count} countries; below 0: those behind grow faster"


def single_mode(evidence):
    values = np.log(convergence.complete(evidence.levels()[[0, -1]]))
    at_start = convergence.bimodality_p(values[0]).value
    return convergence.bimodality_p(values[1]), f"{values.shape[1]} countries at the end; p at the start {at_start:.3g}"


def clubs(evidence):
    levels = evidence.levels(every=YEAR)
    estimate = convergence.club_valley(levels)
    return estimate, f"transitions of {estimate.count} countries in {len(levels) - 1} years, five bands"


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
    """Growth of sales at processing and of sales per worker.

    A firm pays wages of a fixed share of sales / (1 + mark-up) at the wage w e, so sales per worker are
    (1 + mark-up) w e up to a factor that does not change (eq. 10, 17).
    """
    if "PRL" not in evidence.series["position"].values:
        raise NoData("the run has no position PRL")
    names = latecomers_of(evidence.series)

    def values(name):
        return evidence.after_burn_in(name).sel(country=names)

    revenue = values("revenue").sel(position="PRL").transpose("time", "country")
    mark_up = values("mark_up").sel(position="PRL").transpose("time", "country")
    wage = (values("wage") * values("exchange_rate")).transpose("time", "country")
    return outsourcing_growth(revenue.values, ((1.0 + mark_up) * wage).values)
