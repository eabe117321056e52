#!/usr/bin/env bash
# branch.sh PROGRAM SCRATCH: what a branch says of policy, by --pathway or by --set, holds from its quarter
# on instead of what was planned; what would do nothing is refused.
# ctest: cost 27
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# planned NAME LINE...: runs the smoke test with these lines into the folder NAME.
planned() {
    local name=$1
    shift
    printf '%s\n' "include = \"$smoke\"" "$@" >"$name.toml"
    accepted 1 run "$name.toml" --out "$name" --progress none
}

# branch RANKS NAME ARGUMENT...: branches `parent` after quarter 20; prints the state hash.
branch() {
    local ranks=$1 name=$2
    shift 2
    started "$ranks" branch parent --at 20 --out "$name" --progress none "$@" >"$name.txt" \
        2>"$name.log" || echo "$name: $(head -c 500 "$name.log")" >>broken
    tail -n 1 "$name.txt"
}

planned parent '[policy.latecomers]' 'pathway = "low_value"' 'start = 5' '[[policy.latecomers.phase]]' \
    'from = 30' 'pathway = "all"'
parent=$(head -n 1 parent/DONE)

# The run that says from the start what the branch says from quarter 20 on ends in the same state.
planned whole '[policy.latecomers]' 'pathway = "low_value"' 'start = 5' '[[policy.latecomers.phase]]' \
    'from = 30' 'pathway = "all"' '[policy.IND]' '[[policy.IND.phase]]' 'from = 5' 'to = 20' \
    'pathway = "low_value"' '[[policy.IND.phase]]' 'from = 20' 'to = 36' 'ramp = 2' \
    'pathway = "sovereignty"' 'instruments = { 4D = 0.9 }' 'equal_cost = 0.02'
by_set=(--set policy.IND.pathway=sovereignty --set policy.IND.instruments.4D=0.9
    --set policy.IND.ramp=2 --set policy.IND.equal_cost=0.02 --set policy.IND.end=36)
changed=$(branch 1 by_set "${by_set[@]}")
[ "$changed" = "$(head -n 1 whole/DONE)" ] || complain "--set policy.IND: $changed"
[ "$changed" != "$parent" ] || complain "--set policy.IND changes nothing"
[ "$(branch 3 by_set_3 "${by_set[@]}")" = "$changed" ] || complain "another state on 3 ranks"
"$program" compare parent by_set >compared
grep -q '^differ in quarter 20: ' compared || complain "the branch by --set: $(<compared)"
accepted 1 check by_set/run.toml

# --pathway is short for --set policy.COUNTRY.pathway; the most specific counts, whatever comes first.
long=$(branch 1 long --set policy.IND.pathway=sovereignty)
[ "$(branch 1 short --pathway IND=sovereignty)" = "$long" ] || complain "--pathway is not --set"
two=$(branch 1 two --pathway IND=sovereignty --pathway latecomers=none)
[ "$(branch 1 two_back --pathway latecomers=none --pathway IND=sovereignty)" = "$two" ] ||
    complain "the order of --pathway matters"
[ "$two" != "$long" ] || complain "--pathway latecomers=none changes nothing"
joined=$(branch 1 joined --pathway IND=sovereignty,all)
[ "$joined" != "$long" ] && [ "$joined" != "$parent" ] || complain "pathways are not joined"

# What was planned holds until the change begins.
late=$(branch 1 late --pathway latecomers=none --set policy.latecomers.start=35)
"$program" compare parent late >compared
grep -q '^differ in quarter 35: ' compared || complain "a late change: $late, $(<compared)"

# Goals of governments that review what they do: no phase begins anew.
adaptive=$(branch 1 adaptive --set policy.all.mode=adaptive --set government.review_quarters=5)
[ "$adaptive" != "$parent" ] || complain "adaptive governments do as before"
[ "$(branch 1 goals --set policy.IND.goals.growth=0.5)" = "$parent" ] ||
    complain "goals of a fixed plan matter"

# What cannot be.
wrong() {
    refused "1 3" "$1" branch parent --at 20 --out wrong "${@:2}"
}
wrong "--set policy.IND.start=10: 'policy.IND' would begin in quarter 10, before the branch in quarter 20" \
    --pathway IND=all --set policy.IND.start=10
wrong "--set policy.IND.ramp=4: [policy.IND] requests nothing; give 'pathway', 'instruments'" \
    --set policy.IND.ramp=4
wrong "--set policy.USA.mode=adaptive: 'USA' has no policy to review; give 'pathway'" \
    --set policy.USA.mode=adaptive
wrong "--pathway IDM=all: unknown economy 'IDM'. Use one of the run, a role, an income group, 'latecomers' or 'all'." \
    --pathway IDM=all
wrong "--set policy.latecommers.ramp=4: unknown economy 'latecommers'. Did you mean 'latecomers'?" \
    --set policy.latecommers.ramp=4
wrong "unknown pathway 'sovereinty' in 'policy.IND.pathway'" --set policy.IND.pathway=sovereinty
wrong "--pathway IND=all: 'IND' has a pathway already (--pathway IND=none); several are joined by commas" \
    --pathway IND=none --pathway IND=all
[ ! -e wrong ] || complain "a branch that was refused left something"
[ ! -e broken ] || complain "branches that should have ended well: $(<broken)"
finish "$checks checks"
