#!/usr/bin/env bash
# damage_long.sh PROGRAM SCRATCH: as damage.sh, a thousand times.
# ctest: long
# shellcheck disable=SC2034 # _damage.sh reads it
damages=1000
. "$(dirname "${BASH_SOURCE[0]}")/_damage.sh"
