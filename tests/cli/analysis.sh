#!/usr/bin/env bash
# analysis.sh PROGRAM SCRATCH: the figures of a run can be drawn, and bad input is refused.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

"$program" run "$smoke" --out run --progress none

# Not python3: the first on the path may be another than the one with Debian's packages.
export LATECOMER_RUN=$scratch/run PYTHONPATH=$source_dir PYTHONDONTWRITEBYTECODE=1
export MPLCONFIGDIR=$scratch/matplotlib
/usr/bin/python3 "$source_dir/tests/analysis/test_figures.py"
