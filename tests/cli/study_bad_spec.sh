#!/usr/bin/env bash
# study_bad_spec.sh PROGRAM SCRATCH: a bad study ends with status 2 and one line that helps; nothing is written.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/tests/cli/_bad_studies.sh"

check_bad 1 0 1
check_bad 3 3 10
finish "${#bad_studies[@]} kinds, $checks checks"
