#!/usr/bin/env bash
# study_driver.sh PROGRAM SCRATCH: pilots, budgets, waves, single runs, other builds, series, tables and archives of
# studies.
# ctest: cost 25
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

study=study.toml
cp "$smoke" model.toml
cat >$study <<'END'
[study]
name = "driven"
model = "model.toml"
quarters = 12

[scenarios]
none = {}
sovereignty = { pathway = { latecomers = "sovereignty" } }

[design]
kind = "sobol"
n = 4

[[parameters]]
name = "learning.search_share"

[replicates]
min = 3

[series]
replicates = 2
variables = ["capability_index", "income"]
END

# is_json FILE WORDS...: is JSON and has the words.
is_json() {
    /usr/bin/python3 -m json.tool "$1" >json || complain "no JSON: $(head -c 300 "$1")"
    shift
    for words in "$@"; do
        grep -qF -- "$words" json || complain "no '$words' in $(<json)"
    done
}

# A pilot tells what the rest costs; runs of a pilot are runs of the study.
accepted 1 study plan $study --json
is_json stdout '"runs": 24' '"source": "none"' '"core_hours": null'
accepted 2 study pilot $study -n 6 --out out
grep -q '6/6 runs' stderr || complain "pilot: $(<stderr)"
accepted 1 study plan $study --out out
grep -q '^cost: .* core-hours to come, .* spent (source: 6 runs of a pilot)$' stdout || complain "plan: $(<stdout)"
accepted 1 study status $study --out out --json
is_json stdout '"final": 6' '"done": 6' '"bad_runs": []'

# A budget that will not do is refused; one that is spent ends the job.
(cat $study && printf '[budget]\ncore_hours = 1e-7\n') >poor.toml
on 2 study run poor.toml --out out
[ $status -eq 4 ] || complain "a budget that will not do: status $status"
grep -q 'latecomer: refused: what is left takes about .*raise budget.core_hours' stderr || complain "refusal: $(<stderr)"
accepted 1 study plan poor.toml --out out
grep -q '^refused: ' stdout || complain "a plan without refusal: $(<stdout)"
on 2 study run poor.toml --out spent
[ $status -eq 4 ] || complain "a budget that is spent: status $status"
grep -q 'runs are left, about .* core-hours; the budget is spent: raise budget.core_hours' stderr ||
    complain "a spent budget: $(<stderr)"
[ "$(cat spent/journal/*.log | grep -c '^D')" -lt 24 ] || complain "a spent budget ended nothing"

# The rest, with series and a table; on other ranks the same.
accepted 1 study run $study --out out
accepted 1 study merge $study --out out --csv
[ "$(wc -l <out/study.csv)" -eq 25 ] || complain "study.csv: $(wc -l <out/study.csv) lines"
accepted 3 study run $study --out other
accepted 1 study merge $study --out other --csv
for file in study.h5 study.csv; do
    cmp out/$file other/$file || complain "$file differs between ranks"
done
/usr/bin/python3 - out/study.h5 <<'END' || complain "series or keys in study.h5"
import sys, h5py

with h5py.File(sys.argv[1]) as study:
    assert study.attrs["schema_version"] == 3
    assert study["series_capability_index"].shape == (16, 12, 6), study["series_capability_index"].shape
    assert list(study["series_run"][:]) == list(range(16))
    assert study["time"][0] == 0.25
    assert not any(value != value for value in study["series_income"][:].ravel()[:4])
    assert len(study["key"]) == 24 and len(study["key"][0]) == 32
END
/usr/bin/python3 "$source_dir/tests/support/long_names.py" out/study.h5 >names.txt ||
    complain "study.h5 does not explain itself"
/usr/bin/python3 - out/study.h5 <<'END' || complain "dollars or names in study.h5"
import sys, xarray

with xarray.open_dataset(sys.argv[1], engine="h5netcdf") as study:
    assert study["public_cost"].attrs["usd_per_unit"] == study["series_income"].attrs["usd_per_unit"] > 0
    assert "usd_per_unit" not in study["cost_share"].attrs
    assert "IND" in study["country"].values and "India" in study["country_name"].values
    assert study["gap_at_end"].sel(country="IND")["country_income_group"] == "low_income"
END

# Waves: what is computed stays valid.
cp $study grown.toml
before=$("$program" study status grown.toml --out out --why 23 | grep -o 'key [0-9a-f]*')
printf 'learning.search_share\n0.03\n0.05\n' >more.csv
accepted 1 study extend grown.toml --size 8
accepted 1 study extend grown.toml --replicates 4
accepted 1 study extend grown.toml --points more.csv
accepted 1 study status grown.toml --out out
grep -q '24 of 80 runs are final: done 24' stdout || complain "after waves: $(<stdout)"
after=$("$program" study status grown.toml --out out --why 23 | grep -o 'key [0-9a-f]*')
[ "$before" = "$after" ] || complain "a wave changed a key: $before, $after"
accepted 3 study run grown.toml --out out
accepted 1 study merge grown.toml --out out
accepted 1 study run grown.toml --out at_once
accepted 1 study merge grown.toml --out at_once
cmp out/study.h5 at_once/study.h5 || complain "a study in waves has another result than at once"
cp grown.toml kept.toml
refused "1 3" "there are 4 already" study extend grown.toml --replicates 4
refused 1 "needs one of --points FILE, --size N and --replicates N" study extend grown.toml
cmp grown.toml kept.toml || complain "a refused wave changed the file"

# One run alone; a quarantined one only on its own.
accepted 1 study run $study --out single --only 7
accepted 1 study status $study --out single
grep -q '1 of 24 runs are final: done 1' stdout || complain "only: $(<stdout)"
LATECOMER_POISON="crash:5" on 1 study run $study --out crashed
[ $status -ne 0 ] || complain "a crash went unnoticed"
accepted 1 study run $study --out crashed --only 5
accepted 1 study status $study --out crashed
grep -q 'quarantined 1' stdout || complain "a quarantined run was computed: $(<stdout)"
accepted 1 study run $study --out crashed --only 5 --isolate
accepted 1 study status $study --out crashed
grep -q 'quarantined 0' stdout || complain "an isolated run stays quarantined: $(<stdout)"

# Journals of another build.
mkdir -p foreign/journal
/usr/bin/python3 - foreign/journal/a.log <<'END'
import sys, zlib

body = "latecomer-journal 2 driven 0000000000000000 job host 1"
open(sys.argv[1], "w").write(f"{body} {zlib.crc32(body.encode()):08x}\n")
END
refused "1 3" "begun with build 000000000000" study run $study --out foreign
accepted 1 study run $study --out foreign --accept-build
accepted 1 study status $study --out foreign
grep -q '^computed by 2 builds of the program' stdout || complain "two builds: $(<stdout)"

# An archive that standard tools verify, with the same bytes each time.
accepted 1 study archive $study --out other
cp other/driven.tar first.tar
accepted 1 study archive $study --out other
cmp first.tar other/driven.tar || complain "an archive has other bytes the second time"
tar xf first.tar && (cd driven && sha256sum --quiet -c SHA256SUMS) || complain "the archive is damaged"
cmp $study driven/study.toml || complain "the archive has another study"
accepted 1 check driven/scenarios/sovereignty.toml
refused 1 "nothing to archive in 'nothing'" study archive $study --out nothing
[ ! -e nothing ] || complain "an archive of nothing wrote something"

refused 1 "--csv says nothing to 'latecomer study plan'" study plan $study --csv
refused 1 "--isolate needs a run" study run $study --isolate
refused 1 "bad value '0' for --runs" study pilot $study -n 0
finish "$checks checks"
