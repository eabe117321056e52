#!/usr/bin/env bash
# spin_up.sh PROGRAM SCRATCH: a run with a spin-up has one result on any ranks, stopped or killed in it; branches
# begin after it; studies have one.
# ctest: cost 45
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# Economies of unlike size that export from the start; everything happens soon after the spin-up.
cat >world.toml <<'END'
[run]
spin_up = 60
quarters = 16
burn_in = 0
start_year = 2005
[world]
base_year = 2005
countries = ["IND", "MEX", "HND", "FRA", "CHN", "USA"]
firms_per_country = 100
firm_exponent = 0.4
least_firms = 2
[trade]
export_level = 0.1
[entry]
market_response = 1.0
[output]
snapshot_every = 8
[policy.latecomers]
pathway = "strategic_data"
start = 0
[[window]]
quarter = 3
stage = "storage"
gain = 0.3
[[switch]]
quarter = 5
trade.barrier = 0.05
END

# same_run A B: the same data, hash, chronicle, outcomes and snapshots.
same_run() {
    "$program" compare "$1" "$2" >compared 2>&1 || complain "$2: $(head -c 300 compared)"
    same_end "$1" "$2" || complain "$2: another state"
    for file in events.csv outcomes.csv; do
        cmp "$1/$file" "$2/$file" || complain "$2: $file differs"
    done
    [ "$(ls "$1/firms")" = "$(ls "$2/firms")" ] || complain "$2: other snapshots"
}

# On any ranks; no figure of 2005 is missing, what never begins is told.
accepted 1 run world.toml --out whole --progress none
[ "$(grep '^latecomer: note: ' stderr | grep -vc 'plans are granted less')" -eq 0 ] || complain "a remark: $(head -c 500 stderr)"
printf 'include = "world.toml"\n[[window]]\nquarter = 3000\nstage = "storage"\n' >never.toml
accepted 1 run never.toml --out never --progress none
grep -q "^latecomer: note: a technology window at storage opens in quarter 3000, but the run has " stderr ||
    complain "no word of what never begins: $(head -c 500 stderr)"
for ranks in 2 3; do
    accepted $ranks run world.toml --out "on$ranks" --progress none
    same_run whole "on$ranks"
done

# Nothing of the spin-up is in the files: quarters are those of the run.
ncdump -h whole/series.h5 >dump
grep -q 'time = \(UNLIMITED ; // (16 currently)\|16\)' dump || complain "not 16 rows: $(grep 'time = ' dump)"
[ "$(ls whole/firms)" = $'firms_0008.h5\nfirms_0016.h5' ] || complain "snapshots: $(ls whole/firms)"
cut -d, -f1 whole/events.csv | tail -n +2 | sort -nu >quarters
[ "$(head -n 1 quarters)" -ge 0 ] && [ "$(tail -n 1 quarters)" -lt 16 ] || complain "events in $(<quarters)"
grep -q '^3,window' whole/events.csv || complain "the window does not open in quarter 3"
accepted 1 run whole/run.toml --out again --progress none
same_run whole again

# Stopped for lack of time at the first quarter: that is in the spin-up.
on 2 run world.toml --out late --progress none --time-left 00:00:01
[ $status -eq 85 ] || complain "no time left: status $status: $(head -c 300 stderr)"
grep -q 'stopped after quarter [0-9]* of 76 (spin-up included), as .*--resume goes on' stderr ||
    complain "no time left: $(head -c 300 stderr)"
newest=$(find late/checkpoints -name 'ckpt_*.h5' | sort | tail -n 1)
[[ $newest < late/checkpoints/ckpt_0060.h5 ]] || complain "the spin-up was over: $newest"
accepted 1 inspect late
for wrong in run.spin_up=61 run.spin_up=0 world.firm_exponent=0.5 trade.export_level=0.2; do
    refused 1 "cannot resume 'late'" run world.toml --out late --resume --set $wrong
done
cp -r late late3
for case in "late 1" "late3 3"; do
    read -r run ranks <<<"$case"
    accepted "$ranks" run world.toml --out "$run" --resume --progress none
    same_run whole "$run"
done

# Killed as soon as there is a checkpoint of the spin-up.
sed 's/^spin_up = .*/spin_up = 400/; s/^firms_per_country = .*/firms_per_country = 400/' world.toml >long.toml
accepted 1 run long.toml --out long --progress none
"$program" run long.toml --out killed --progress none --checkpoint-every 4 >stdout 2>stderr </dev/null &
pid=$!
for ((wait = 0; wait < 2000; ++wait)); do
    [ -z "$(find killed/checkpoints -name 'ckpt_*.h5' 2>find_errors)" ] || break
    sleep 0.01
done
kill -KILL $pid
wait $pid 2>wait_errors
[ ! -e killed/DONE ] || complain "the run ended before it was killed"
newest=$(find killed/checkpoints -name 'ckpt_*.h5' | sort | tail -n 1)
[[ -n $newest && $newest < killed/checkpoints/ckpt_0400.h5 ]] || complain "no checkpoint of the spin-up: $newest"
accepted 3 run long.toml --out killed --resume --progress none
same_run long killed

# Branches begin after the spin-up, at the earliest at its end.
accepted 2 branch whole --at 0 --out same --progress none
"$program" compare whole same >compared || complain "the branch without a change: $(<compared)"
same_end whole same || complain "the branch without a change ends in another state"
accepted 1 branch whole --at 0 --out other --progress none --pathway IND=sovereignty
"$program" compare whole other >compared && complain "a changed branch equals its parent"
grep -q '^differ in quarter [01]: ' compared || complain "the branch at 0: $(<compared)"
accepted 1 run world.toml --out parent --progress none --checkpoint-every 5
accepted 1 branch parent --at 15 --out from_checkpoint --progress none
grep -q 'computing quarters' stderr && complain "a checkpoint of the quarter is not used: $(<stderr)"
"$program" compare whole from_checkpoint >compared || complain "the branch from a checkpoint: $(<compared)"
refused 1 "a branch cannot change 'run.spin_up'" branch whole --at 0 --out wrong --set run.spin_up=0

# Studies have spin-ups; a row is the run that it names.
cat >study.toml <<'END'
[study]
name = "spun"
model = "world.toml"
seed = 7

[scenarios]
none = {}
open = { "trade.barrier" = 0.05 }

[design]
kind = "lhs"
n = 2

[[parameters]]
name = "learning.search_share"

[replicates]
min = 2
END
accepted 1 study run study.toml --out study1
accepted 1 study merge study.toml --out study1 --csv
accepted 3 study run study.toml --out study3
accepted 1 study merge study.toml --out study3
cmp study1/study.h5 study3/study.h5 || complain "the study on three ranks has another result"
on 1 study run study.toml --out part --time-left 00:00:01
on 2 study run study.toml --out part
[ $status -eq 0 ] || complain "the study does not go on: status $status: $(head -c 300 stderr)"
accepted 1 study merge study.toml --out part
cmp study1/study.h5 part/study.h5 || complain "the study in parts has another result"
accepted 2 study replay study.toml 5 --study study1 --out replayed
grep -q 'with the state of its study' stderr || complain "the replay: $(<stderr)"

# Together they must fit into identities of firms.
refused "1 3" "--set run.quarters=4000: run.spin_up = 95 and run.quarters = 4000 are more quarters together" \
    run world.toml --out wrong --set run.spin_up=95 --set run.quarters=4000
refused "1 3" "trade.habit = 1 leaves tastes no weight" run world.toml --out wrong --set trade.habit=1

finish "$checks checks"
