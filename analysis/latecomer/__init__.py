"""Latecomer's results for Python: runs, studies, firms, figures.  Knows the model only by its files.

    import latecomer
    run = latecomer.open_run("runs/first")
    run["gap_by_stage"].sel(country="IND", stage="applications").plot()
    latecomer.firms(run, columns=["revenue"], countries="IND")      # a panel, if the run has snapshots
    latecomer.tidy("studies/smoke").join(latecomer.economies(), on="economy")
    latecomer.plot.capability_gaps(run)

Every function that takes a run or a study takes its path as well.  What cannot be done raises latecomer.Unusable, a
ValueError, with one line that says why.  Importing the package reads nothing and sets nothing: what is heavy, such as
matplotlib, is imported when it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"  # that of CMakeLists.txt; tests/analysis/test_package.py compares

# Where public names are from; with "" the module of this name itself.
PUBLIC = {
    "Run": "results", "Study": "results", "Unusable": "series", "open_result": "results", "open_run": "results",
    "open_study": "results", "firms": "snapshots", "tidy": "study_tables", "difference": "study_tables",
    "mean_difference": "study_tables", "effects": "study_tables", "response": "study_tables",
    "economies": "known_economies", "score": "forecast.judgement", "observed": "", "calibration": "", "plot": "",
}
__all__ = ["__version__", *PUBLIC]

if TYPE_CHECKING:
    from latecomer import calibration, observed, plot
    from latecomer.forecast.judgement import score
    from latecomer.known_economies import economies
    from latecomer.results import Run, Study, open_result, open_run, open_study
    from latecomer.series import Unusable
    from latecomer.snapshots import firms
    from latecomer.study_tables import difference, effects, mean_difference, response, tidy


def __getattr__(name):
    if name not in PUBLIC:
        raise AttributeError(f"module 'latecomer' has no attribute '{name}'")
    try:
        module = import_module(f"latecomer.{PUBLIC[name] or name}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("latecomer"):
            raise
        from latecomer.series import missing_packages

        raise missing_packages(error) from error
    value = getattr(module, name) if PUBLIC[name] else module
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *PUBLIC})
