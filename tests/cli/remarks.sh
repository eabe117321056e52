#!/usr/bin/env bash
# remarks.sh PROGRAM SCRATCH: what the program says of a scenario or study that would waste a day, once, before it runs.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# remarked COUNT TEXT ARGUMENT...: status 0, and so many lines of remarks, of which one holds the text.
remarked() {
    local count=$1 words=$2
    shift 2
    accepted 1 "$@"
    [ "$(grep -c '^latecomer: note: ' stderr)" -eq "$count" ] || complain "$*: not $count remarks: $(head -c 900 stderr)"
    [ "$count" -eq 0 ] || grep -qF -- "$words" stderr || complain "$*: no '$words' in $(head -c 900 stderr)"
}

cat >late.toml <<END
include = "$smoke"
[world]
firms_per_country = 600
[policy.IND]
pathway = "all"
start = 40
[[window]]
quarter = 50
stage = "storage"
[[switch]]
quarter = 60
trade.barrier = 0.1
END
remarked 3 "a phase of policy of IND begins in quarter 40, but the run has 40 quarters" check late.toml
for words in "a technology window at storage opens in quarter 50" "a switch changes parameters in quarter 60"; do
    grep -qF "$words" stderr || complain "no '$words': $(<stderr)"
done
remarked 3 "a switch changes parameters" run late.toml --progress none --out late
remarked 0 "" check late.toml --help

# Pools without a firm.  What is advised helps.
remarked 1 "9 of 40 pools of firms start empty" check "$smoke"
grep -qF "STO in ZAF" stderr || complain "which positions: $(<stderr)"
advised=$(sed -n 's/.*; about \([0-9]*\) would give.*/\1/p' stderr)
remarked 1 "9 of 40 pools of firms start empty" run "$smoke" --progress none --out small --quarters 8 --set run.burn_in=4
printf 'include = "%s"\nworld.firms_per_country = %s\n' "$smoke" "${advised:-1}" >advised.toml
remarked 0 "" check advised.toml
"$program" run advised.toml --quarters 5 --set run.burn_in=1 --out advised --progress none >/dev/null 2>&1
/usr/bin/python3 - <<'PYTHON' || complain "with as many firms as advised a pool is empty, or not with as few as in the remark"
import h5py


def empty(run):
    with h5py.File(f"{run}/series.h5") as file:
        roles = [word.decode() if isinstance(word, bytes) else word for word in file["country"][:]]
        firms = file["firms"][0]
        return sum(int((firms[i] == 0).sum()) for i, key in enumerate(roles) if key not in ("USA",))


assert empty("advised") == 0, empty("advised")
assert empty("small") > 0
PYTHON
printf 'include = "%s"\nworld.least_firms = 1\n' "$smoke" >least.toml
remarked 0 "" check least.toml

# --- Studies -----------------------------------------------------------------------------------------

study() { # REPLICATES [LINES]
    cat >study.toml <<END
[study]
name = "s"
model = "advised.toml"
seed = 1
quarters = 24
[scenarios]
none = { "run.burn_in" = 8 }
all = { "run.burn_in" = 8, pathway = { latecomers = "all" } }
[replicates]
$1
${2:-}
END
}
study "min = 1"
remarked 1 "rest on 1 replicate" study plan study.toml
remarked 1 "rest on 1 replicate" study run study.toml --progress none
study "min = 2"
remarked 0 "" study plan study.toml
sed -i 's/^model = .*/model = "late.toml"/; s/, pathway = .*/ }/' study.toml
remarked 3 "scenario none, all: a phase of policy of IND begins in quarter 40" study plan study.toml

# A rule that cannot be met is said to be so at its first look, and by plan from then on.
study $'min = 2\nmax = 4' $'[[stop]]\nobservable = "gap_at_end.IND"\nhalf_width = 0.00001'
rm -rf studies
accepted 1 study run study.toml --progress none
[ "$(grep -c 'more than replicates.max = 4: raise that' stderr)" -ge 1 ] || complain "a rule out of reach, run: $(<stderr)"
accepted 1 study plan study.toml
grep -q 'would take about [0-9]* replicates, more than replicates.max = 4' stdout || complain "a rule out of reach, plan: $(<stdout)"

# --- What came out, in words ---------------------------------------------------------------------------

study "min = 4"
rm -rf studies
accepted 1 study run study.toml --progress none
accepted 1 study merge study.toml
grep -q '^in words, for the mean of latecomers at the end, against none \[95 % interval\]:' stdout || complain "no words: $(<stdout)"
grep -Eq 'welfare: [+-][0-9.]+ % \[[+-][0-9.]+, [+-][0-9.]+\], ' stdout || complain "welfare in words: $(tail -n 5 stdout)"
accepted 1 study report study.toml
study "min = 1"
rm -rf studies
accepted 1 study run study.toml --progress none
accepted 1 study merge study.toml
grep -q 'no interval from a single one of the replicates' stdout || complain "a single replicate: $(tail -n 5 stdout)"

finish "$checks checks"
