#!/usr/bin/env bash
# kills_long.sh PROGRAM SCRATCH: as kills.sh, sixty times.
# ctest: long
# shellcheck disable=SC2034 # _kills.sh reads it
kills=60
. "$(dirname "${BASH_SOURCE[0]}")/_kills.sh"
