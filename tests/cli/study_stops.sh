#!/usr/bin/env bash
# study_stops.sh PROGRAM SCRATCH: a study with stopping rules takes the same looks, needs the same runs and has
# the same result on any ranks, in parts, and after any interruption; what it computes can be read by others.
# ctest: cost 25
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

study=study.toml
cp "$smoke" model.toml
cat >$study <<'END'
[study]
name = "stopped"
model = "model.toml"
seed = 7
quarters = 30

[scenarios]
none = {}
sovereignty = { pathway = { latecomers = "sovereignty" } }

[design]
kind = "saltelli"
n = 2
dummy = true

[[parameters]]
name = "learning.search_share"

[replicates]
min = 2
max = 16

[[stop]]
observable = "gap_at_end.IND"
half_width = 0.18

[[stop]]
observable = "world.application_share"
estimand = "difference"
vs = "none"
half_width = 1.0
END

# merged DIR: merges and compares with the result of one rank.
merged() {
    accepted 1 study merge $study --out "$1"
    cmp "$1/study.h5" whole/study.h5 >/dev/null || complain "$1: another result than that of one rank"
}

on 1 study run $study --out whole
[ $status -eq 0 ] || complain "on one rank: status $status: $(head -c 300 stderr)"
cp stderr looks
grep -q 'latecomer: look 1 at 2 replicates$' looks || complain "no first look: $(<looks)"
grep -q 'mean of gap_at_end.IND, none: .*, n = .*, wanted +-0.18: ' looks || complain "no rule: $(<looks)"
grep -q 'difference of world.application_share, sovereignty - none: .*wanted +-1: met' looks ||
    complain "no difference: $(<looks)"
accepted 1 study merge $study --out whole
done_runs=$(cat whole/journal/*.log | grep -c '^D')
[ "$done_runs" -gt 32 ] && [ "$done_runs" -lt 256 ] ||
    complain "$done_runs runs: rules were to stop between the first look and the last"
accepted 1 study status $study --out whole
grep -q "^study stopped: $done_runs of $done_runs runs are final: done $done_runs, " stdout ||
    complain "status: $(<stdout)"
grep -q '^looks taken: [0-9], the last one$' stdout || complain "status without looks: $(<stdout)"

# On more ranks, in parts that come back until all looks are taken, and after a kill.
for ranks in 2 4; do
    accepted $ranks study run $study --out "on$ranks"
    merged "on$ranks"
    [ "$(cat "on$ranks"/journal/*.log | grep -c '^D')" -eq "$done_runs" ] || complain "on $ranks: other runs"
done
on 1 study run $study --out parts --static 1/2
[ $status -eq 85 ] || complain "a part that waits for another: status $status"
grep -q 'the look at 2 replicates waits for runs of other parts' stderr || complain "part: $(<stderr)"
for ((round = 0; round < 8; ++round)); do
    on 1 study run $study --out parts --static 2/2
    on 1 study run $study --out parts --static 1/2
    [ $status -ne 0 ] || break
done
[ $status -eq 0 ] || complain "parts after $round rounds: status $status"
merged parts
for ((kill = 0; kill < 4; ++kill)); do
    # shellcheck disable=SC2086
    $launch 3 "$program" study run $study --out killed >/dev/null 2>&1 </dev/null &
    pid=$!
    sleep "0.$((4 + RANDOM % 5))"
    kill -KILL $pid
    wait $pid 2>/dev/null
    for ((wait = 0; wait < 50; ++wait)); do
        pgrep -f "study run $study --out killed" >/dev/null || break
        sleep 0.1
    done
done
on 2 study run $study --out killed
[ $status -eq 0 ] || complain "after kills: status $status: $(head -c 300 stderr)"
merged killed

# Runs that no rule asks for any more are marked, whoever computed them.
sed '/^\[\[stop\]\]/,$d' $study >all.toml
on 2 study run all.toml --out on4
[ $status -eq 0 ] || complain "without rules: status $status"
merged on4
/usr/bin/python3 - whole/study.h5 "$done_runs" >stdout 2>stderr <<'END' || complain "$(tail -n 3 stderr)"
import sys
import xarray
study = xarray.open_dataset(sys.argv[1])
status = study.status.values
assert (status == 1).sum() == int(sys.argv[2]) and ((status == 1) | (status == 5)).all(), status
assert study.gap_at_end.isnull().all("country").values[status == 5].all()
assert study.stop_met.dims == ("stop_rule", "scenario")
assert study.stop_met.isnull().values[1].tolist() == [True, False]
assert (study.stop_low <= study.stop_value).values[0].all()
assert study.sobol_total.sel(parameter="dummy", outcome="world.catch_ups").size == 2
assert (study.sobol_blocks == 2).all() and (study.sobol_blocks_dropped == 0).all()
assert (abs(study.sobol_total.sel(parameter="dummy", outcome="gap_at_end.IND")) < 1e-12).all()
END

accepted 1 study report $study --out whole
grep -q 'first \[95 %\]' stdout || complain "a report without indices: $(<stdout)"
refused "1 3" "nothing to report of 'nothing'" study report $study --out nothing

finish "$done_runs runs, $checks checks"
