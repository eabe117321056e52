"""Every figure of a run and of a study, by name.

    latecomer.plot.names()                           # which there are
    latecomer.plot.capability_gaps("runs/first")     # a Figure of matplotlib

A function takes a Run or Study, or its path, and returns a Figure, or a list where there are several of a kind.  Functions
are made of the lists of run_figures and study_figures: a new figure appears here by itself.  Figures have print size and
are drawn with the settings of print; those of the user stay as they are.
"""

from functools import cache

from latecomer.results import Run, Study, open_result
from latecomer.series import Unusable


def names(kind: str | None = None) -> list[str]:
    """Names of all figures, in the order of the page; of those of a "run" or a "study" alone if `kind` says so.

    Raises Unusable if it says something else.
    """
    if kind not in (None, "run", "study"):
        raise Unusable(f"there are figures of a 'run' and of a 'study', not of '{kind}'")
    return [name for name, (of, _) in functions().items() if kind in (None, of)]


def drawn(name: str, result: Run | Study | str) -> list:
    """Figures of this name with all that make_paper writes of them: a list of latecomer.drawn.Drawn.

    Each has figure, title, numbers (a table of pandas) and caption; save(folder) writes PDF, PNG, CSV and TXT.  Raises Unusable if
    there is no such figure, or why it cannot be drawn from this result.
    """
    from latecomer.drawn import LeftOut, NotHere, drawings
    from latecomer.result_files import alike

    if name not in functions():
        raise Unusable(f"there is no figure '{name}'{alike(name, functions())}: latecomer.plot.names() lists them")
    kind, function = functions()[name]
    result = result if isinstance(result, (Run, Study)) else open_result(result)
    if result.kind != kind:
        raise Unusable(f"figure '{name}' is of a {kind}, and '{result.name}' is a {result.kind}")
    try:
        return [figure for figure in drawings(function, result) if not isinstance(figure, LeftOut)]
    except NotHere as reason:
        raise Unusable(f"figure '{name}' cannot be drawn of '{result.name}': {reason}") from reason


@cache
def functions():
    """Kind of result and function of every figure by name.  Imports matplotlib."""
    from latecomer.series import missing_packages

    try:
        from latecomer import run_figures, study_figures
    except ImportError as error:
        raise missing_packages(error) from error
    lists = {"run": run_figures.FIGURES, "study": study_figures.FIGURES}
    return {function.__name__: (kind, function) for kind, figures in lists.items() for group in figures.values() for function in group}


@cache
def plotting(name):
    """The function of the package for a figure."""
    kind, function = functions()[name]

    def plot(result):
        figures = [one.figure for one in drawn(name, result)]
        return figures[0] if len(figures) == 1 else figures

    plot.__name__ = plot.__qualname__ = name
    plot.__module__ = __name__
    plot.__doc__ = (f"{(function.__doc__ or name).strip()}\n\n    result: a {kind.capitalize()}, or its path.  Returns a Figure of matplotlib, or a list of "
                    "several of a kind.  Raises\n    Unusable with the reason if it cannot be drawn from this result.\n    ")
    return plot


def __getattr__(name):
    if name.startswith("_") or name not in functions():
        raise AttributeError(f"module 'latecomer.plot' has no attribute '{name}': latecomer.plot.names() lists figures")
    return plotting(name)


def __dir__():
    return sorted([*globals(), *functions()])
