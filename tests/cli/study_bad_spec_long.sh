#!/usr/bin/env bash
# study_bad_spec_long.sh PROGRAM SCRATCH: the same as study_bad_spec.sh for all bad studies on three ranks.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/tests/cli/_bad_studies.sh"

check_bad 3 0 1
finish "${#bad_studies[@]} kinds, $checks checks"
