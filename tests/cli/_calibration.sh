#!/usr/bin/env bash
# What calibrations of the tiny study need: targets from runs of a known truth, and a call that calibrates.
# shellcheck disable=SC2154 # set by _common.sh

export PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
export LATECOMER_LAUNCHER=${launch% -n}

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
import numpy as np

FIT = {"turnover", "productivity_gap", "exporters", "early_exits", "export_premium_revenue", "tail_exponent"}
print("[calibration]\nwaves = 3\nensemble = 60")
with h5py.File("truth/study.h5") as study:
    for name in sorted(study):
        if name.startswith("moment_"):
            values, moment = study[name][:], name.removeprefix("moment_")
            if not np.isfinite(values).all() or values.mean() == 0.0:
                continue  # what ten years of some economies do not tell
            print(f'[[target]]\nmoment = "{moment}"\nvalue = {float(values.mean())!r}\ntolerance = {0.02 * abs(float(values.mean()))!r}')
            print(f'observation_sd = {float(values.std(ddof=1)) / 8!r}\nsource = "64 runs of the truth"')
            print(f'use = "{"fit" if moment in FIT else "held_out"}"')
PYTHON

# calibrated FOLDER: becomes the calibration of a study in a folder of its own.
calibrated() { exec "$source_dir/jobs/calibrate" "$1/tiny.toml" --out "$1/out" --targets targets.toml --program "$program" --ranks 3; }
