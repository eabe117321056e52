#!/usr/bin/env bash
# calibration.sh PROGRAM SCRATCH: a calibration finds parameters that the model itself ran with; input that will not do is
# refused.  Stopped and called again: calibration_long.sh.
# ctest: cost 110
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/tests/cli/_calibration.sh"

/usr/bin/python3 "$source_dir/tests/analysis/test_calibration.py" || complain "unit tests"

mkdir whole
cp tiny.toml whole
(calibrated whole) >log 2>&1 || complain "calibrate: status $?: $(tail -n 3 log)"
grep -q '^done: ' log || complain "no end: $(tail -n 3 log)"

# Nothing changes where nothing was run.
find whole -type f ! -name '*.log' -exec sha256sum {} + | sort >before
(calibrated whole) >log 2>&1 || complain "a third call: status $?"
find whole -type f ! -name '*.log' -exec sha256sum {} + | sort | cmp before || complain "a third call changed something"

# The truth lies within the bands of the ensemble, and they are narrower than what was asked.
/usr/bin/python3 - <<'PYTHON' || complain "the truth is not in the bands"
import sys

import numpy as np
import pandas as pd

folder, truth = "whole/out/calibration/", {"entry.rate": 0.025, "entry.dispersion": 0.3, "mobility.export_rate": 0.015}
parameters = pd.read_csv(folder + "parameters.csv").set_index("parameter")
moments = pd.read_csv(folder + "moments.csv").set_index("moment")
ensemble = pd.read_csv(folder + "ensemble.csv", comment="#")
print(parameters.to_string(), moments.drop(columns="source").to_string(), sep="\n")
wrong = [name for name, value in truth.items()
         if not parameters.q05[name] <= value <= parameters.q95[name] or parameters.width_left[name] > 0.6]
# Few firms climb in ten years of a small world: four replicates say little of that.
wrong += [name for name in moments.index if abs(moments.away[name]) > 4 and not name.startswith("climb")]
if len(ensemble) < 20 or ensemble.implausibility.max() >= 3 or not np.isclose(ensemble.weight.sum(), 1):
    wrong.append("ensemble")
print("wrong:", wrong)
sys.exit(bool(wrong))
PYTHON

# judged STATUS TEXT ARGUMENT...: analysis/calibrate ends so, with one line that holds the text.
judged() {
    local wanted=$1 text=$2
    shift 2
    checks=$((checks + 1))
    "$source_dir/analysis/calibrate" "$@" --program "$program" >stdout 2>stderr
    status=$?
    [ $status -eq "$wanted" ] || complain "calibrate $*: status $status: $(head -c 500 stderr)"
    [ "$(cat stdout stderr | wc -l)" -eq 1 ] || complain "calibrate $*: not one line: $(head -c 500 stderr)"
    grep -qF -- "$text" stdout stderr || complain "calibrate $*: expected '$text', got '$(cat stdout stderr)'"
}

cp tiny.toml fresh.toml
judged 85 "wave 1 is to be run" fresh.toml --folder fresh --targets targets.toml
judged 2 "cannot read the targets" whole/tiny.toml
sed 's/^tolerance = .*/tolerance = 0.0/' targets.toml >zero.toml
judged 2 "the tolerance is 0" fresh.toml --targets zero.toml
sed 's/^value = .*/value = 9.0/' targets.toml >far.toml
judged 2 "after wave 1 nothing is left: the least implausible point that was found is ruled out by turnover" whole/tiny.toml \
    --folder whole/out --targets far.toml
sed 's/^kind = .*/kind = "mximin"/' tiny.toml >wrong.toml
judged 2 "mximin" wrong.toml --targets targets.toml
mkdir other && cp tiny.toml other && mkdir other/out && cp -r whole/out/journal other/out
echo "mine" >other/tiny_wave_2.csv
judged 2 "is in the way and not of a calibration" other/tiny.toml --folder other/out --targets targets.toml
[ "$(cat other/tiny_wave_2.csv)" = mine ] || complain "a file of the user was overwritten"

finish "$checks checks"
