#!/usr/bin/env bash
# damage.sh PROGRAM SCRATCH: what was damaged by chance is noticed, in a finished run, in one that goes on and in
# a study.  LATECOMER_SEED chooses the chance.
# shellcheck disable=SC2034 # _damage.sh reads it
# ctest: cost 60
damages=100
. "$(dirname "${BASH_SOURCE[0]}")/_damage.sh"
