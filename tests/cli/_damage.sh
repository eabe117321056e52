# shellcheck shell=bash
# What damage.sh and damage_long.sh have in common: they set $damages before they source this.
damages=${damages:?}
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

cat >run.toml <<'TOML'
[run]
quarters = 12
burn_in = 4
[world]
countries = ["IND", "MEX", "USA"]
firms_per_country = 20
[output]
snapshot_every = 4
checkpoint_rule = "quarters"
checkpoint_every = 3
[[switch]]
quarter = 2
trade.barrier = 0.2
TOML
cat >study.toml <<'TOML'
[study]
name = "damage"
model = "run.toml"
[scenarios]
none = {}
open = { "trade.barrier" = 0.05 }
[replicates]
min = 2
TOML

accepted 1 run run.toml --out whole --progress none
accepted 1 study run study.toml --out study --progress none
accepted 1 study merge study.toml --out study

# A run that is stopped after each of its first quarters.
on 1 run run.toml --out stopped --time-left 00:00:00 --progress none
for ((i = 0; i < 8 && status == 85; ++i)); do
    on 1 run run.toml --out stopped --time-left 00:00:00 --resume --progress none
done
[ $status -eq 85 ] || complain "the run is not interrupted: status $status"

seed=${LATECOMER_SEED:-$RANDOM}
if ! python3 "$source_dir/tests/support/damage.py" "$program" whole stopped study.toml study "$damages" "$seed"; then
    complain "damage was taken for good"
fi
finish "$damages damages, seed $seed"
