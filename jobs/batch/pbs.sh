# shellcheck shell=bash
# What job.sh needs to know of PBS.
# shellcheck disable=SC2154 # set by the script that reads this

seconds_left() {
    local clock seconds
    clock=$(qstat -f "$PBS_JOBID" | sed -n 's/^ *Resource_List.walltime = *//p') || return 1
    seconds=$(seconds_of "$clock") || return 1
    echo $((seconds - SECONDS))
}

# PBS has no command with which a job of a user queues again: another one follows it.
go_on_later() {
    local element=()
    [[ -z $part ]] || element=(-v LATECOMER_PART="${part%/*}")
    # Noted where `latecomer study submit` looks for jobs that are under way.
    say "a job follows: $(qsub -N "$PBS_JOBNAME" -W depend=afterany:"$PBS_JOBID" \
        ${element[@]+"${element[@]}"} ${of_queue[@]+"${of_queue[@]}"} "$script" |
        tee -a "$folder/jobs/submitted")"
}
