"""Statistics of runs and studies: functions of arrays and tables, without files or figures.

The battery of stylised facts is in battery.py; the rest are the parts that it and the tables use.
"""

from latecomer.statistics.battery import battery
from latecomer.statistics.chain import concentration, ladder
from latecomer.statistics.estimate import Estimate
from latecomer.statistics.studies import (
    catch_up_probability,
    catch_up_times,
    compare,
    frame_of,
    log_rank,
    running_mean,
)

__all__ = [
    "Estimate",
    "battery",
    "catch_up_probability",
    "catch_up_times",
    "compare",
    "concentration",
    "frame_of",
    "ladder",
    "log_rank",
    "running_mean",
]
