#!/usr/bin/env bash
# flip_signs.sh PROGRAM: the tests of the directions of policy pass, and fail once the sign of any one
# effect of any one instrument is flipped.
set -uo pipefail
program=$1

if ! "$program" >intact.txt 2>&1; then
    cat intact.txt
    echo "FAILED: the intact table does not pass"
    exit 1
fi

survivors=0
for ((effect = 0; ; ++effect)); do
    LATECOMER_FLIP=$effect "$program" >mutant.txt 2>&1
    status=$?
    name=$(grep -m 1 '^flipped: ' mutant.txt)
    [ "$status" -eq 77 ] && break
    if [ -z "$name" ] || [ "$status" -eq 0 ]; then
        echo "FAILED: no test notices: ${name:-effect $effect}"
        survivors=$((survivors + 1))
    else
        echo "noticed by $(grep -c '^  *CHECK\|FAILED:$' mutant.txt) checks: $name"
    fi
done
echo "$effect effects flipped, $survivors unnoticed"
[ "$effect" -ge 30 ] && [ "$survivors" -eq 0 ]
