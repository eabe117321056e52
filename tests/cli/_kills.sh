# shellcheck shell=bash
# What kills.sh and kills_long.sh have in common: they set $kills before they source this.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
if ! python3 "$source_dir/tests/faults/kills.py" "$program" "${kills:?}" "${LATECOMER_SEED:-$RANDOM}"; then
    complain "not as if nothing had been, see above"
fi
finish
