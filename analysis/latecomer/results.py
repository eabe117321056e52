"""Opens what the program leaves: the folder of a run, or the study.h5 of a study."""

from pathlib import Path

from latecomer.result_files import schema_of
from latecomer.run_result import Run
from latecomer.series import Unusable, path_of
from latecomer.study_result import Study

__all__ = ["Run", "Study", "open_result", "open_run", "open_study"]

STUDY_SCHEMA = "latecomer-study"


def open_result(path):
    """The Run or the Study at a path: the folder of either, a series.h5 or a study.h5.

    Raises Unusable with a line for the user.
    """
    path = Path(path)
    if not path.exists():
        raise Unusable(f"'{path}' does not exist: name the folder of a run, or the study.h5 of a study")
    if path.is_dir() and not (path / "series.h5").exists():
        if (path / "study.h5").exists():
            return Study(path / "study.h5")
        if (path / "journal").is_dir():
            raise Unusable(f"'{path}' has no study.h5 yet: call 'latecomer study merge'")
        raise Unusable(f"'{path}' holds neither series.h5 nor study.h5: name a run, or a study")
    return Study(path) if schema_of(path_of(path)) == STUDY_SCHEMA else Run(path)


def open_run(path):
    """The Run at a path: its folder, or its series.h5.  A run that is at work has its complete quarters.

    Raises Unusable if nothing is there, or something else.
    """
    result = open_result(path)
    if result.kind != "run":
        raise Unusable(f"'{path}' is a study: name the folder of a run, or call open_study")
    return result


def open_study(path):
    """The Study at a path: its folder after `latecomer study merge`, or its study.h5.

    Raises Unusable if nothing is there, something else, or a study of which no run is done.
    """
    result = open_result(path)
    if result.kind != "study":
        raise Unusable(f"'{path}' is a run: name the folder of a study, or call open_run")
    return result
