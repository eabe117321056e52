"""The answer to the question of a study: what two things do alone and together, and on what their signs depend."""

import numpy as np
import pandas as pd

EFFECTS = ("first", "second", "both", "main_first", "main_second", "interaction", "mixture",
           "both_over_first", "both_over_second")
TOLD = ("first", "second", "both", "interaction", "mixture")  # the others are sums of these; the CSV of the figure has all
LIKELY = 0.05  # of a table of all conditions of an effect, if chance alone were at work


def effects_of(data):
    """Every effect of a study.h5 with a value, as a table.

    Columns: outcome, cell, group, effect, value, low, high.
    """
    names = ["question_effect", "question_effect_low", "question_effect_high"]
    table = data[names].to_dataframe().reset_index()
    table = table.rename(columns=dict(zip(["question_outcome", *names], ["outcome", "value", "low", "high"])))
    order = {name: list(data[dim].values) for name, dim in
             (("outcome", "question_outcome"), ("cell", "cell"), ("group", "group"), ("effect", "effect"))}
    for name, labels in order.items():
        table[name] = pd.Categorical(table[name], labels, ordered=True)
    table = table.sort_values(list(order)).dropna(subset=["value"])
    table = table.astype({name: int if name == "cell" else str for name in order})
    return table[[*order, "value", "low", "high"]].reset_index(drop=True)


def conditions_of(data):
    """Every condition of every effect of which the study tells a probability.

    Columns: outcome, effect, condition, of_parameter (whether it is one that the study varies over its points),
    share_low, share_high, probability, flips_at, flips_low, flips_high, conditions (how many an effect has).
    """
    names = ("share_low", "share_high", "probability", "flips_at", "flips_low", "flips_high")
    arrays = {name: data[f"question_sign_{name}"].transpose("question_outcome", "effect", "condition").values
              for name in names}
    parameters = set(data["parameter"].values.astype(str)) if "parameter" in data.coords else set()
    labels = [data[name].values.astype(str) for name in ("question_outcome", "effect", "condition")]
    lines = [
        (*(axis[i] for axis, i in zip(labels, at)), labels[2][at[2]] in parameters, *(float(arrays[n][at]) for n in names),
         len(labels[2]))
        for at in np.ndindex(*(len(axis) for axis in labels)) if np.isfinite(arrays["probability"][at])
    ]
    return pd.DataFrame(lines, columns=["outcome", "effect", "condition", "of_parameter", *names, "conditions"])


def significant(conditions):
    """Those along which the sign flips more than chance lets expect, the steepest first; main effects left out.

    An effect has several conditions: the probability of each is multiplied by their number (Bonferroni).  An effect that
    only fades has no place where it flips.
    """
    chosen = (conditions["effect"].isin(TOLD) & (conditions["probability"] * conditions["conditions"] < LIKELY)
              & conditions["flips_at"].notna())
    return conditions[chosen].sort_values("probability", kind="stable").reset_index(drop=True)


def thirds(values):
    """Ends of the lowest and of the highest third of values, as study.h5 divides them: ((low, high), (low, high))."""
    ordered = np.sort(np.asarray(values, float))
    count = max(1, len(ordered) // 3)
    return (float(ordered[0]), float(ordered[count - 1])), (float(ordered[-count]), float(ordered[-1]))
