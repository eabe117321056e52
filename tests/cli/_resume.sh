# shellcheck shell=bash
# For resume.sh and resume_long.sh: runs that are killed.  A number of kills is $kills.
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

# kill_and_resume NUMBER: one run on 2 or 3 ranks, killed up to twice, ended on other ranks.
kill_and_resume() {
    local run=killed_$1 ranks kills=$((1 + RANDOM % 2)) pid
    while [ $kills -gt 0 ]; do
        ranks=$((2 + RANDOM % 2))
        # shellcheck disable=SC2086
        setsid $launch $ranks "$program" run world.toml --out "$run" --resume "${often[@]}" \
            >killed.txt 2>&1 </dev/null &
        pid=$!
        sleep "0.$((200 + RANDOM % 700))"
        # The ranks first: a launcher would tell them.
        pkill -KILL -f "run world.toml --out $run --resume" 2>/dev/null
        kill -KILL -- "-$pid" 2>/dev/null
        wait $pid 2>/dev/null
        [ ! -e "$run/run.toml" ] || all_whole "$run"
        [ -e "$run/DONE" ] || hits=$((hits + 1))
        kills=$((kills - 1))
    done
    on $((1 + RANDOM % 4)) run world.toml --out "$run" --resume "${often[@]}"
    [ $status -eq 0 ] || complain "$run: status $status: $(head -c 500 stderr)"
    if [ "$(tail -n 1 stdout)" = "$(head -n 1 whole/DONE)" ]; then
        good=$((good + 1))
    else
        complain "$run: $(tail -n 1 stdout) instead of $(head -n 1 whole/DONE)"
    fi
    all_whole "$run"
    same_run whole "$run"
    rm -rf "$run"
}

kill_many() {
    good=0
    hits=0
    on 1 run world.toml --out whole "${often[@]}"
    [ $status -eq 0 ] || complain "the uninterrupted run: $(<stderr)"
    for ((i = 1; i <= kills; ++i)); do
        kill_and_resume $i
    done
    echo "$good of $kills killed runs ended with the hash of the uninterrupted run ($hits kills hit a run at work)"
    [ $good -eq "$kills" ] || complain "only $good of $kills"
    [ $hits -gt 0 ] || complain "no kill hit a run at work"
}
