#!/usr/bin/env bash
# failing_calls_long.sh PROGRAM SCRATCH: as failing_calls.sh, all calls; of calls of one kind that are more than 60, 60.
# ctest: long
# shellcheck disable=SC2034 # _failing_calls.sh reads them
most=60
sample=0
. "$(dirname "${BASH_SOURCE[0]}")/_failing_calls.sh"
