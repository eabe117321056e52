"""Where countries stand on the data value chain, and how concentrated its markets are."""


def ladder(series, threshold=0.5):
    """The last stage whose domestic mean capability is at least `threshold` of the frontier, 0 if none.

    series: xarray.Dataset of a run.  A table with a line a quarter (index: years) and a column a latecomer.
    """
    raise NotImplementedError


def concentration(series):
    """Concentration over time (index: years): top_three_storage and herfindahl_<position> of world sales."""
    raise NotImplementedError
