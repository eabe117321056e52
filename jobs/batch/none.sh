# shellcheck shell=bash
# What job.sh needs to know of a machine without a scheduler: time has no end.

if [[ ${0##*/} == none.sh ]]; then # called by itself
    words="usage: none by itself: job scripts read it; call one of jobs/slurm, jobs/pbs or jobs/batch/workstation.sh"
    [[ " $* " != *" --help "* && " $* " != *" -h "* ]] || { printf '%s\n' "$words" "It holds what they need to know of a machine without scheduler. Exit status: 0 for this, 2 else." && exit 0; }
    echo "$words" >&2
    exit 2
fi

seconds_left() { return 1; }
go_on_later() { say "start it again to go on"; }
