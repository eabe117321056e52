#!/usr/bin/env bash
# same_bytes.sh PROGRAM SCRATCH: a scenario leaves the same data and the same hash on any ranks and
# threads.
# ctest: cost 52
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# Files are the same but for where they say on how many ranks and threads they were made.
same_data() {
    local differences
    differences=$(h5diff "$1" "$2") && return
    differences=$(grep -Ev '^(attribute: <(history|ranks|threads) of </>>|[0-9]+ differences found)' \
        <<<"$differences")
    [ -z "$differences" ] || complain "$2: $(head -n 3 <<<"$differences")"
}

first=1x1
files="series.h5 firms/firms_0020.h5 firms/firms_0040.h5"
for ranks in 1 2 3 4; do
    for threads in 1 2; do
        run=${ranks}x$threads
        if ! started $ranks run "$smoke" --out "$run" --threads $threads \
            --progress none >"$run.txt" 2>"$run.log"; then
            complain "$run did not end well"
            cat "$run.log"
            exit 1
        fi
        cmp "$first.txt" "$run.txt" || complain "$run printed other results than $first"
        cmp "$first/run.toml" "$run/run.toml" || complain "$run ran another scenario"
        same_end "$first" "$run" || complain "$run ended in another state"
        for file in $files; do
            same_data "$first/$file" "$run/$file"
        done
    done
done

# A launcher of one rank begins MPI, a program alone does not.
# shellcheck disable=SC2086 # the launcher is a command with flags
$launch 1 "$program" run "$smoke" --out launched --threads 1 --progress none >launched.txt 2>launched.log || complain "a launcher of one rank"
cmp "$first.txt" launched.txt || complain "a launcher of one rank prints other results"
same_end "$first" launched || complain "a launcher of one rank ends in another state"

# A selection of firms does not change the run, and is the same on any ranks.
chosen=(--set 'output.snapshot_countries=["IND", "ZAF"]' --set output.snapshot_sample=0.3)
for ranks in 1 3; do
    started $ranks run "$smoke" --out chosen_$ranks --progress none "${chosen[@]}" >chosen_$ranks.txt ||
        complain "a selection of firms on $ranks ranks"
    same_end "$first" chosen_$ranks || complain "a selection of firms changes the run"
done
for file in $files; do
    same_data "chosen_1/$file" "chosen_3/$file"
done
ncdump -h chosen_3/firms/firms_0040.h5 >header.txt
for words in ':snapshot_countries = "IND,ZAF"' ':snapshot_sample = 0.3' ':firms_in_world = '; do
    grep -qF "$words" header.txt || complain "no '$words' in a snapshot"
done

hash=$(tail -n 1 "$first.txt")
[[ $hash =~ ^state\ hash:\ [0-9a-f]{16}$ ]] || complain "the last line is '$hash'"
"$program" run "$smoke" --out seed --seed 2 --progress none >seed.txt 2>seed.log
[ "$(tail -n 1 seed.txt)" != "$hash" ] || complain "another seed gives the same hash"
h5diff -q "$first/series.h5" seed/series.h5 && complain "another seed gives the same series"

finish "$hash on 1, 2, 3, 4 ranks x 1, 2 threads"
