#!/usr/bin/env bash
# failing_calls.sh PROGRAM SCRATCH: thirty calls of the operating system that fail, chosen by chance among those of
# a run, a run that stops or goes on, a study and its merging.  LATECOMER_SEED chooses the chance.
# shellcheck disable=SC2034 # _failing_calls.sh reads them
# ctest: cost 1000
most=1000
sample=30
. "$(dirname "${BASH_SOURCE[0]}")/_failing_calls.sh"
