#!/usr/bin/env bash
# signals.sh PROGRAM SCRATCH: Ctrl-C and other signals stop a run with a checkpoint, the second at once; a closed
# pipe does not stop it; sent to mpirun they lose nothing.
# ctest: cost 35
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

cat >run.toml <<'TOML'
[run]
quarters = 2000
burn_in = 4
[world]
countries = ["IND", "IDN", "USA"]
firms_per_country = 20000
TOML
checks=11
python3 "$source_dir/tests/support/signals.py" "$program" run.toml || complain "signals, see above"
accepted 1 run run.toml --out stopped_SIGINT --resume --dry-run
finish "$checks checks"
