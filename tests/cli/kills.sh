#!/usr/bin/env bash
# kills.sh PROGRAM SCRATCH: runs, studies and merges that are killed at random moments and go on, on other ranks, end as
# if nothing had been.  LATECOMER_SEED chooses the chance.
# shellcheck disable=SC2034 # _kills.sh reads it
# ctest: cost 120
kills=5
. "$(dirname "${BASH_SOURCE[0]}")/_kills.sh"
