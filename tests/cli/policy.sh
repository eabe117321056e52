#!/usr/bin/env bash
# policy.sh PROGRAM SCRATCH: policy from the command line and from files, the chronicle, the outcomes
# and the manual of instruments; the same on 1 and 3 ranks.
# ctest: cost 57
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# run RANKS NAME ARGUMENT...: runs into the folder NAME; prints the state hash.
run() {
    local ranks=$1 name=$2
    shift 2
    started "$ranks" run "$@" --out "$name" --progress none >"$name.txt" 2>"$name.log" ||
        echo "$name: $(head -c 500 "$name.log")" >>broken
    tail -n 1 "$name.txt"
}

# scenario NAME LINE...: writes NAME, the smoke test with these lines below.
scenario() {
    local name=$1
    shift
    printf '%s\n' "include = \"$smoke\"" "$@" >"$name"
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
scenario file.toml '[policy.IND]' 'pathway = "sovereignty"' 'start = 2'
plain=$(run 1 plain "$smoke")
file=$(run 1 file file.toml)
option=$(run 1 option "$smoke" --pathway IND=sovereignty --set policy.IND.start=2)
[ "$file" = "$option" ] || complain "--pathway is not what the file says: $file, $option"
[ "$file" != "$plain" ] || complain "a pathway changes nothing"
[ "$(run 3 option_3 "$smoke" --pathway IND=sovereignty --set policy.IND.start=2)" = "$file" ] ||
    complain "--pathway runs to another hash on 3 ranks"
joined=$(run 1 joined "$smoke" --pathway IND=sovereignty,low_value)
scenario list.toml '[policy.IND]' 'pathway = ["low_value", "sovereignty"]'
[ "$(run 1 list list.toml)" = "$joined" ] || complain "two pathways on the command line are no list"
# A government remembers since when it requests nothing, so hashes differ; results do not.
run 1 none "$smoke" --pathway latecomers=none >none.txt
cmp none/outcomes.csv plain/outcomes.csv || complain "none is not no policy"
scenario zeros.toml '[policy.all]' 'instruments = { 2X = 0, 4D = 0 }'
run 1 zeros zeros.toml >zeros.txt
cmp zeros/outcomes.csv plain/outcomes.csv || complain "zeros are not no policy"
[ "$(run 1 lead "$smoke" --pathway USA=all)" != "$plain" ] || complain "a lead economy has no policy"

# run.toml runs again: what governments review, costs of phases, texts that need quotes.
scenario reviewed.toml '[government]' 'review_quarters = 3' '[policy.IND]' 'pathway = "low_value"' \
    'mode = "adaptive"' 'equal_cost = 0.003' 'start = 2' 'end = 30' 'goals = { diffusion = 1 }' \
    'orientation = { local = 3, demand = 0.5 }' 'label = "a, \"b\" \u00fc\\"' '[policy.all]' \
    'instruments = { 4D = { mobility = 1 }, 4L = 0.3 }' 'sectors = ["mobility"]' 'stance = 0.4' \
    '[[policy.all.phase]]' 'from = 20' 'pathway = "all"' 'equal_cost = false' '[[window]]' \
    'quarter = 9' 'stage = 2' '[[window]]' 'quarter = 5' 'stage = "applications"' 'lock_in = 0.1' \
    'base = 0.5' 'perception_loss = 0.9' 'gain = 0.7'
hash=$(run 1 reviewed reviewed.toml)
[ "$(run 3 reviewed_again reviewed/run.toml)" = "$hash" ] || complain "reviewed/run.toml: another hash"
for file in events.csv outcomes.csv run.toml; do
    cmp reviewed/$file reviewed_again/$file || complain "$file differs when reviewed/run.toml runs"
done

# The tables can be read by others, in order of time.
python3 - <<'EOF' || complain "a table cannot be read"
import csv
for run in ("plain", "one", "reviewed"):
    for table in ("events.csv", "outcomes.csv"):
        rows = list(csv.reader(open(f"{run}/{table}", newline="", encoding="utf-8"), strict=True))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1, (run, table)
    quarters = [int(e["quarter"]) for e in csv.DictReader(open(f"{run}/events.csv", encoding="utf-8"))]
    assert quarters == sorted(quarters) and 0 <= quarters[0] and quarters[-1] <= 40, quarters
labels = [e["label"] for e in csv.DictReader(open("reviewed/events.csv", encoding="utf-8"))]
assert 'a, "b" \u00fc\\' in labels, labels
assert any(label.startswith("review favours") for label in labels), labels
events = list(csv.DictReader(open("one/events.csv")))
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
started 3 inspect one --events | cmp - chronicle.txt || complain "inspect on 3 ranks"
"$program" inspect one >outcomes.txt || complain "inspect fails"
grep -q catch_ups outcomes.txt || complain "inspect misses outcomes"
refused "1 3" "absent" inspect absent
mkdir empty
refused 1 "empty" inspect empty
refused 1 "empty" inspect empty --events
refused 1 "file.toml" inspect file.toml --events
refused 1 "unknown option '--event'. Did you mean '--events'?" inspect one --event
refused 1 "needs an argument" inspect

# The manual.
for format in md tex json toml; do
    "$program" describe instruments --format $format >instruments.$format || complain "describe $format"
    "$program" describe pathways --format $format >pathways.$format || complain "describe $format"
done
[ "$(grep -cE '^\| [1-4][KLXD] ' instruments.md)" -eq 16 ] || complain "not 16 instruments"
[ "$(grep -cE '^[1-4][KLXD] &' instruments.tex)" -eq 16 ] || complain "not 16 instruments in TeX"
[ "$(grep -cE '^"cell" = "[1-4][KLXD]"$' instruments.toml)" -eq 16 ] || complain "not 16 in TOML"
python3 -m json.tool instruments.json >/dev/null || complain "instruments.json"
python3 -m json.tool pathways.json >/dev/null || complain "pathways.json"
python3 - <<'EOF' || complain "the manual lacks rows"
import json
rows = json.load(open("instruments.json"))["instrument"]
assert len(rows) == 16 and len({row["cell"] for row in rows}) == 16, rows
assert len({row["key"] for row in rows}) == 16 and all(row["what it does"] for row in rows), rows
keys = [row["key"] for row in json.load(open("pathways.json"))["pathway"]]
four = ["sovereignty", "strategic_data", "low_value", "sector_applications"]
assert keys == ["none", *four, "all"], keys
EOF
refused "1 3" "unknown format 'xyz' to describe. Known: md, toml, json, tex." describe instruments --format xyz
refused 1 "Did you mean 'pathways'?" describe patways

# Bad words on the command line.
refused "1 3" "--pathway IND=sovereinty: unknown pathway 'sovereinty' in 'policy.IND.pathway'. Did you mean \
'sovereignty'? Pathways: none," run "$smoke" --pathway IND=sovereinty --out x
refused 1 "unknown pathway ''" run "$smoke" --pathway IND= --out x
refused 1 "--pathway IND: this is not COUNTRY=NAME" run "$smoke" --pathway IND --out x
refused 1 "--pathway =all: this is not COUNTRY=NAME" run "$smoke" --pathway =all --out x
refused "1 3" "--pathway IND=all: 'IND' has a pathway already (--pathway IND=low_value); several are joined by \
commas: --pathway IND=low_value,all" run "$smoke" --pathway IND=low_value --pathway IND=all --out x
refused "1 3" "unknown economy 'XYZ'" run "$smoke" --pathway XYZ=all --out x
refused 1 "unknown economy 'latecommers' in [policy.latecommers]. Did you mean 'latecomers'?" \
    run "$smoke" --pathway latecommers=all --out x
refused 1 "--set policy.IND.instruments.2X=1.5: bad value 1.5" \
    run "$smoke" --set policy.IND.instruments.2X=1.5 --out x
refused "1 3" "--set policy.IND.instruments.2X=nan: bad value nan" \
    run "$smoke" --set policy.IND.instruments.2X=nan --out x
refused 1 "[policy.IND] requests nothing" run "$smoke" --set policy.IND.equal_cost=0.01 --out x
[ ! -e x ] || complain "something was written"

# Settings below [policy.IND] add up like those of other sections: two of them say what one table says.
table=$(run 1 table "$smoke" --set 'policy.IND.instruments={2X=1,4D=0.5}')
two=$(run 1 two "$smoke" --set policy.IND.instruments.2X=1 --set policy.IND.instruments.4D=0.5)
[ "$two" = "$table" ] || complain "of two --set policy.IND.instruments.* one counts: $two, not $table"

# A plan with an empty list of phases requests nothing: it is refused, or else its run.toml is not.
scenario no_phase.toml '[policy.IND]' 'phase = []'
if "$program" run no_phase.toml --out no_phase --progress none >stdout 2>stderr; then
    "$program" check no_phase/run.toml >stdout 2>stderr ||
        complain "run.toml of a run is refused: $(head -c 300 stderr)"
fi

# A table that is a folder, or has not even a header, is damaged: status 2 rather than silence.
mkdir -p folder/events.csv hollow
: >hollow/events.csv
refused "1 3" "folder" inspect folder --events
refused 1 "hollow" inspect hollow --events

[ ! -e broken ] || complain "runs that should have ended well: $(<broken)"
finish
