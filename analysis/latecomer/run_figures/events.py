"""The chronicle as a picture."""

import numpy as np

from latecomer.drawn import Drawn, NotHere, caption_of, of_one_run
from latecomer.groups import largest
from latecomer.run_figures.panels import burn_in_line, time_axis, years_of
from latecomer.style import COLOURS, PAGE, legend_above, new_figure, printed

MOST_ROWS = 40
# kind and, where it matters, how a label ends: name, colour, marker
KINDS = (
    ("policy", "", "policy", COLOURS[0], "s"),
    ("upgrade", "", "first step up", COLOURS[2], "^"),
    ("presence", "to local region", "region", COLOURS[5], "."),
    ("presence", "to joint venture", "joint venture", COLOURS[3], "."),
    ("presence", "to exit", "lead firm leaves", COLOURS[1], "x"),
    ("retaliation", "tariff begins", "tariff", COLOURS[4], "D"),
    ("window", "", "window", "#333333", "*"),
)


@printed
def chronicle(run):
    """Events by place and time."""
    events = run.events
    if events is None or events.empty:
        raise NotHere("events.csv has no line")
    where = events["where"].astype(str)
    places = [c for c in (*run.latecomers, *sorted(set(where) - set(run.latecomers))) if (where == c).any()]
    places, shown = largest(run, places, MOST_ROWS)
    figure, axes = new_figure(PAGE, 0.75 + 0.17 * len(places))
    axis, handles = axes[0, 0], []
    for kind, ending, name, colour, marker in KINDS:
        chosen = events[(events["kind"] == kind) & events["label"].astype(str).str.endswith(ending) & where.isin(places)]
        if chosen.empty:
            continue
        rows = [places.index(p) for p in chosen["where"].astype(str)]
        level = {"upgrade": -0.22, "presence": 0.12, "retaliation": 0.3}.get(kind, -0.05)
        handles += axis.plot(run.start_year + (chosen["quarter"] + 1) / 4, np.array(rows) + level, marker, color=colour, alpha=0.8,
                             markersize=5 if marker == "." else 3.2, mew=0.8 if marker == "x" else 0, label=name)
    if not handles:
        raise NotHere("events.csv has no event of the kinds that are drawn")
    axis.hlines(np.arange(1, len(places)) - 0.5, run.start_year, years_of(run)[-1], color="0.9", linewidth=0.5, zorder=0)
    axis.set_yticks(range(len(places)), places)
    axis.set(ylim=(len(places) - 0.5, -0.5), xlim=(run.start_year, years_of(run)[-1]))
    time_axis(axis, run, most=8)
    axis.tick_params(axis="y", length=0)
    burn_in_line(axis, run)
    legend_above(figure, handles, columns=7)
    counts = events.groupby(["where", "kind"]).size().rename("events").reset_index()
    return Drawn(
        "chronicle", "The chronicle", figure, counts,
        caption_of(run, "Events where they happen: phases of policy, first firms that take a step up the chain, "
                        "changes in how lead firms are present, tariffs "
                   f"of home governments, technology windows. Dotted: end of the burn-in. n = {len(events)} events; "
                   "CSV: how many, events.csv of the run: all.", shown, of_one_run(run)),
    )
