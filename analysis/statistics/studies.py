"""What the runs of a study say together: means over replicates, differences between policies, times."""


def frame_of(study):
    """A line for every done run and latecomer country of a study.h5 (an xarray.Dataset), as a table.

    Columns: run, scenario, point, replicate, country, every outcome of countries, and every outcome of
    the world as world_<outcome> (repeated for each country).  Latecomers are the economies that have a
    capability gap in any run.
    """
    raise NotImplementedError


def running_mean(values, level=0.95):
    """Mean of the first 1, 2, ... values with its t interval: columns count, mean, low, high (from 2 on).

    values: one value a replicate, in the order of replicates; NaN are left out.
    """
    raise NotImplementedError


def compare(frame, baseline, outcomes, level=0.95):
    """Differences of every scenario from the baseline, paired by point and replicate.

    frame: as frame_of gives it.  Columns: outcome, scenario, baseline (mean), mean, difference, low, high,
    p, p_holm (adjusted over all lines), pairs, unpaired (runs without a partner).
    """
    raise NotImplementedError


def catch_up_probability(frame, by="scenario", level=0.95):
    """Share of countries in runs that catch up, with Wilson's interval: `by`, caught_up, trials, share, low, high.

    by: the name of a column, or a list of names.
    """
    raise NotImplementedError


def catch_up_times(frame, horizon_quarters, by="scenario", level=0.95):
    """Kaplan and Meier's share of countries that have caught up by a time, a curve for each scenario.

    Columns: `by`, years, caught_up (1 - survival), low, high (log-log interval), at_risk, events; each curve
    begins at 0 years.  Countries that do not catch up are censored after horizon_quarters.
    """
    raise NotImplementedError


def log_rank(frame, horizon_quarters, by="scenario"):
    """Mantel's log-rank test that all scenarios have the same times to catch up: (chi2, degrees, p)."""
    raise NotImplementedError
