#!/usr/bin/env bash
# instruction_sets.sh PROGRAM SCRATCH: all instruction sets that this machine has give the same bytes, also when a run
# goes on with another one, and a name that is none is refused.
# ctest: cost 35
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

sets=$("$program" --version | sed -n 's/^kernels: .* of //p' | tr -d ,)
read -r first _ <<<"$sets"
[ -n "$first" ] || complain "--version names no instruction set"
echo "instruction sets here: $sets"

for set in $sets; do
    for ranks in 1 3; do
        LATECOMER_INSTRUCTION_SET=$set started $ranks run "$smoke" --out "$set.$ranks" --progress none \
            >"$set.$ranks.txt" || complain "$set on $ranks ranks"
        cmp "$first.1.txt" "$set.$ranks.txt" || complain "$set on $ranks ranks printed other results than $first"
        same_end "$first.1" "$set.$ranks" || complain "$set on $ranks ranks ended in another state"
        cmp "$first.1/events.csv" "$set.$ranks/events.csv" || complain "$set on $ranks ranks tells another story"
    done
    "$program" compare "$first.1" "$set.1" >compare.txt || complain "$set: $(head -n 3 compare.txt)"
    h5dump -a /instruction_set "$set.1/series.h5" | grep -q "\"$set\"" || complain "files do not name $set"
    LATECOMER_INSTRUCTION_SET=$set "$program" --version | grep -q "^kernels:  $set of" ||
        complain "--version does not name $set"
done

# Begun with the first, gone on with the last.
last=${sets##* }
LATECOMER_INSTRUCTION_SET=$first started 1 run "$smoke" --out begun --checkpoint-every 10 --progress none >/dev/null ||
    complain "$first with checkpoints"
LATECOMER_INSTRUCTION_SET=$last started 2 branch begun --at 20 --out changed --progress none >changed.txt ||
    complain "a run does not go on with $last"
same_end "$first.1" changed || complain "begun with $first, ended with $last: another state"

for wrong in x86-64-v9 v3 AVX2; do
    LATECOMER_INSTRUCTION_SET=$wrong "$program" run "$smoke" --out wrong >wrong.txt 2>&1
    status=$?
    [ $status = 2 ] || complain "$wrong: status $status"
    [ "$(wc -l <wrong.txt)" = 1 ] && grep -q "LATECOMER_INSTRUCTION_SET: '$wrong'.*$first" wrong.txt ||
        complain "$wrong: $(cat wrong.txt)"
    [ ! -e wrong ] || complain "$wrong: something was written"
done

finish "$sets"
