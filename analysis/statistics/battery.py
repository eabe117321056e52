"""The battery of stylised facts: which of the patterns P1 to P13 do a run and a study show?"""


def battery(run=None, study=None):
    """One line for each statistic of each pattern, as a table in the order of the patterns.

    run: what analysis.results.Run offers (series, events, snapshots, firms(quarters)), or None.
    study: the study.h5 as an xarray.Dataset, or None.
    Columns: pattern, statistic, estimate, low, high (interval of 95 %), target (words), target_low,
    target_high, verdict ("pass", "fail", "no data", "reported": has no target), role ("validation", or
    "built in" where an equation of the model imposes the pattern), source, note (what was measured,
    or why there are no data).
    """
    raise NotImplementedError
