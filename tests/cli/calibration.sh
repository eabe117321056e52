#!/usr/bin/env bash
# calibration.sh PROGRAM SCRATCH: a calibration finds parameters that the model itself ran with; stopped and called again, it
# has the same ensemble; input that will not do is refused.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

export PYTHONPATH=$source_dir PYTHONDONTWRITEBYTECODE=1
export LATECOMER_LAUNCHER=${launch% -n}
/usr/bin/python3 "$source_dir/tests/analysis/test_calibration.py" || complain "unit tests"

# The truth: many runs of one point, in other random events than the calibration has.
truth="0.025, 0.3, 0.015"
tiny=$source_dir/jobs/calibration/tiny.toml
sed "s#\.\./scenarios#$source_dir/jobs/scenarios#" "$tiny" >tiny.toml
sed -e "s/^name = \"tiny\"/name = \"truth\"/; s/^seed = .*/seed = 7/; s/^kind = .*/kind = \"list\"/; s/^n = .*/points = [[$truth]]/" \
    -e '/^dist/d; /^low/d; /^high/d; s/^min = .*/min = 64/' tiny.toml >truth.toml
accepted 3 study run truth.toml --out truth
accepted 1 study merge truth.toml --out truth
/usr/bin/python3 - <<'PYTHON' >targets.toml
import h5py

FIT = {"turnover", "productivity_gap", "exporters", "early_exits", "export_premium_revenue", "tail_exponent"}
print("[calibration]\nwaves = 3\nensemble = 60")
with h5py.File("truth/study.h5") as study:
    for name in sorted(study):
        if name.startswith("moment_"):
            values, moment = study[name][:], name.removeprefix("moment_")
            print(f'[[target]]\nmoment = "{moment}"\nvalue = {float(values.mean())!r}\ntolerance = {0.02 * abs(float(values.mean()))!r}')
            print(f'observation_sd = {float(values.std(ddof=1)) / 8!r}\nsource = "64 runs of the truth"')
            print(f'use = "{"fit" if moment in FIT else "held_out"}"')
PYTHON

# calibrated FOLDER: becomes the calibration of a study in a folder of its own.
calibrated() { exec "$source_dir/jobs/calibrate" "$1/tiny.toml" --out "$1/out" --targets targets.toml --program "$program" --ranks 3; }

mkdir whole cut
cp tiny.toml whole
cp tiny.toml cut
(calibrated whole) >log 2>&1 || complain "calibrate: status $?: $(tail -n 3 log)"
grep -q '^done: ' log || complain "no end: $(tail -n 3 log)"

# Stopped when the runs of the second wave have begun, by the signal of job scripts, and called again with the same words.
calibrated cut >cut.log 2>&1 &
pid=$!
for ((wait = 0; wait < 3000; ++wait)); do
    [ -z "$(find cut/tiny_wave_2.csv 2>/dev/null)" ] || [ "$(grep -c '^\[\[wave\]\]' cut/tiny.toml)" -eq 0 ] || break
    sleep 0.02
done
kill -USR1 $pid
wait $pid
status=$?
[ $status -eq 85 ] || complain "stopped: status $status: $(tail -n 3 cut.log)"
[ ! -e cut/out/calibration/ensemble.csv ] || complain "it was not stopped in between"
(calibrated cut) >cut.log 2>&1 || complain "called again: status $?: $(tail -n 3 cut.log)"
for file in out/calibration/ensemble.csv out/calibration/report.md out/study.h5 tiny_wave_2.csv tiny_last.csv tiny.toml; do
    cmp "whole/$file" "cut/$file" || complain "stopped and called again: another $file"
done

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
wrong += [name for name in moments.index if abs(moments.away[name]) > 4]
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
