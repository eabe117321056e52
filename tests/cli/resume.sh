#!/usr/bin/env bash
# resume.sh PROGRAM SCRATCH: runs that are told to stop, out of time or out of checkpoints go on and end as the run
# that was not; branches.  (Killed ones: kills.sh.)
# ctest: cost 90
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# The run that all others must equal: long enough to be hit, with files written all the time.
cat >world.toml <<EOF
include = "$smoke"
[run]
quarters = 80
[world]
firms_per_country = 300
[output]
snapshot_every = 10
[policy.latecomers]
pathway = "strategic_data"
start = 10
[[switch]]
quarter = 50
trade.barrier = 0.05
EOF
often=(--checkpoint-every 4 --progress none)

# Every file under its final name is whole, at any moment.
all_whole() {
    "$program" inspect "$1" >inspected 2>inspect_errors
    local status=$?
    grep -q 'DAMAGED' inspected && complain "$1: $(grep DAMAGED inspected)"
    [ $status -eq 0 ] || [ ! -e "$1/run.toml" ] || complain "$1: inspect: $(<inspect_errors)"
}

# same_run A B: the same data, hash, chronicle and outcomes.
same_run() {
    "$program" compare "$1" "$2" >compared 2>&1 || complain "$2: $(head -c 300 compared)"
    same_end "$1" "$2" || complain "$2: another state"
    for file in events.csv outcomes.csv; do
        cmp "$1/$file" "$2/$file" || complain "$2: $file differs"
    done
    [ "$(ls "$1/firms")" = "$(ls "$2/firms")" ] || complain "$2: other snapshots"
}

on 1 run world.toml --out whole "${often[@]}"
[ $status -eq 0 ] || complain "the uninterrupted run: $(<stderr)"

# stopped NAME: the run ended with status 85, a checkpoint and a word on how to go on; then it goes on.
stopped() {
    [ $status -eq 85 ] || complain "$1: status $status instead of 85: $(head -c 300 stderr)"
    grep -q 'latecomer: stopped after quarter .*--resume goes on' stderr ||
        complain "$1: $(head -c 300 stderr)"
    [ ! -e "$1/DONE" ] || complain "$1: DONE although it was stopped"
    [ ! -e "$1/run.lock" ] || complain "$1: still locked"
    all_whole "$1"
    on "$2" run slow.toml --out "$1" --resume --progress none
    [ $status -eq 0 ] || complain "$1: does not go on: $(head -c 300 stderr)"
    same_run slow "$1"
}

# Signals, to one process of several too.
printf 'include = "world.toml"\n[world]\nfirms_per_country = 3000\n' >slow.toml
on 1 run slow.toml --out slow --progress none
for case in "1 USR1 all" "1 TERM all" "3 USR1 first" "3 USR1 last" "3 TERM last"; do
    read -r ranks signal whom <<<"$case"
    run=${signal}_${ranks}_$whom
    # shellcheck disable=SC2086
    case $ranks in
    1) "$program" run slow.toml --out "$run" --progress none >stdout 2>stderr </dev/null & ;;
    *) $launch "$ranks" "$program" run slow.toml --out "$run" --progress none >stdout 2>stderr </dev/null & ;;
    esac
    pid=$!
    for ((wait = 0; wait < 1200; ++wait)); do # a launcher may be slow
        [ -e "$run/series.h5" ] && break
        sleep 0.05
    done
    sleep 0.05
    ids=$(pgrep -f "^$program run slow.toml --out $run " | sort -n)
    case $whom in
    first) kill "-$signal" "$(head -n 1 <<<"$ids")" ;;
    *) kill "-$signal" "$(tail -n 1 <<<"$ids")" ;;
    esac
    wait $pid
    status=$?
    stopped "$run" $((4 - ranks))
done

# The time that is left.
on 2 run slow.toml --out late --progress none --time-left 00:00:01
stopped late 1

# A damaged checkpoint is named and the one before it used; if none is good, nothing changes.
on 1 run world.toml --out hurt "${often[@]}"
rm hurt/DONE
newest=$(find hurt/checkpoints -name 'ckpt_*.h5' | sort | tail -n 1)
printf 'damage' | dd of="$newest" bs=1 seek=20000 conv=notrunc 2>dd_errors
cp -r hurt worse
on 3 run world.toml --out hurt --resume "${often[@]}"
[ $status -eq 0 ] || complain "a damaged checkpoint stops the resume: $(head -c 300 stderr)"
grep -q "warning: cannot use '$newest'" stderr || complain "it is not named: $(head -c 300 stderr)"
same_run whole hurt
for file in worse/checkpoints/*; do
    truncate -s -9 "$file"
done
cp -r worse before
for ranks in 1 3; do
    on $ranks run world.toml --out worse --resume "${often[@]}"
    [ $status -eq 2 ] || complain "no good checkpoint: status $status"
    grep -q "latecomer: cannot resume 'worse': .*--overwrite" stderr || complain "$(<stderr)"
    diff -r before worse || complain "the resume that was refused changed something"
done

# What cannot be resumed.
on 1 run world.toml --out whole --resume --set trade.barrier=0.2
[ $status -eq 2 ] || complain "another scenario: status $status"
grep -q "'barrier = " stderr || complain "another scenario: $(<stderr)"
on 1 run world.toml --out whole --resume
[ $status -eq 0 ] && [ "$(<stdout)" = "$(head -n 1 whole/DONE)" ] || complain "a finished run: $(<stderr)"
on 1 run world.toml --out whole --resume --overwrite
[ $status -eq 2 ] || complain "--resume --overwrite: status $status"
on 1 run world.toml --out new --time-left soon
[ $status -eq 2 ] || complain "--time-left soon: status $status"

# Branches: without a change the parent itself; with one, the same until then.
on 2 branch whole --at 78 --out same --progress none
[ $status -eq 0 ] || complain "branch: $(head -c 300 stderr)"
"$program" compare whole same >compared || complain "the branch without change: $(<compared)"
on 1 branch whole --at 30 --out replayed --progress none
"$program" compare whole replayed >compared || complain "the branch from the start: $(<compared)"
on 3 branch whole --at 60 --out other --pathway IND=sovereignty --progress none
"$program" compare whole other >compared && complain "a changed branch equals its parent"
grep -q '^differ in quarter 6[0-9]: ' compared || complain "the changed branch: $(<compared)"
grep -q '^# Branched after 60 quarters' other/run.toml || complain "no word of the parent"
ncdump -h other/series.h5 >dump
grep -q ':branched_after = 60' dump || complain "no provenance"
for wrong in "--at 500" "--at 20 --quarters 10" "--at 20 --set run.seed=3" "--at 20 --set trade.x=3"; do
    # shellcheck disable=SC2086
    on 1 branch whole --out wrong $wrong
    [ $status -eq 2 ] && [ ! -e wrong ] || complain "branch $wrong: status $status"
done
on 1 branch nowhere --at 3 --out wrong
[ $status -eq 2 ] || complain "branch from nowhere: status $status"

finish
