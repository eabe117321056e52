# shellcheck shell=bash
# What failing_calls.sh and failing_calls_long.sh have in common: they set $most and $sample before they source this.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
library=${LATECOMER_FAILING_CALLS:?the library that makes calls fail, see tests/faults}
if ! python3 "$source_dir/tests/faults/failing_calls.py" "$program" "$library" "${most:?}" "${sample:?}" \
    "${LATECOMER_SEED:-$RANDOM}"; then
    complain "not as promised, see above"
fi
finish
