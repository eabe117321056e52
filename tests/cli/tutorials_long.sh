#!/usr/bin/env bash
# tutorials_long.sh PROGRAM SCRATCH: the tutorials with all that they show.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

export PYTHONPATH=$source_dir/analysis OMPI_MCA_rmaps_base_oversubscribe=1
/usr/bin/python3 "$source_dir/tests/documents/tutorials.py" --long "$program" "$scratch/tutorials" || complain "a tutorial"
finish
