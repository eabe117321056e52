#!/usr/bin/env bash
# _stop.sh FOLDER PROCESS: waits until the process is gone, then ends all that belongs to the Slurm in the
# folder, and removes it.  Belonging means: its pid was noted there, or it began with this Slurm's SLURM_CONF.
set -u

slurm=$1
trap '' INT HUP TERM
while kill -0 "$2" 2>/dev/null && [[ ! -e $slurm/stop ]]; do
    sleep 0.3
done

export SLURM_CONF=$slurm/slurm.conf
timeout 5 scancel --state=PENDING,RUNNING --user=root >/dev/null 2>&1
for ((wait = 0; wait < 30; ++wait)); do
    [[ -n $(timeout 2 squeue -h 2>/dev/null) ]] || break
    sleep 0.1
done
if [[ -e $slurm/pids ]]; then
    while read -r pid; do
        kill "$pid" 2>/dev/null
    done <"$slurm/pids"
fi
for ((wait = 0; wait < 30; ++wait)); do
    left=
    for environment in /proc/[0-9]*/environ; do
        pid=${environment//[^0-9]/}
        if [[ $pid != "$$" && $pid != "$2" ]] && grep -qzxF "SLURM_CONF=$SLURM_CONF" "$environment" 2>/dev/null; then
            left+=" $pid"
        fi
    done
    [[ -n $left ]] || break
    if ((wait > 10)); then
        # shellcheck disable=SC2086 # several
        kill -KILL $left 2>/dev/null
    fi
    sleep 0.2
done
rm -rf "$slurm"
