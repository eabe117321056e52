#!/usr/bin/env bash
# observed.sh PROGRAM SCRATCH: what is observed of economies is whole, and downloads of the World Bank can be added.
# ctest: cost 60
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

# Not python3: the first on the path may be another than the one with Debian's packages.
export PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 "$source_dir/tests/analysis/test_observed.py"
/usr/bin/python3 "$source_dir/tests/analysis/test_import_world_bank.py"
