#!/usr/bin/env bash
# resume_long.sh PROGRAM SCRATCH: fifty runs killed at random moments and resumed on other ranks end as
# the run that was not.
# ctest: long
kills=50
. "$(dirname "${BASH_SOURCE[0]}")/_resume.sh"
kill_many
finish
