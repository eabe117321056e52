#!/usr/bin/env bash
# `latecomer bench` measures, agrees with what is known of the toy, and leaves nothing behind.  What it
# says of communication: a quarter sends as many bytes for few firms as for many.  No times are asserted.
source "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

value_of() { # KEY FILE: the first number or text of a key
    grep -o "\"$1\": \"\?[0-9a-f.]*" "$2" | head -1 | sed 's/.*[ "]//'
}
same() { # WORDS A B
    checks=$((checks + 1))
    [ -n "$2" ] && [ "$2" = "$3" ] || complain "$1: '$2' and '$3'"
}

for ranks in 1 2; do
    for firms in 3000 100000; do
        accepted "$ranks" bench --quick --json --firms "$firms"
        cp stdout "bench_${ranks}_$firms.json"
    done
done
same "hash on 1 and 2 ranks" "$(value_of state_hash bench_1_3000.json)" \
    "$(value_of state_hash bench_2_3000.json)"
same "bytes that a rank sends for few firms and for many" \
    "$(value_of sent_bytes_per_rank_and_quarter bench_2_3000.json)" \
    "$(value_of sent_bytes_per_rank_and_quarter bench_2_100000.json)"
for firms in 3000 100000; do # or what was sent would be firms on their way to another rank
    same "quarters that moved $firms firms" 0 "$(value_of rebalances "bench_2_$firms.json")"
done
for ranks in 1 2; do
    mean=$(value_of mean "bench_${ranks}_100000.json")
    same "mean of the toy, $mean, is 1.340 within .003" yes \
        "$(awk -v mean="$mean" 'BEGIN { print (mean > 1.337 && mean < 1.343) ? "yes" : "no" }')"
done
same "scratch folders left" none "$(find . -name 'latecomer-bench-*' | grep . || echo none)"
refused "1 3" "bad value '0' for --firms" bench --firms 0
refused "1 3" "bad value '0' for --quarters" bench --quarters 0
refused "1" "unexpected argument 'x'" bench x
finish "$checks checks"
