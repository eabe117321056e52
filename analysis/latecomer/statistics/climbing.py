"""The ladder inside countries: how many firms climb from low-value work to analytics, and on to applications."""

import numpy as np

from latecomer.statistics.estimate import Estimate, NoData, mean_of_series, proportion

STEPS = {"PRL": "processing to analytics", "ANA": "analytics to applications"}
QUARTERS_OF_A_YEAR = 4
WITHIN = 200  # quarters in which an economy may show a firm that climbs
FEWEST_FIRMS = 10  # at the lower step, on average, for an economy to count


def moves_and_firms(series, position, burn_in=0):
    """Firms that climb from a position in a quarter, and firms there at its end, each [time, country].

    From PRL the step is to ANA, from ANA to any application.
    """
    targets = [t for t in series["target"].values if (t == "ANA" if position == "PRL" else str(t).startswith("APP_"))]
    chosen = series[["upgrades", "firms"]].sel(position=position).isel(time=slice(burn_in, None))
    moves = chosen["upgrades"].sel(target=targets).sum("target").transpose("time", "country")
    return moves.values, np.nan_to_num(chosen["firms"].transpose("time", "country").values)


def rate(moves, firms, level=0.95):
    """Moves over firms x years; arguments: one value a quarter.

    Interval: that of the mean of moves less their share of firms, as quarters depend on each other.
    """
    moves, firms = np.asarray(moves, float), np.asarray(firms, float)
    if not firms.sum() > 0.0:
        raise NoData("no firm stands there")
    share = float(moves.sum() / firms.sum())
    rest = mean_of_series(moves - share * firms, level)  # its mean is zero
    half = (rest.high - rest.value) / float(firms.mean())
    return Estimate(share, max(0.0, share - half), share + half, rest.count).scaled(QUARTERS_OF_A_YEAR)


def economies(moves, firms):
    """Share of economies in which a firm climbs within so many quarters; arguments [time, country] of one run.

    Economies with fewer than FEWEST_FIRMS at the lower step on average do not count.  Those of one run
    share its events, so there is no interval.
    """
    moves, firms = np.asarray(moves, float)[:WITHIN], np.asarray(firms, float)[:WITHIN]
    if len(moves) < WITHIN:
        raise NoData(f"{len(moves)} quarters after burn-in, {WITHIN} are needed")
    counted = firms.mean(axis=0) >= FEWEST_FIRMS
    if not counted.any():
        raise NoData(f"no economy has {FEWEST_FIRMS} firms there on average")
    climbed = (moves[:, counted] > 0.0).any(axis=0)
    return proportion(int(climbed.sum()), climbed.size, independent=1)
