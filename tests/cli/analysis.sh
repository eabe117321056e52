#!/usr/bin/env bash
# analysis.sh PROGRAM SCRATCH: the figures of a run can be drawn, and bad input is refused.
set -euo pipefail

program=$1
scratch=$2
source_dir=${LATECOMER_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
mkdir -p "$scratch"
cd "$scratch"

"$program" run "$source_dir/jobs/scenarios/smoke.toml" --out run --progress none

# Not python3: the first on the path may be another than the one with Debian's packages.
export LATECOMER_RUN=$scratch/run PYTHONPATH=$source_dir PYTHONDONTWRITEBYTECODE=1
export MPLCONFIGDIR=$scratch/matplotlib
/usr/bin/python3 "$source_dir/tests/analysis/test_figures.py"
