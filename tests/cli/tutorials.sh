#!/usr/bin/env bash
# tutorials.sh PROGRAM SCRATCH: the tutorials run as they stand and print what they show, but for what takes a minute.
# ctest: cost 90
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

export PYTHONPATH=$source_dir/analysis OMPI_MCA_rmaps_base_oversubscribe=1
/usr/bin/python3 "$source_dir/tests/documents/tutorials.py" "$program" "$scratch/tutorials" || complain "a tutorial"
finish
