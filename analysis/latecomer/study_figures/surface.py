"""Response surfaces of a study whose design samples: what an outcome is over pairs of parameters."""

from itertools import combinations

import numpy as np
import pandas as pd

from latecomer.drawn import Drawn, NotHere, caption_of
from latecomer.statistics.estimate import NoData
from latecomer.statistics.surface import fitted
from latecomer.style import PAGE, grid_size, hide_spare, new_figure, printed, title_words, words

MOST_PARAMETERS = 12  # of a surface: 91 coefficients
MOST_PANELS = 6
GRID = 60
OUTCOME = "gap_at_end"


@printed
def response_surface(study):
    """Contours of gap closed against the reference, or of the gap at the end, over pairs of what matters most."""
    parameters = [str(p) for p in study.data["parameter"].values] if "parameter" in study.data else []
    names = [p for p in parameters if p != "dummy"]
    if len(names) < 2 or len(names) > MOST_PARAMETERS:
        raise NotHere(f"needs a design over 2 to {MOST_PARAMETERS} parameters")
    points = points_of(study, parameters, names)
    scenario = next((s for s in study.scenarios if s != study.reference), None)
    who = economies_of(study, names)
    outcome = outcome_of(study, scenario, who, len(points))
    try:
        surface = fitted(names, points, outcome)
    except NoData as reason:
        raise NotHere(str(reason)) from reason
    order = sorted(names, key=surface.share, reverse=True)
    pairs = list(combinations(order[:4], 2))[:MOST_PANELS]
    rows, columns = grid_size(len(pairs), 3)
    figure, axes = new_figure(PAGE, 0.5 + 2.2 * rows, rows, columns)
    grids = [grid_of(surface, a, b) for a, b in pairs]
    levels = levels_of(np.concatenate([values.ravel() for _, _, values in grids]))
    for axis, (a, b), (x, y, values) in zip(axes.flatten(), pairs, grids):
        axis.contourf(x, y, values, levels=levels, cmap="RdBu", vmin=-np.abs(levels).max(), vmax=np.abs(levels).max())
        lines = axis.contour(x, y, values, levels=levels, colors="black", linewidths=0.5)
        axis.clabel(lines, fontsize=6, fmt="%.3g")
        axis.plot(points[:, names.index(a)], points[:, names.index(b)], ".", color="black", markersize=1)
        axis.set(xlabel=short(a), ylabel=short(b))
    hide_spare(axes, len(pairs))
    of_whom = ", ".join(who) if len(who) < 4 else "mean over latecomers"
    what = (f"gap at applications that {words(scenario)} closes against {words(study.reference)}" if scenario
            else "gap at applications at the end")
    table = pd.DataFrame({"term": surface.terms(), "coefficient": surface.coefficients, "standard_error": surface.errors})
    shares = "; ".join(f"{name} {surface.share(name):.2f}" for name in order)
    return Drawn(
        "response_surface", "Response surface", figure, table,
        caption_of(study, f"Contours of the {what} ({of_whom}) over pairs of parameters, the others in the middle of their "
                          "ranges: a polynomial of second degree, least squares over the points of the design (dots), after "
                          f"Box and Wilson (1951). It explains {surface.explained:.2f} of the variance between points, and "
                          f"{surface.predicted:.2f} of points left out one by one; what lacks to 1 is chance and what such a "
                          "surface cannot bend to. Share of its variance lost if a parameter stood still: " + shares +
                          ". The CSV has coefficients for parameters that run from -1 to 1. "
                          f"n = {len(points)} points, {study.replicates} replicates each."),
    )


def short(name):
    """A parameter as an axis says it: "3L, IND", "Internet users, IND", "Absorption rate"."""
    parts = name.split(".")
    if parts[0] == "policy":
        return f"{parts[-1]}, {parts[1]}"
    return f"{title_words(parts[2])}, {parts[1]}" if parts[0] == "country" else title_words(parts[-1])


def points_of(study, parameters, names):
    """Values of the named parameters at each point, [point, parameter]."""
    number = study.data["point"].values
    values = study.data["parameter_value"].values
    first = [int(np.flatnonzero(number == p)[0]) for p in range(int(number.max()) + 1)]
    return values[np.ix_(first, [parameters.index(n) for n in names])]


def economies_of(study, names):
    """The economies whose plans or figures vary; all latecomers where none does."""
    keys = [str(c) for c in study.data["country"].values]
    varied = [n.split(".")[1] for n in names if n.split(".")[0] in ("policy", "country")]
    chosen = [c for c in keys if c in varied]
    return chosen or list(study.latecomers)


def outcome_of(study, scenario, who, points):
    """Mean over economies and replicates at each point, less that of the reference."""
    frame = study.frame[study.frame["country"].isin(who)]
    means = frame.groupby(["scenario", "point"])[OUTCOME].mean()

    def of(name):
        return means.loc[name].reindex(range(points)).to_numpy() if name in means.index.get_level_values(0) else np.full(points, np.nan)

    return of(scenario) - of(study.reference) if scenario else of(study.reference)


def grid_of(surface, a, b):
    """The surface over two parameters, the others in the middle: x, y, values [y, x]."""
    at = {name: i for i, name in enumerate(surface.names)}
    x = np.linspace(surface.low[at[a]], surface.high[at[a]], GRID)
    y = np.linspace(surface.low[at[b]], surface.high[at[b]], GRID)
    points = np.tile(0.5 * (surface.low + surface.high), (GRID * GRID, 1))
    xs, ys = np.meshgrid(x, y)
    points[:, at[a]], points[:, at[b]] = xs.ravel(), ys.ravel()
    return x, y, surface.at(points).reshape(GRID, GRID)


def levels_of(values):
    low, high = float(values.min()), float(values.max())
    return np.linspace(low, high, 9) if high > low else np.linspace(low - 1, low + 1, 3)
