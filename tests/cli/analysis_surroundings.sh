#!/usr/bin/env bash
# analysis_surroundings.sh PROGRAM SCRATCH: the user's files, variables and names change no byte of a paper.
# ctest: cost 100
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

"$program" run "$smoke" --out run --snapshot-every 4 --progress none

# Not python3: the first on the path may be another than the one with Debian's packages.
export LATECOMER_RUN=$scratch/run PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=$scratch/matplotlib
/usr/bin/python3 "$source_dir/tests/analysis/test_surroundings.py"
