#!/usr/bin/env bash
# calibration.sh PROGRAM SCRATCH: a calibration that is a chain of jobs has the ensemble of one without Slurm.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_study.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../cli/_calibration.sh"

sed -i -e 's/^waves = .*/waves = 2/; s/^ensemble = .*/ensemble = 20/' targets.toml
mkdir whole chain
cp tiny.toml whole
cp tiny.toml chain
(calibrated whole) >log 2>&1 || complain "calibrate: status $?: $(tail -n 3 log)"
begun=${EPOCHREALTIME/./}

has_waves() { [ "$(grep -c '^\[\[wave\]\]' chain/tiny.toml)" -ge "$1" ]; }
# followed JOB: it ends with work left, and another one follows, in $next.
followed() {
    ended "$1" 120
    scontrol show job "$1" | grep -q 'ExitCode=85:0' || complain "job $1 was not stopped in between: $(<"$1.log")"
    next=$(sed -n 's/.*a job follows: //p' "$1.log")
    [ -n "$next" ] || {
        complain "no job follows job $1: $(<"$1.log")"
        closing
        exit 1
    }
}

# One job is stopped while it computes the first wave, the next one behind it.
before=$failures
first=$(SLURM_MPI_TYPE=pmix LATECOMER_LAUNCHER=srun LATECOMER_AGAIN=successor sbatch --parsable --nodes=2 --ntasks-per-node=2 \
    --cpus-per-task=1 --time=00:20:00 --output=%j.log "$source_dir/jobs/slurm/calibrate.sbatch" \
    chain/tiny.toml chain/out targets.toml)
until_true 60 has_begun chain/out || complain "the calibration does not begin: $(<"$first.log")"
scancel --batch --signal=USR1 "$first"
followed "$first"
! has_waves 1 || complain "the first job was not stopped in its first wave"
second=$next
until_true 240 has_waves 1 || complain "no second wave: $(<"$second.log")"
scancel --batch --signal=USR1 "$second"
followed "$second"
[ ! -e chain/out/calibration/ensemble.csv ] || complain "the second job was not stopped in between"
ended "$next" 400
[ "$(state_of "$next")" = COMPLETED ] || complain "the last job ends as $(state_of "$next"): $(<"$next.log")"
grep -q '^done: ' "$next.log" || complain "no end: $(<"$next.log")"
for file in out/calibration/ensemble.csv out/calibration/report.md out/study.h5 tiny_wave_2.csv tiny_last.csv tiny.toml; do
    cmp "whole/$file" "chain/$file" || complain "a chain of jobs: another $file"
done
[ "$(sort chain/out/journal/*.log | grep '^D' | uniq -d | wc -l)" -eq 0 ] || complain "a run was done twice"
verdict "a calibration in three jobs on 2 nodes has the ensemble of one without Slurm" $before

# Bad input.
before=$failures
job=$(sbatch --parsable --nodes=1 --ntasks-per-node=1 --output=bad.log "$source_dir/jobs/slurm/calibrate.sbatch" \
    whole/tiny.toml whole/out none.toml)
ended "$job" 30
scontrol show job "$job" | grep -q 'ExitCode=2:0' || complain "no targets: $(<bad.log)"
verdict "a calibration without targets ends with status 2" $before

closing
