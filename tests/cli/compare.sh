#!/usr/bin/env bash
# compare.sh PROGRAM SCRATCH: what compare says of runs that differ, against h5py, and export by a stand-in of its package.
# shellcheck disable=SC2016 # another shell, or nobody, takes what is in single quotes
# ctest: cost 28
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

short=(run "$smoke" --quarters 24 --set run.burn_in=4 --progress none)
accepted 1 "${short[@]}" --out a
accepted 2 "${short[@]}" --out same
accepted 1 "${short[@]}" --out b --set trade.barrier=0.2 --set 'world.countries=["IND", "MEX", "PHL", "ZAF", "USA", "CHN"]'
accepted 1 "${short[@]}" --out late --set policy.IND.pathway=all --set policy.IND.start=10

accepted 1 compare a same
[ "$(wc -l <stdout)" -eq 1 ] && grep -q '^equal: ' stdout || complain "equal runs: $(<stdout)"

for ranks in 1 2; do
    on $ranks compare a b
    [ $status -eq 1 ] || complain "runs that differ: status $status"
    mv stdout differs_$ranks
done
cmp differs_1 differs_2 || complain "compare says other things on 2 ranks"
grep -q '^differ in quarter 0: gap_by_stage, country IND' differs_1 || complain "the first difference: $(head -n 1 differs_1)"
grep -qxF '  trade.barrier: 0.15 and 0.2' differs_1 || complain "keys: $(sed -n 2,4p differs_1)"
[ "$(sed -n '/^run.toml/,/^largest/p' differs_1 | grep -c '^  ')" -eq 1 ] || complain "more keys: $(sed -n 2,8p differs_1)"
on 1 compare a late
grep -qF '  policy.IND.' stdout || complain "keys of plans: $(sed -n 2,8p stdout)"

# Sizes and places, found another way.
checks=$((checks + 1))
/usr/bin/python3 - <<'PYTHON' || complain "sizes of differences"
import h5py
import numpy as np

rows = 0
with h5py.File("a/series.h5") as a, h5py.File("b/series.h5") as b:
    differing = 0
    for name in a:
        if a[name].dtype == "f8" and a[name].shape and a[name].shape[0] >= 24 and name != "time":
            x, y = a[name][:24], b[name][:24]
            differing += not np.array_equal(x, y, equal_nan=True)
    lines = open("differs_1", encoding="utf-8").read().splitlines()
    head = next(line for line in lines if line.startswith("largest"))
    assert f"of {differing} variables" in head, (differing, head)
    for line in lines[lines.index(head) + 2:]:
        if line.startswith("  and "):
            break
        name, relative, absolute = line.split()[:3]
        if absolute == "-":
            continue
        x, y = a[name][:24], b[name][:24]
        with np.errstate(all="ignore"):
            size = np.abs(x - y)
            share = size / np.maximum(np.abs(x), np.abs(y))
        assert np.isclose(float(absolute), np.nanmax(size), rtol=0.01), line
        assert np.isclose(float(relative), np.nanmax(share), rtol=0.01), line
        quarter = int(line.split("quarter ")[1].split(",")[0].split(";")[0].split()[0])
        assert np.isclose(np.nanmax(share[quarter]), np.nanmax(share)), line
        rows += 1
assert rows >= 10, rows
PYTHON

on 1 compare a/series.h5 b/series.h5
[ $status -eq 1 ] && ! grep -q run.toml stdout && grep -q '^largest differences' stdout || complain "two files: $(head -n 3 stdout)"

refused "1 2" "cannot compare 'absent', which does not exist" compare a absent
refused 1 "cannot compare 'absent'" compare absent a

# --- Export ----------------------------------------------------------------------------------------

mkdir -p package/latecomer
touch package/latecomer/__init__.py
cat >package/latecomer/export.py <<'PYTHON'
import os
import sys

with open("called", "a", encoding="utf-8") as called:
    called.write(repr(sys.argv[1:]) + "\n")
print("words of the package")
print("latecomer.export: a remark", file=sys.stderr)
sys.exit(int(os.environ.get("STATUS", "0")))
PYTHON
# A copy that has no package but what is put beside it.  One that lies further up, as that of the sources above a build,
# is not its own and must not be run.
mkdir -p tool/bin tool/analysis/latecomer analysis/latecomer
tool=$PWD/tool
for foreign in tool/analysis analysis; do
    touch $foreign/latecomer/__init__.py
    echo 'print("words of another package")' >$foreign/latecomer/export.py
done
cp "$program" "$tool/bin/latecomer"
built=$program
program=$tool/bin/latecomer
export PYTHONPATH=$scratch/package PYTHONDONTWRITEBYTECODE=1
for ranks in 1 2; do
    rm -f called
    accepted $ranks export "a run" --format csv --out "b c.csv" --what 'firms;$x'
    [ "$(<called)" = "['a run', '--format', 'csv', '--out', 'b c.csv', '--what', 'firms;\$x']" ] ||
        complain "on $ranks: $(<called)"
    grep -qx 'words of the package' stdout || complain "its words: $(<stdout)"
    grep -q 'latecomer.export: a remark' stderr || complain "its remarks: $(<stderr)"
done
for expected in 1 2 3; do
    STATUS=$expected on 1 export a --format dta
    [ $status -eq $expected ] || complain "status $status instead of $expected"
done
printf '#!/bin/sh\necho "another python $*"\n' >other
chmod +x other
LATECOMER_PYTHON=$scratch/other accepted 1 export a --format csv
grep -qx 'another python -m latecomer.export a --format csv' stdout || complain "LATECOMER_PYTHON: $(<stdout)"
LATECOMER_PYTHON=$scratch/none refused "1 2" "there is no Python '$scratch/none'" export a --format csv
export PYTHONPATH=
refused "1 2" "has no package latecomer.export" export a --format csv
mkdir -p "$tool/share/latecomer"
mv package "$tool/share/latecomer/analysis"
accepted 1 export a --format csv
refused "1 2" "'latecomer export' needs --format csv or --format dta" export a
refused 1 "unknown format 'cvs'. Did you mean 'csv'?" export a --format cvs
refused 1 "needs an argument RESULT" export --format csv
program=$built
accepted 1 export a --format csv --out of_build.csv # by the package of the sources, which the build has a link to
[ -s of_build.csv ] || complain "export of a build: $(<stderr)"

finish "$checks checks"
