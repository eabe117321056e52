"""What figures show of economies where there are more than they have room for: income groups, and the large ones."""

import numpy as np

GROUPS = ("high_income", "upper_middle_income", "lower_middle_income", "low_income")  # the rich first
GROUP_COLOURS = ("#0072B2", "#009E73", "#E69F00", "#D55E00")
OTHERS = "income not known"
INCOME_GROUP = "country_income_group"


def groups_in(data):
    """Income groups with the keys of their economies, the rich first; nothing where no economy has a group.

    data: an xarray object over `country`.
    """
    if INCOME_GROUP not in data.coords:
        return {}
    keys = [str(key) for key in data["country"].values]
    known = dict(zip(keys, (str(group) for group in data[INCOME_GROUP].values)))
    found = {group.replace("_", " "): [k for k in keys if known[k] == group] for group in GROUPS}
    if not any(found.values()):
        return {}
    found[OTHERS] = [k for k in keys if known[k] not in GROUPS]
    return {name: members for name, members in found.items() if members}


def colour_of(group):
    """The colour of an income group."""
    return dict(zip((g.replace("_", " ") for g in GROUPS), GROUP_COLOURS)).get(group, "#333333")


def latecomer_groups(run, most):
    """Groups of the latecomer economies of a run that has more than `most`; nothing of a run that has not."""
    if len(run.latecomers) <= most:
        return {}
    return groups_in(run.series["final_demand"].sel(country=run.latecomers))


def largest(run, keys, most):
    """So many of the keys with the largest final demand over the run, in their order, and a sentence for captions."""
    if len(keys) <= most:
        return keys, ""
    demand = run.series["final_demand"].mean("time")
    size = {str(key): float(value) for key, value in zip(demand["country"].values, np.nan_to_num(demand.values))}
    chosen = set(sorted(keys, key=lambda key: -size.get(key, 0.0))[:most])
    return ([key for key in keys if key in chosen],
            f"The {most} of {len(keys)} economies with the largest final demand are shown; the CSV has all.")


def median_words(run, most):
    """A sentence for captions of figures with a line an economy, where there are more than can be named."""
    groups = latecomer_groups(run, most)
    return f"Thick: medians of {len(groups)} income groups; dark: some economies by name, the others grey." if groups else ""


def group_words(groups):
    """A sentence for captions of figures that show groups."""
    count = sum(len(members) for members in groups.values())
    return f"A panel for each income group of the {count} economies, with their number; the CSV has every economy."
