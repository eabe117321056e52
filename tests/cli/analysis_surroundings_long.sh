#!/usr/bin/env bash
# analysis_surroundings_long.sh PROGRAM SCRATCH: the user's files, variables, folders and terminal change no byte of a paper.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_surroundings.sh"
test_surroundings SameBytes
