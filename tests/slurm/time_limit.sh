#!/usr/bin/env bash
# time_limit.sh PROGRAM SCRATCH: jobs meet real time limits, of a minute, the shortest that Slurm has.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_study.sh"

cat >model.toml <<TOML
include = "$smoke"
[world]
firms_per_country = 4000
TOML
# As many quarters as this machine computes in one limit and a half, on both its cores.
milliseconds() { echo $((${EPOCHREALTIME/./} / 1000)); }
start=$(milliseconds)
study_of sample 100
accepted 2 study run sample.toml --out sample
quarters=$((100 * 90000 / ($(milliseconds) - start)))
study_of long $((quarters < 4000 ? quarters : 4000))
accepted 2 study run long.toml --out reference
accepted 1 study merge long.toml --out reference
begun=${EPOCHREALTIME/./}

# Jobs that queue again, and those that follow them, are all there are.
is_idle() { [ -z "$(squeue -h)" ]; }

# Slurm sends the warning; the job drains, queues again and completes.
before=$failures
submitted long.toml --nodes 2 --time 00:01:00 --out again
until_true 1800 is_idle || complain "jobs do not end: $(squeue)"
[ "$(restarts "$ids")" -ge 1 ] || complain "the study was too short: no limit was met"
grep -q '^A' again/journal/*.log || complain "no run was given up when the time was over"
merged long.toml again reference
verdict "a study under time limits of a minute queues again until it is complete" $before

# Links of a chain meet it too.
before=$failures
submitted long.toml --nodes 2 --time 00:01:00 --out chain --chain 20
last=${ids##* }
until_true 1800 is_idle || complain "jobs do not end: $(squeue)"
grep -q 'study .*: 0 runs left' "chain/jobs/$last.log" || complain "the last link had work: $(<"chain/jobs/$last.log")"
merged long.toml chain reference
verdict "links of a chain go on where the one before met its limit; those behind the last end at once" $before

# One run saves its state.
before=$failures
length=(--set world.firms_per_country=40000)
start=$(milliseconds)
accepted 1 run model.toml --out sample_run --quarters 100 "${length[@]}"
quarters=$((100 * 150000 / ($(milliseconds) - start)))
length+=(--quarters $((quarters < 1000 ? quarters : 1000))) # values grow out of reach in 2400
job=$(SLURM_MPI_TYPE=pmix sbatch --parsable --nodes=2 --ntasks-per-node=2 --cpus-per-task=1 --time=1 \
    --signal=B:USR1@40 --output=log "$source_dir/jobs/slurm/run.sbatch" model.toml run "${length[@]}")
until_true 1800 is_idle || complain "jobs do not end: $(squeue)"
[ "$(restarts "$job")" -ge 1 ] || complain "the run was too short: no limit was met"
accepted 1 run model.toml --out alone "${length[@]}"
same_end run alone || complain "another state than without Slurm: $(tail -n 5 log)"
verdict "a run under time limits of a minute goes on from its checkpoints" $before

closing
