#!/usr/bin/env bash
# analysis_odd_results.sh PROGRAM SCRATCH: runs and studies that lack what a figure needs have a paper, too.
# ctest: cost 48
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

"$program" run "$smoke" --out run --snapshot-every 4 --progress none
cat >alone.toml <<END
[run]
quarters = 24
burn_in = 4
[world]
countries = ["USA"]
firms_per_country = 30
END
"$program" run alone.toml --out alone --snapshot-every 4 --progress none

# Not python3: the first on the path may be another than the one with Debian's packages.
export LATECOMER_RUN=$scratch/run LATECOMER_ALONE=$scratch/alone PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
export MPLCONFIGDIR=$scratch/matplotlib
/usr/bin/python3 "$source_dir/tests/analysis/test_odd_results.py"
