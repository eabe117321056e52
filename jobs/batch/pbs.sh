# shellcheck shell=bash
# What job.sh needs to know of PBS.
# shellcheck disable=SC2154 # set by the script that reads this

if [[ ${0##*/} == pbs.sh ]]; then # called by itself
    words="usage: none by itself: job scripts read it; call one of jobs/slurm, jobs/pbs or jobs/batch/workstation.sh"
    [[ " $* " != *" --help "* && " $* " != *" -h "* ]] || { printf '%s\n' "$words" "It holds what they need to know of PBS. Exit status: 0 for this, 2 else." && exit 0; }
    echo "$words" >&2
    exit 2
fi

[[ -n ${PBS_JOBID:-} ]] || refuse "this is the script of a job of PBS; submit it with qsub"

# read_facts: what PBS tells of this job, by its own words, in $fact.  Long lines go on behind a tabulator.
declare -A fact=()
read_facts() {
    local line key=
    fact=()
    while IFS= read -r line; do
        if [[ $line == $'\t'* ]]; then
            [[ -z $key ]] || fact[$key]+=${line#$'\t'}
        elif [[ $line =~ ^\ *([A-Za-z_.]+)\ =\ (.*)$ ]]; then
            key=${BASH_REMATCH[1]}
            fact[$key]=${BASH_REMATCH[2]}
        else
            key=
        fi
    done < <(qstat -f "$PBS_JOBID" 2>/dev/null)
}

seconds_left() {
    local seconds
    read_facts
    seconds=$(seconds_of "${fact[Resource_List.walltime]:-}") || return 1
    echo $((seconds - SECONDS))
}

# give OPTION VALUE: puts both into $given if PBS has a value.
give() {
    [[ -z ${2:-} ]] || given+=("$1" "$2")
}

# give_resources: what this job asks for.  What chunks of "select" hold, PBS adds up by itself.
give_resources() {
    local key name of_chunks=:ncpus=:mem=:vmem=:mpiprocs=:ompthreads=:nodect=:nodes=:arch=:host=:vnode=:
    give -l "${fact[Resource_List.select]:+select=${fact[Resource_List.select]}}"
    of_chunks+=${fact[Resource_List.select]:-}:${fact[schedselect]:-}
    while read -r key; do
        name=${key#Resource_List.}
        [[ $key == "$name" || $name == select || ${of_chunks//+/:} == *":$name="* ]] || give -l "$name=${fact[$key]}"
    done < <(printf '%s\n' "${!fact[@]}" | sort)
}

# give_file OPTION PATH: a file that was named by hand.  One that PBS named has the number of this job.
give_file() {
    local number=${PBS_JOBID%%[!0-9]*}
    [[ -z $2 || " ${of_queue[*]} " == *" $1 "* || $2 =~ [^0-9]$number([^0-9]|$) ]] || given+=("$1" "$2")
}

give_all() {
    local project=${fact[project]:-}
    give -q "${PBS_O_QUEUE:-${fact[queue]:-}}" # a queue may only route to another one
    give -A "${fact[Account_Name]:-}"
    [[ $project == _pbs_project_default ]] || give -P "$project"
    [[ ${fact[Priority]:-0} == 0 ]] || give -p "${fact[Priority]}"
    give -j "${fact[Join_Path]:-}"
    give_file -o "${fact[Output_Path]:-}"
    give_file -e "${fact[Error_Path]:-}"
    give -m "${fact[Mail_Points]:-}"
    give -M "${fact[Mail_Users]:-}"
    case ${fact[Rerunable]:-} in
        True) given+=(-r y) ;;
        False) given+=(-r n) ;;
    esac
    give -k "${fact[Keep_Files]:-}"
    give -S "${fact[Shell_Path_List]:-}"
    give -W "${fact[umask]:+umask=${fact[umask]}}"
    give -W "${fact[group_list]:+group_list=${fact[group_list]}}"
    give -W "${fact[sandbox]:+sandbox=${fact[sandbox]}}"
    give_resources
}

# submit_successor: the same script, behind this job.  What this job was given by hand wins over the lines of its
# script.  For PBS nothing can wait for one element of an array, only for the array; and the job that follows an
# element is no array, whatever the script says.
submit_successor() {
    local given=() words
    read_facts
    give_all
    words=(-N "$PBS_JOBNAME" -W depend=afterany:"${PBS_JOBID/\[*\]/[]}" ${of_queue[@]+"${of_queue[@]}"}
        ${given[@]+"${given[@]}"})
    if [[ -z $part ]]; then
        qsub "${words[@]}" "$script"
    else
        sed '/^#PBS  *-J /d' "$script" | qsub "${words[@]}" -v LATECOMER_PART="${part%/*}"
    fi
}

# PBS has no command with which a job of a user queues again: another one follows it.
go_on_later() {
    local next
    next=$(submit_successor) || fail "no job follows: qsub refuses it"
    # Noted where `latecomer study submit` looks for jobs that are under way.
    echo "$next" >>"$folder/jobs/submitted"
    say "a job follows: $next"
}
