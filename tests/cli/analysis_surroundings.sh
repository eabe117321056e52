#!/usr/bin/env bash
# analysis_surroundings.sh PROGRAM SCRATCH: a program's own settings of figures, fonts and names change no byte of a figure,
# table or page.  Whole papers under strange variables: analysis_surroundings_long.sh.
. "$(dirname "${BASH_SOURCE[0]}")/_surroundings.sh"
test_surroundings Style Names
