#!/usr/bin/env bash
# policy.sh PROGRAM SCRATCH: policy from the command line and from files, the chronicle, the outcomes
# and the manual of instruments; the same on 1 and 3 ranks.
set -uo pipefail

program=$1
scratch=$2
source_dir=${LATECOMER_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
launch=${LATECOMER_LAUNCH:-mpirun --oversubscribe -n}
smoke=$source_dir/jobs/scenarios/smoke.toml
mkdir -p "$scratch"
cd "$scratch" || exit 1
failures=0

complain() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

# run RANKS NAME ARGUMENT...: runs into the folder NAME; prints the state hash.
run() {
    local ranks=$1 name=$2
    shift 2
    # shellcheck disable=SC2086 # the launcher is a command with flags
    if ! $launch "$ranks" "$program" run "$@" --out "$name" --progress none >"$name.txt" 2>"$name.log"; then
        complain "$name: $(head -c 500 "$name.log")"
    fi
    tail -n 1 "$name.txt"
}

# refused TEXT ARGUMENT...: status 2 and one line with TEXT.
refused() {
    local expected=$1 status
    shift
    "$program" "$@" >stdout 2>stderr
    status=$?
    [ $status -eq 2 ] || complain "$*: status $status"
    [ "$(wc -l <stderr)" -eq 1 ] || complain "$*: $(head -c 500 stderr)"
    grep -qF -- "$expected" stderr || complain "$*: expected '$expected', got '$(<stderr)'"
}

cat >rich.toml <<EOF
include = "$smoke"
[policy.latecomers]
pathway = ["strategic_data", "low_value"]
equal_cost = 0.02
mode = "adaptive"
goals = { growth = 1, sovereignty = 2 }
start = 3
[policy.IND]
ramp = 2
sectors = ["mobility"]
[[policy.IND.phase]]
from = 2
to = 20
pathway = "sector_applications"
instruments = { 4D = { mobility = 1, services = 0.25 } }
[[policy.IND.phase]]
from = 25
pathway = "sovereignty"
[government]
review_quarters = 4
[[window]]
quarter = 12
stage = "analytics"
label = "foundation models, open"
[[switch]]
quarter = 15
label = "trade opens"
trade.barrier = 0.02
EOF

# The same on any ranks, from run.toml too, word for word in the tables.
hash=$(run 1 one rich.toml)
[[ $hash =~ ^state\ hash:\ [0-9a-f]{16}$ ]] || complain "the last line is '$hash'"
[ "$(run 3 three rich.toml)" = "$hash" ] || complain "another hash on 3 ranks"
[ "$(run 1 again one/run.toml)" = "$hash" ] || complain "run.toml runs to another hash"
for file in events.csv outcomes.csv run.toml; do
    cmp one/$file three/$file || complain "$file differs between ranks"
    cmp one/$file again/$file || complain "$file differs when run.toml runs"
done

# --pathway is the file that says the same; no request is no policy.
printf 'include = "%s"\n[policy.IND]\npathway = "sovereignty"\nstart = 2\n' "$smoke" >file.toml
plain=$(run 1 plain "$smoke")
file=$(run 1 file file.toml)
option=$(run 1 option "$smoke" --pathway IND=sovereignty --set policy.IND.start=2)
[ "$file" = "$option" ] || complain "--pathway is not what the file says: $file, $option"
[ "$file" != "$plain" ] || complain "a pathway changes nothing"
[ "$(run 1 none "$smoke" --pathway latecomers=none)" = "$plain" ] || complain "none is not no policy"
printf 'include = "%s"\n[policy.all]\ninstruments = { 2X = 0, 4D = 0 }\n' "$smoke" >zeros.toml
[ "$(run 1 zeros zeros.toml)" = "$plain" ] || complain "zeros are not no policy"

# The tables can be read by others, in order of time.
python3 - <<'EOF' || complain "a table cannot be read"
import csv
events = list(csv.DictReader(open("one/events.csv")))
quarters = [int(e["quarter"]) for e in events]
assert quarters == sorted(quarters)
kinds = {e["kind"] for e in events}
assert {"policy", "window", "parameters", "upgrade"} <= kinds, kinds
assert any(e["label"] == "foundation models, open" for e in events)
begins = [e for e in events if e["kind"] == "policy" and e["where"] == "IND" and e["quarter"] in ("2", "20", "25")]
assert len(begins) == 3, begins
outcomes = list(csv.DictReader(open("one/outcomes.csv")))
assert any(o["outcome"] == "catch_ups" for o in outcomes)
assert all(o["value"] == "" or float(o["value"]) == float(o["value"]) for o in outcomes)
EOF

# Looking at them.
"$program" inspect one --events >chronicle.txt || complain "inspect --events fails"
grep -q '^15 .*trade opens' chronicle.txt || complain "the chronicle misses the switch"
[ "$(wc -l <chronicle.txt)" -eq "$(wc -l <one/events.csv)" ] || complain "the chronicle misses lines"
refused "cannot read" inspect absent
mkdir empty
refused "empty" inspect empty

# The manual.
for format in md tex json; do
    "$program" describe instruments --format $format >instruments.$format || complain "describe $format"
    "$program" describe pathways --format $format >pathways.$format || complain "describe $format"
done
[ "$(grep -cE '^\| [1-4][KLXD] ' instruments.md)" -eq 16 ] || complain "not 16 instruments"
python3 -m json.tool instruments.json >/dev/null || complain "instruments.json"
python3 -m json.tool pathways.json >/dev/null || complain "pathways.json"
refused "format" describe instruments --format xyz

# Bad words on the command line.
refused "unknown pathway 'sovereinty'" run "$smoke" --pathway IND=sovereinty --out x
refused "this is not COUNTRY=NAME" run "$smoke" --pathway IND --out x
refused "unknown economy 'XYZ'" run "$smoke" --pathway XYZ=all --out x
[ ! -e x ] || complain "something was written"

echo "$failures failures"
[ "$failures" -eq 0 ]
