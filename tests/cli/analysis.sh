#!/usr/bin/env bash
# analysis.sh PROGRAM SCRATCH: the figures of a run can be drawn, bad input is refused, and every figure
# can be read in print.
# ctest: cost 140
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

"$program" run "$smoke" --out run --snapshot-every 4 --progress none

# Not python3: the first on the path may be another than the one with Debian's packages.
export LATECOMER_RUN=$scratch/run PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
export MPLCONFIGDIR=$scratch/matplotlib
/usr/bin/python3 -m unittest tests.analysis.test_figures tests.analysis.test_figure_layout tests.analysis.test_figure_numbers
