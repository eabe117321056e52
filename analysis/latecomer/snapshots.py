"""Firms of a run as one table: a snapshot, or the panel of all snapshots."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import h5py
import numpy as np
import pandas as pd

from latecomer.result_files import alike, words_of
from latecomer.results import Run, open_run
from latecomer.series import Unusable, without_locks

MOST = 2_000_000  # rows that a table gets unasked
PLACES = ("country", "position")


def firms(run: Run | str | Path, quarter: int | Iterable[int] | None = None, columns: Iterable[str] | None = None,
          countries: Iterable[str] | str | None = None, positions: Iterable[str] | str | None = None,
          most: int = MOST) -> pd.DataFrame:
    """Firms of one snapshot, of some, or of all: a panel with a line for every firm and snapshot.

    run: a Run, or its path.  quarter: completed quarters of a snapshot, as in the name firms_0040.h5, or several; all
    without.  columns: names of columns of firms, such as "revenue" or "capability_analytics" ("capability" means all its
    stages); all without.  countries, positions: keys, such as "IND" and "ANA"; all without.

    Columns: id (unsigned, 64 bits, exact, the same in all snapshots), country, position, quarters_completed, time
    (years since the start: that of run.series), year (only in a run with a calendar: of the last completed quarter), and
    the columns that were asked for, in the units of io/FORMAT.md and `latecomer describe fields`.  Lines are in the order of
    snapshots, then of id.

    Files are read column by column, and only lines that were asked for are kept.  Raises Unusable if they are more than
    `most`, if the run has no such snapshot, column, country or position, or if a file cannot be read.
    """
    run = run if isinstance(run, Run) else open_run(run)
    chosen = snapshots_of(run, quarter)
    lines = {q: lines_of(run.snapshots[q], keys(countries), keys(positions)) for q in chosen}
    count = sum(mask.sum() for mask in lines.values())
    if count > most:
        raise Unusable(f"run '{run.name}' has {count:,} such firms in {len(chosen)} snapshots, more than {most:,}: choose with quarter, "
                       "countries or positions, or say most=... if there is memory for them")
    return pd.concat(list(tables_of(run, lines, columns)), ignore_index=True)


def tables_of(run: Run, lines: dict, columns: Iterable[str] | None = None) -> Iterator[pd.DataFrame]:
    """A table of the chosen lines for every snapshot, one after the other; lines: masks by completed quarters."""
    names = None if columns is None else [columns] if isinstance(columns, str) else list(columns)
    start_year = int(run.series.attrs.get("start_year", 0))
    for quarters, mask in lines.items():
        with opened(run.snapshots[quarters]) as file:
            table = pd.DataFrame({"id": file["firm"][()][mask]})
            for place in PLACES:
                table[place] = file[place].asstr()[()].astype(object)[file[f"{place}_index"][()][mask]]
            table["quarters_completed"], table["time"] = quarters, quarters / 4.0
            if start_year:
                table["year"] = start_year + (quarters - 1) // 4
            for name, values in values_of(file, names, mask):
                table[name] = values
        yield table


def places_of(file):
    """Where values of each column lie: the columns of each variable as pairs of a name and a place along `stage`, or None."""
    known, stages = {}, file["stage"].asstr()[()]
    for name, variable in file.items():
        dims = tuple(scale[0].name for scale in variable.dims if len(scale))
        if dims == ("/firm",) and not name.endswith("_index"):
            known[name] = [(name, None)]
        elif dims == ("/firm", "/stage"):
            known[name] = [(f"{name}_{stage}", number) for number, stage in enumerate(stages)]
    return known


def values_of(file, names, mask):
    """Pairs of a column's name and its values, read one by one."""
    known = places_of(file)
    single = {column: (name, number) for name, parts in known.items() for column, number in parts}
    wanted = list(single) if names is None else [column for name in names
                                                  for column in ([part for part, _ in known[name]] if name in known else [name])]
    for column in dict.fromkeys(wanted):
        if column not in single:
            raise Unusable(f"the snapshots have no column '{column}'{alike(column, single)}: they have {', '.join(single)}")
        name, number = single[column]
        yield column, (file[name][()] if number is None else file[name][:, number])[mask]


def meaning_of_columns(path):
    """Words on every column of a snapshot, by name."""
    with opened(path) as file:
        return {column: words_of(file[name]) for name, parts in places_of(file).items() for column, _ in parts}


def snapshots_of(run, quarter=None):
    """Completed quarters of the snapshots that were asked for."""
    if not run.snapshots:
        raise Unusable(f"run '{run.name}' has no snapshots of firms: run it with --snapshot-every 4")
    if quarter is None:
        return list(run.snapshots)
    wanted = [int(quarter)] if np.isscalar(quarter) else [int(one) for one in quarter]
    if not wanted:
        raise Unusable("quarter names no snapshot: leave it out for all of them")
    for one in wanted:
        if one not in run.snapshots:
            raise Unusable(f"run '{run.name}' has no snapshot after {one} quarters: it has them after {listed(run.snapshots)}")
    return list(dict.fromkeys(wanted))


def listed(quarters):
    """Numbers for a message; of many the first and the last."""
    numbers = [str(one) for one in quarters]
    return ", ".join(numbers if len(numbers) <= 8 else [*numbers[:3], "...", numbers[-1]])


def keys(names):
    return None if names is None else [names] if isinstance(names, str) else list(names)


def lines_of(path, countries, positions):
    """Which firms of a file are of these countries and positions, as a mask."""
    with opened(path) as file:
        mask = np.ones(len(file["firm"]), dtype=bool)
        for place, wanted in zip(PLACES, (countries, positions)):
            if wanted is None:
                continue
            known = file[place].asstr()[()].tolist()
            for key in wanted:
                if key not in known:
                    raise Unusable(f"'{key}' is no {place} of the snapshots{alike(key, known)}: they have {', '.join(known)}")
            mask &= np.isin(file[f"{place}_index"][()], [known.index(key) for key in wanted])
    return mask


class opened:
    """A snapshot, open for reading; what goes wrong is Unusable."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        try:
            with without_locks():
                self.file = h5py.File(self.path, "r")
        except (OSError, KeyError, ValueError) as error:
            raise self.unusable(error) from error
        return self.file

    def __exit__(self, kind, error, trace):
        self.file.close()
        if isinstance(error, (OSError, KeyError)):
            raise self.unusable(error) from error

    def unusable(self, error):
        return Unusable(f"'{self.path}' cannot be read as a snapshot of firms ({' '.join(str(error).split())})")
