"""Economies by key: what they are called, where they lie, how rich they were, what they are in the model."""

from functools import cache
from pathlib import Path

import pandas as pd

from latecomer.results import Run, Study, open_result

COLUMNS = ("name", "region", "income_group", "role")


def economies(result: Run | Study | str | Path | None = None) -> pd.DataFrame:
    """Names, regions, income groups and roles of economies, by key (ISO 3166, three letters).

    Without a result, the 209 economies of which something is observed: region of the United Nations, income group of 2005
    (low_income, lower_middle_income, upper_middle_income, high_income; as the world of 2005 starts), role in the table of
    economies (latecomer, advanced, lead, both; missing for the 60 that are not in it).  With a run, its own, which may
    differ; with a study, roles and income groups of its economies, and names and regions of those that are known.

    Index: economy.  Columns: name, region, income_group, role; missing where not known.  A line joins it with any table
    that has a column economy: table.join(latecomer.economies(), on="economy").  Raises Unusable if a path holds no result.
    """
    if result is None:
        return known().copy()
    result = result if isinstance(result, (Run, Study)) else open_result(result)
    data = result.series if result.kind == "run" else result.data
    table = known().reindex(pd.Index([str(key) for key in data["country"].values], name="economy"))
    for column in COLUMNS:
        if f"country_{column}" in data.variables:
            table[column] = [str(value) or None for value in data[f"country_{column}"].values]
    return table


@cache
def known():
    """The economies of the tables of observations."""
    from latecomer.observed import economies as table
    from latecomer.observed import load

    observed = load()
    keys, figures, _ = table.chosen(observed)
    roles = {key: table.role_of(key, figures) for key in keys}
    found = observed.economies.rename(columns={"income_group_2005": "income_group"}).rename_axis("economy")
    found["role"] = [roles.get(key) for key in found.index]
    return found[list(COLUMNS)].replace("", None)
