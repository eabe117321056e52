#!/usr/bin/env bash
# ensemble.sh PROGRAM SCRATCH: a study over an ensemble tells weighted means, bands over sets, chance and agreement, the same on
# any number of ranks; an ensemble that will not do is refused.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

cp "$smoke" model.toml
cat >study.toml <<'END'
[study]
name = "tested"
model = "model.toml"
quarters = 24

[scenarios]
none = {}
applications = { pathway = { latecomers = "sector_applications" } }

[design]
kind = "ensemble"
file = "ensemble.csv"

[replicates]
min = 3
END
cat >ensemble.csv <<'END'
# temperature 2
learning.innovation_rate,entry.rate,implausibility,weight
0.03,0.02,1.2,0.5
0.05,0.03,2.1,0.3
0.02,0.04,2.9,0.2
END

accepted 1 study plan study.toml
grep -q '2 scenarios x 3 points (ensemble, 2 parameters) x 3 replicates = 18 runs' stdout || complain "the plan: $(<stdout)"
for ranks in 1 3; do
    accepted $ranks study run study.toml --out "on$ranks"
    accepted 1 study merge study.toml --out "on$ranks"
    cp stdout "report$ranks"
done
cmp on1/study.h5 on3/study.h5 || complain "another result on 3 ranks"
grep -q '95 % of the weight of 3 sets of parameters' report1 || complain "the report: $(<report1)"

/usr/bin/python3 - <<'PYTHON' || complain "study.h5 says otherwise than its runs"
import sys

import h5py
import numpy as np
from scipy import stats

with h5py.File("on1/study.h5") as file:
    read = {name: file[name][()] for name in file}
weights = np.array([0.5, 0.3, 0.2])
place = {key.decode(): i for i, key in enumerate(read["group"])}["latecomers"]
tries = np.isin([role.decode() for role in read["country_role"]], ["latecomer", "both"])
gaps = np.full((2, 3, 3, tries.sum()), np.nan)  # scenario, point, replicate, economy
gaps[read["scenario_number"], read["point"], read["replicate"]] = read["gap_at_end"][:, tries]
effects = np.nanmean(gaps[1] - gaps[0], axis=2)
sets = np.nanmean(gaps[1] - gaps[0], axis=(1, 2))
by_replicate = weights @ effects
wanted = {
    "": weights @ sets, "_chance": stats.t.ppf(0.975, 2) * stats.sem(by_replicate),
    "_agreement": weights[np.sign(sets) == np.sign(weights @ sets)].sum(), "_low": sets.min(), "_high": sets.max(),
}
wrong = [end for end, value in wanted.items() if not np.isclose(read["against_gap_closed" + end][1, 0, place], value, rtol=1e-9)]
if not np.array_equal(read["weight"], weights[read["point"]]):
    wrong.append("weight")
print("wrong:", wrong, wanted)
sys.exit(bool(wrong))
PYTHON

accepted 1 study archive study.toml --out on1
tar -xOf on1/tested.tar --wildcards '*points.csv' >points.csv || complain "the archive: $(ls)"
grep -q '^point,learning.innovation_rate,entry.rate,weight$' points.csv || complain "points of the archive: $(<points.csv)"
grep -q '^2,0.02,0.04,0.2$' points.csv || complain "points of the archive: $(<points.csv)"

# refused TEXT: the study is refused with one line that holds the text.
refused() {
    checks=$((checks + 1))
    on 1 study run study.toml --out refused
    [ $status -eq 2 ] || complain "status $status: $(<stderr)"
    [ "$(wc -l <stderr)" -eq 1 ] || complain "not one line: $(<stderr)"
    grep -qF -- "$1" stderr || complain "expected '$1', got '$(<stderr)'"
    [ ! -e refused ] || complain "something was written"
}
sed -i 's/^learning.innovation_rate/learning.inovation_rate/' ensemble.csv
refused "Did you mean 'learning.innovation_rate'?"
sed -i 's/^learning.inovation_rate.*/learning.innovation_rate,entry.rate,implausibility,mass/' ensemble.csv
refused "unknown parameter 'mass'"
rm ensemble.csv
refused "No such file or directory"

finish "$checks checks"
