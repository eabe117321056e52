# shellcheck shell=bash
# What job.sh needs to know of Slurm.
# shellcheck disable=SC2154 # set by the script that reads this

if [[ ${0##*/} == slurm.sh ]]; then # called by itself
    words="usage: none by itself: job scripts read it; call one of jobs/slurm, jobs/pbs or jobs/batch/workstation.sh"
    [[ " $* " != *" --help "* && " $* " != *" -h "* ]] || { printf '%s\n' "$words" "It holds what they need to know of Slurm. Exit status: 0 for this, 2 else." && exit 0; }
    echo "$words" >&2
    exit 2
fi

[[ -n ${SLURM_JOB_ID:-} ]] || refuse "this is the script of a job of Slurm; submit it with sbatch"

# The element of an array has an id of its own.  That of the array stands for all elements, and the one that
# begins last has it for its job's id, too.  A job that was submitted from within an element inherits the
# element's variables and is none.
own_id=$SLURM_JOB_ID
if [[ -n ${SLURM_ARRAY_JOB_ID:-} && -n ${SLURM_ARRAY_TASK_ID:-} ]]; then
    own_id=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
    job_of_element=$(squeue -h -j "$own_id" -o %A 2>/dev/null) || job_of_element=
    if [[ $job_of_element =~ ^[0-9]+$ && $job_of_element != "$SLURM_JOB_ID" ]]; then
        [[ -z $part ]] || refuse "this job is no element of an array; submit it with sbatch --array=1-N"
        own_id=$SLURM_JOB_ID
    fi
fi

# Nothing, and status 1, where the job has no limit.
seconds_left() {
    local clock
    clock=$(squeue -h -j "$own_id" -o %L) || return 1
    seconds_of "$clock"
}

# read_facts: what Slurm tells of this job, by its own words, in $fact.  Texts of users may hold blanks and
# signs of equality; each is the last in its line.
declare -A fact=()
read_facts() {
    local line word words
    fact=()
    while IFS= read -r line; do
        line=${line#"${line%%[! ]*}"}
        [[ -n $line ]] || break
        if [[ $line =~ ^(Command|WorkDir|Comment|StdErr|StdIn|StdOut)= ]]; then
            fact[${line%%=*}]=${line#*=}
            continue
        fi
        line=${line%% JobName=*}
        read -ra words <<<"$line"
        for word in "${words[@]}"; do
            if [[ $word =~ ^([A-Za-z/:]+)=(.*)$ ]]; then
                fact[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
            fi
        done
    done < <(scontrol show job "$own_id" 2>/dev/null)
}

# pattern_of FILE: the name as sbatch takes it, with a pattern where the id of this job is.
pattern_of() {
    local folder=${1%/*} name=${1##*/} id
    folder=${folder//%/%%}
    name=/${name//%/%%}
    [[ $own_id == "$SLURM_JOB_ID" ]] || name=${name//"$own_id"/%A_%a}
    for id in "$SLURM_JOB_ID" "${SLURM_ARRAY_JOB_ID:-}"; do
        while [[ -n $id && $name =~ ^(.*[^0-9])$id([^0-9].*)?$ ]]; do
            name=${BASH_REMATCH[1]}%j${BASH_REMATCH[2]}
        done
    done
    echo "$folder$name"
}

# give OPTION VALUE: puts it into $given unless Slurm has no value for it.
give() {
    case ${2:-} in
        '' | 0 | '(null)' | N/A | Unknown | None | NONE | '*') ;;
        *) given+=("--$1=$2") ;;
    esac
}

# give_known KEY OPTION VALUE: the same for a variable of the environment, unless scontrol tells that this job has
# no such thing: a job that was submitted from within another one inherits variables of that.
give_known() {
    [[ -n ${fact[JobId]:-} && -z ${fact[$1]:-} ]] || give "$2" "$3"
}

# give_told KEY OPTION VALUE: what scontrol tells; where it tells nothing, the variable's value.
give_told() {
    if [[ -n ${fact[JobId]:-} ]]; then
        give "$2" "${fact[$1]:-}"
    else
        give "$2" "$3"
    fi
}

# give_facts KEY OPTION...: what scontrol alone tells.
give_facts() {
    while (($# > 0)); do
        give "$2" "${fact[$1]:-}"
        shift 2
    done
}

# give_resources: what jobs ask for on their nodes.
give_resources() {
    local entry entries gres=
    give_told MinMemoryNode mem "${SLURM_MEM_PER_NODE:-}"
    give_told MinMemoryCPU mem-per-cpu "${SLURM_MEM_PER_CPU:-}"
    give_known MemPerTres mem-per-gpu "${SLURM_MEM_PER_GPU:-}"
    give_known TresPerJob gpus "${SLURM_GPUS:-}"
    give_known TresPerNode gpus-per-node "${SLURM_GPUS_PER_NODE:-}"
    give_known TresPerSocket gpus-per-socket "${SLURM_GPUS_PER_SOCKET:-}"
    give_known TresPerTask gpus-per-task "${SLURM_GPUS_PER_TASK:-}"
    give_known CpusPerTres cpus-per-gpu "${SLURM_CPUS_PER_GPU:-}"
    give_known TresBind gpu-bind "${SLURM_GPU_BIND:-}"
    give_known TresFreq gpu-freq "${SLURM_GPU_FREQ:-}"
    IFS=, read -ra entries <<<"${fact[TresPerNode]:-}"
    for entry in ${entries[@]+"${entries[@]}"}; do # "gres:gpu:2", in later versions "gres/gpu:2"
        if [[ $entry == gres[:/]* && ! (-n ${SLURM_GPUS_PER_NODE:-} && $entry == gres?gpu*) ]]; then
            gres+=${gres:+,}${entry#gres?}
        fi
    done
    give gres "$gres"
    case ${fact[OverSubscribe]:-} in
        NO) given+=(--exclusive) ;;
        USER) given+=(--exclusive=user) ;;
        MCS) given+=(--exclusive=mcs) ;;
        YES*) given+=(--oversubscribe) ;;
    esac
    [[ ${fact[Contiguous]:-} != 1 ]] || given+=(--contiguous)
    [[ ${fact[GresEnforceBind]:-} != Yes* ]] || given+=(--gres-flags=enforce-binding)
    give_facts ReqNodeList nodelist ExcNodeList exclude Features constraint Prefer prefer BatchFeatures batch \
        Licenses licenses Network network Switches switches MinTmpDiskNode tmp CoreSpec core-spec ThreadSpec thread-spec
}

# give_layout: how many tasks there are, and where they go.
give_layout() {
    local per_socket per_core threads_per_core
    IFS=: read -r _ _ per_socket per_core <<<"${fact[NtasksPerN:B:S:C]:-0:0:?:?}"
    threads_per_core=${fact[ReqB:S:C:T]:-?}
    threads_per_core=${threads_per_core##*:}
    give ntasks "${SLURM_NTASKS:-}"
    give ntasks-per-node "${SLURM_NTASKS_PER_NODE:-}"
    [[ $per_socket == '*' ]] || give ntasks-per-socket "${SLURM_NTASKS_PER_SOCKET:-}"
    [[ $per_core == '*' ]] || give ntasks-per-core "${SLURM_NTASKS_PER_CORE:-}"
    give ntasks-per-gpu "${SLURM_NTASKS_PER_GPU:-}"
    give cpus-per-task "${SLURM_CPUS_PER_TASK:-}"
    if [[ -n ${SLURM_HINT:-} ]]; then
        [[ $SLURM_HINT == nomultithread && $threads_per_core == '*' ]] || give hint "$SLURM_HINT"
    elif [[ $threads_per_core != '*' ]]; then
        give threads-per-core "${SLURM_THREADS_PER_CORE:-}"
    fi
    if [[ ${SLURM_DISTRIBUTION:-} == plane ]]; then
        give distribution "plane=${SLURM_DIST_PLANESIZE:-1}"
    elif [[ ${SLURM_DISTRIBUTION:-unknown} != *unknown* ]]; then
        give distribution "$SLURM_DISTRIBUTION"
    fi
    [[ -z ${SLURM_OVERCOMMIT:-} ]] || given+=(--overcommit)
    give profile "${SLURM_PROFILE:-}"
    give container "${SLURM_CONTAINER:-}"
}

# give_files: where the job writes, and what is said of it.
give_files() {
    [[ -z ${fact[StdOut]:-} ]] || give output "$(pattern_of "${fact[StdOut]}")"
    if [[ -n ${fact[StdErr]:-} && ${fact[StdErr]} != "${fact[StdOut]:-}" ]]; then
        give error "$(pattern_of "${fact[StdErr]}")"
    fi
    [[ ${fact[StdIn]:-/dev/null} == /dev/null ]] || give input "$(pattern_of "${fact[StdIn]}")"
    local comment=${fact[Comment]:-}
    give comment "${comment% }"
    give_facts MailUser mail-user MailType mail-type
}

# The same script with the same arguments, behind this job.  What this job was given by hand wins over the
# lines of its script.
submit_successor() {
    local given=() time
    read_facts
    [[ $own_id == "$SLURM_JOB_ID" ]] || given+=(--array="$SLURM_ARRAY_TASK_ID")
    time=$(squeue -h -j "$own_id" -o %l)
    if [[ $time == UNLIMITED ]] || seconds_of "$time" >/dev/null; then
        give time "$time"
    fi
    give partition "${SLURM_JOB_PARTITION:-}"
    give_told Account account "${SLURM_JOB_ACCOUNT:-}"
    give_told QOS qos "${SLURM_JOB_QOS:-}"
    give_told Reservation reservation "${SLURM_JOB_RESERVATION:-}"
    local key=${fact[WCKey]:-}
    give wckey "${key#\*}"
    give_facts TimeMin time-min Deadline deadline Nice nice
    [[ ${fact[Requeue]:-} != 0 ]] || given+=(--no-requeue)
    [[ ${fact[Requeue]:-} != 1 ]] || given+=(--requeue)
    give_layout
    give_resources
    give_files
    sbatch --parsable --job-name="$SLURM_JOB_NAME" --dependency="afterany:$own_id" \
        --nodes="$SLURM_JOB_NUM_NODES" ${given[@]+"${given[@]}"} \
        ${of_queue[@]+"${of_queue[@]}"} "$0" ${arguments[@]+"${arguments[@]}"}
}

go_on_later() {
    local next
    if [[ $again == requeue ]]; then
        say "the job queues again"
        if scontrol requeue "$own_id"; then
            trap - TERM
            sleep 60 # until Slurm ends this script
        fi
        say "it may not queue again here"
    fi
    next=$(submit_successor) || fail "no job follows: sbatch refuses it"
    say "a job follows: $next"
}
