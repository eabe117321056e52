#!/usr/bin/env bash
# files.sh PROGRAM SCRATCH: other programs read the files of a run, also of one that was killed; a
# full disk is reported.  That ranks and threads do not change the files is the subject of same_bytes.sh.
# ctest: cost 31
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# Opens files with both engines of xarray and checks what io/FORMAT.md promises.
cat >read.py <<'PYTHON'
import hashlib
import sys
from pathlib import Path

import numpy
import xarray


def check(path, engine):
    with xarray.open_dataset(path, engine=engine) as file:
        for name, variable in file.variables.items():
            assert variable.attrs["long_name"], f"{path}: {name} has no name"
            is_text = variable.dtype == object
            assert is_text or variable.attrs["units"], f"{path}: {name} has no unit"
            assert not numpy.issubdtype(variable.dtype, numpy.timedelta64), f"{path}: {name}"
        for dimension in file.sizes:
            assert dimension in file.coords, f"{path}: {dimension} has no coordinate"
        text = file.attrs["scenario_text"]
        assert text == (Path(path).parent if "series" in path else Path(path).parent.parent).joinpath(
            "run.toml").read_text(), f"{path}: another scenario than run.toml"
        assert file.attrs["scenario_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        if "firm" in file.sizes:
            ids = file["firm"].values
            assert ids.dtype == numpy.uint64 and (ids[1:] > ids[:-1]).all(), f"{path}: order of ids"
            assert file["country_index"].max() < file.sizes["country"]
            assert (file["capability"] > 0).all() and file["capability"].dims == ("firm", "stage")
            return len(ids)
        rows = int(file["n_valid"])
        series = file.isel(time=slice(0, rows)).load()
        assert (series["time"] == (series["quarter"] + 1) / 4).all()
        known = series["capability_index"].where(series["country_role"] == "latecomer", drop=True)
        assert rows == 0 or known.notnull().all(), f"{path}: a valid row has no value"
        return rows


print(*{check(path, engine) for path in sys.argv[1:] for engine in ("h5netcdf", "netcdf4")})
PYTHON

started 2 run "$smoke" --out run --progress none >run.txt || complain "the run"
/usr/bin/python3 read.py run/series.h5 || complain "xarray on the series"
for file in run/firms/*.h5; do
    /usr/bin/python3 read.py "$file" || complain "xarray on $file"
done
for file in run/series.h5 run/firms/*.h5; do
    ncdump -h "$file" >header.txt || complain "ncdump on $file"
    grep -q 'state_hash = "[0-9a-f]\{16\}"' header.txt || complain "$file has no state hash"
done
/usr/bin/python3 "$source_dir/tests/support/long_names.py" run/series.h5 run/firms/*.h5 >names.txt ||
    complain "files that do not explain themselves"
ncdump -h run/series.h5 >header.txt
grep -q 'revenue:usd_per_unit = ' header.txt || complain "no dollars in the series"
ncdump -v country run/series.h5 | grep -q 'country = "IND"' || complain "labels of countries"

# A run without a quarter, one with single-precision firms of chosen columns.
"$program" run "$smoke" --quarters 0 --out none --progress none >none.txt ||
    complain "a run of no quarter"
[ "$(/usr/bin/python3 read.py none/series.h5)" = 0 ] || complain "the series of no quarter"
"$program" run "$smoke" --out chosen --progress none --set output.snapshot_precision=f32 \
    --set 'output.snapshot_fields=["cash"]' >chosen.txt || complain "a run with chosen columns"
ncdump -h chosen/firms/firms_0020.h5 >header.txt
grep -q 'float cash(firm)' header.txt || complain "no column of 32 bits"
grep -q 'capability(firm' header.txt && complain "a column that was not chosen"

# Killed at any moment: what has its final name can be read.
killed=0
for moment in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf dead
    "$program" run "$smoke" --quarters 4000 --out dead --snapshot-every 3 --progress none \
        >dead.txt 2>&1 &
    writer=$!
    sleep "0.$((moment * 8 + 15))"
    kill -9 $writer 2>/dev/null && killed=$((killed + 1))
    wait $writer 2>/dev/null
    for file in dead/series.h5 dead/firms/*.h5; do
        [ ! -e "$file" ] || h5dump -H "$file" >dump.txt || complain "$file of a killed run"
    done
    [ ! -e dead/series.h5 ] || /usr/bin/python3 read.py dead/series.h5 >rows.txt ||
        complain "the series of a killed run"
    [ ! -e dead/DONE ] || complain "a killed run is not done"
done
[ "$killed" -eq 10 ] || complain "only $killed runs were killed while they ran"
"$program" run "$smoke" --out dead --overwrite --progress none >dead.txt ||
    complain "a killed run cannot be overwritten"

# A limit on the size of files stands for a full disk: 65536 blocks of 1 KiB, which leaves room for
# the shared memory of MPI and none for the series of so many quarters.
(ulimit -Sf 65536; trap '' XFSZ
 "$program" run "$source_dir/jobs/scenarios/synthetic.toml" --quarters 4000 --out full \
     --progress none) >full.txt 2>full.log
[ $? -eq 1 ] || complain "no room for the series: $(cat full.log)"
grep -q 'series.h5.* (File too large)' full.log || complain "no room for the series: $(cat full.log)"
[ ! -e full ] || complain "a run that never began leaves files"

finish "rows of the last killed run: $(cat rows.txt)"
