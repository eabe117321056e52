"""What snapshots of firms tell: dispersion, entry and survival, exporters."""

import numpy as np
import pandas as pd

from latecomer.statistics.estimate import Estimate, NoData, mean_of_series, proportion, resampled

FEWEST_IN_POOL = 20  # firms for deciles of a pool
TWO_YEARS = 8  # quarters
BIRTH_SHIFT, BIRTH_MASK = 28, 0xFFF  # of the birth quarter + 1 in an identity, io/FORMAT.md
STAGE_OF_POSITION = {"COL": "collection", "STO": "storage", "PRL": "analytics", "ANA": "analytics"}


def with_derived_columns(firms, spin_up=0):
    """The table of a snapshot with pool, stage, log_capability (at its stage), exporter and birth_quarter.

    firms: index identity (io/FORMAT.md); columns country, position, revenue, export_share and
    capability_<stage>.  birth_quarter: negative where the firm was there before the first quarter.
    """
    firms = firms.copy()
    firms["pool"] = firms["country"].astype(str) + " " + firms["position"].astype(str)
    firms["stage"] = [STAGE_OF_POSITION.get(str(p), "applications") for p in firms["position"]]
    firms["log_capability"] = np.nan
    for stage, group in firms.groupby("stage"):
        firms.loc[group.index, "log_capability"] = np.log(group[f"capability_{stage}"])
    firms["exporter"] = firms["export_share"] > 0.0
    firms["birth_quarter"] = birth_quarters(firms.index, spin_up)
    return firms


def birth_quarters(identities, spin_up=0):
    """The quarter in which firms of these identities entered; negative before the first one, -1 - spin_up where they
    were there from the start."""
    shifted = np.right_shift(np.asarray(identities).astype(np.uint64), np.uint64(BIRTH_SHIFT))
    return np.bitwise_and(shifted, np.uint64(BIRTH_MASK)).astype(np.int64) - 1 - spin_up


def productivity_gap(firms, level=0.95):
    """Gap between the ninth and first decile of ln productivity within a pool; mean by number of firms.

    Pools of fewer than FEWEST_IN_POOL firms are left out.  Interval: pools resampled.
    """
    groups = firms.groupby("pool")["log_capability"]
    sizes = groups.size()
    gaps = (groups.quantile(0.9) - groups.quantile(0.1))[sizes >= FEWEST_IN_POOL]
    weights = sizes[sizes >= FEWEST_IN_POOL]
    if gaps.empty:
        raise NoData(f"no pool has {FEWEST_IN_POOL} firms")

    def mean_gap(gap, weight):
        return np.average(gap, weights=weight)

    return resampled(mean_gap, gaps.to_numpy(), weights.to_numpy(), level=level)


def largest_share(shares, firms):
    """Share of the largest firm in its pool, the mean over time and then over pools; arguments [time, pool].

    Pools of fewer than FEWEST_IN_POOL firms on average are left out.  Interval: pools resampled.
    """
    shares, firms = np.asarray(shares, float), np.nan_to_num(np.asarray(firms, float))
    shares = shares[:, (firms.mean(axis=0) >= FEWEST_IN_POOL) & np.isfinite(shares).any(axis=0)]
    if shares.size == 0:
        raise NoData(f"no pool has {FEWEST_IN_POOL} firms on average and a largest one")
    return resampled(np.mean, np.nanmean(shares, axis=0))


def turnover(entrants, exits, firms, level=0.95):
    """Entries and exits of a year over firms; arguments: one value a quarter, firms at its end."""
    entrants, exits, firms = (np.asarray(x, float) for x in (entrants, exits, firms))
    present = firms[:-1]
    if not (present > 0.0).any():
        raise NoData("no firms")
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (entrants + exits)[1:] / present
    return mean_of_series(rate, level).scaled(4.0)


def entrants_gone(entrants, births, burn_in=0, level=0.95):
    """Share of entrants that are gone two years after the end of the quarter in which they entered.

    entrants: all of the world, one value a quarter.  births: {completed quarters: birth quarters of all
    firms of the world}.  Every snapshot shows one cohort at that age.
    """
    born = kept = 0
    for completed, quarters in births.items():
        birth = completed - 1 - TWO_YEARS
        if birth < burn_in or completed > len(entrants):
            continue
        born += int(entrants[birth])
        kept += int((np.asarray(quarters) == birth).sum())
    if born == 0:
        raise NoData("no snapshot shows a cohort of entrants at the age of two years")
    return proportion(born - kept, born, level)


def sellers_abroad(firms):
    """Firms with revenue at positions where some sell abroad and others do not: all but processing."""
    chosen = firms[(firms["position"] != "PRL") & (firms["revenue"] > 0.0)]
    if chosen["exporter"].nunique() < 2:
        raise NoData("all firms export, or none does")
    return chosen


def exporter_share(firms, level=0.95):
    """Share of exporters among firms."""
    chosen = sellers_abroad(firms)
    return proportion(int(chosen["exporter"].sum()), len(chosen), level)


def exporter_premium(firms, column, level=0.95):
    """By how much the column (in logs) is higher at exporters of the same country and position.

    Least squares with fixed effects of pools (within transformation), standard errors clustered by pool.
    """
    import statsmodels.api as sm

    chosen = sellers_abroad(firms)
    means = chosen.groupby("pool")[[column, "exporter"]].transform("mean")
    outcome = (chosen[column] - means[column]).to_numpy(float)
    exporter = (chosen["exporter"] - means["exporter"]).to_numpy(float)
    if not np.abs(exporter).max() > 0.0:
        raise NoData("no pool has both exporters and others")
    clusters = pd.factorize(chosen["pool"])[0]
    if clusters.max() == 0:
        raise NoData("only one pool has firms that may export")
    fit = sm.OLS(outcome, exporter).fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
    if chosen.loc[np.abs(exporter) > 0.0, "pool"].nunique() < 2:
        return Estimate(float(fit.params[0]), count=len(chosen))  # only one pool tells anything
    low, high = fit.conf_int(1.0 - level)[0]
    return Estimate(float(fit.params[0]), float(low), float(high), len(chosen))
