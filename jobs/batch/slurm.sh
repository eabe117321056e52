# shellcheck shell=bash
# What job.sh needs to know of Slurm.
# shellcheck disable=SC2154 # set by the script that reads this

# Nothing, and status 1, where the job has no limit.
seconds_left() {
    local clock
    clock=$(squeue -h -j "$SLURM_JOB_ID" -o %L) || return 1
    seconds_of "$clock"
}

# The same script with the same arguments, behind this job.
submit_successor() {
    local given=()
    [[ -z ${SLURM_ARRAY_TASK_ID:-} ]] || given=(--array="$SLURM_ARRAY_TASK_ID")
    # What this job was given by hand wins over the lines of its script.
    [[ -z ${SLURM_NTASKS_PER_NODE:-} ]] || given+=(--ntasks-per-node="$SLURM_NTASKS_PER_NODE")
    [[ -z ${SLURM_CPUS_PER_TASK:-} ]] || given+=(--cpus-per-task="$SLURM_CPUS_PER_TASK")
    sbatch --parsable --job-name="$SLURM_JOB_NAME" --dependency="afterany:$SLURM_JOB_ID" \
        --nodes="$SLURM_JOB_NUM_NODES" --partition="$SLURM_JOB_PARTITION" \
        --time="$(squeue -h -j "$SLURM_JOB_ID" -o %l)" ${given[@]+"${given[@]}"} \
        ${of_queue[@]+"${of_queue[@]}"} "$0" ${arguments[@]+"${arguments[@]}"}
}

go_on_later() {
    if [[ $again == requeue ]]; then
        say "the job queues again"
        if scontrol requeue "$SLURM_JOB_ID"; then
            trap - TERM
            sleep 60 # until Slurm ends this script
        fi
        say "it may not queue again here"
    fi
    say "a job follows: $(submit_successor)"
}
