# shellcheck shell=bash
# What the job scripts of all schedulers share.  They read this file; `latecomer study submit` writes it
# into the script instead.  A script sets
#
#   program, launcher (a list), threads, modules (a list)
#   study, folder, part          of a study; part: I/N, or empty
#   margin                       seconds before the end of the job at which the program stops
#   again                        requeue, successor or no: how it goes on when work is left
#
# and has, from slurm.sh or pbs.sh, seconds_left and go_on_later.  It ends with status 0 when all is done, 2
# after bad input, 85 when work is left for another job, 1 when something fails, and in a study with 3 or 4 as
# the program does.
# shellcheck disable=SC2154 # set there

if [[ ${0##*/} == job.sh ]]; then # called by itself
    words="usage: none by itself: job scripts read it; call one of jobs/slurm, jobs/pbs or jobs/batch/workstation.sh"
    [[ " $* " != *" --help "* && " $* " != *" -h "* ]] || { printf '%s\n' "$words" "It holds what the job scripts of all schedulers share. Exit status: 0 for this, 2 else." && exit 0; }
    echo "$words" >&2
    exit 2
fi

say() { printf '== %s  %s\n' "$(date '+%F %T')" "$*"; }

# refuse WORDS: ends after bad input.
refuse() {
    printf 'latecomer job: %s\n' "$*" >&2
    exit 2
}

# fail WORDS: ends because something could not be done.
fail() {
    printf 'latecomer job: %s\n' "$*" >&2
    exit 1
}

step=
launched=0
warned=no
warn() {
    warned=yes
    if [[ -n $step ]]; then
        kill -USR1 "$step" 2>/dev/null || true
    fi
}
trap warn USR1
# Whoever ends the job does not want it to go on.
trap 'again=no; warn' TERM

# "1-02:03:04", "02:03:04" or "03:04" in seconds; nothing, and status 1, for other words.
seconds_of() {
    local days=0 clock=$1 field total=0
    [[ $clock =~ ^([0-9]+-)?[0-9]+(:[0-9]+){0,2}$ ]] || return 1
    if [[ $clock == *-* ]]; then
        days=${clock%%-*}
        clock=${clock#*-}
    fi
    for field in ${clock//:/ }; do
        total=$((total * 60 + 10#$field))
    done
    echo $((10#$days * 86400 + total))
}

load_modules() {
    ((${#modules[@]} > 0)) || return 0
    local init
    set +u # the scripts of module systems read what is not set
    for init in /etc/profile.d/lmod.sh /etc/profile.d/modules.sh "${MODULESHOME:-}/init/bash"; do
        if ! type module >/dev/null 2>&1 && [[ -r $init ]]; then
            # shellcheck disable=SC1090 # which it is depends on the machine
            . "$init"
        fi
    done
    module load "${modules[@]}" || fail "the modules cannot be loaded: ${modules[*]}"
    set -u
}

# prepare NAME: what a job needs before it asks the program for anything.  A path in the variable NAME that
# begins like an option is no option.
prepare() {
    [[ ${!1} != -* ]] || printf -v "$1" './%s' "${!1}"
    [[ $folder != -* ]] || folder=./$folder
    load_modules
    type -- "${launcher[0]:-env}" >/dev/null 2>&1 || fail "there is no launcher '${launcher[0]}' here"
}

# seconds_to_work: until the program is to stop; status 1 where the end of the job is not known.
seconds_to_work() {
    local seconds
    seconds=$(seconds_left) || return 1
    echo $((seconds > 2 * margin ? seconds - margin : seconds / 2)) # short jobs, too, get somewhere
}

# forwarding COMMAND...: its status in $ended.  The shell forwards the warning and waits on; "wait" ends early when a
# signal arrives.
forwarding() {
    "$@" &
    step=$!
    [[ $warned == no ]] || warn
    while kill -0 "$step" 2>/dev/null; do
        wait "$step" || true
    done
    ended=0
    wait "$step" || ended=$? # the shell remembers it
    step=
}

# run_forwarding COMMAND...: runs it, with --time-left where the end of the job is known.  The launcher's status,
# $launched, only tells a job that failed from one that had no time, where neither got anywhere.
run_forwarding() {
    local seconds limit=()
    if seconds=$(seconds_to_work); then
        limit=(--time-left "$(printf '%02d:%02d:%02d' $((seconds / 3600)) $((seconds / 60 % 60)) $((seconds % 60)))")
    fi
    export OMP_NUM_THREADS=$threads OMP_PLACES=cores OMP_PROC_BIND=close
    forwarding "${launcher[@]}" "$@" ${limit[@]+"${limit[@]}"}
    launched=$ended
    say "the launcher ended with status $launched"
}

# check_launch BEFORE AFTER: work that is left is a failure where the launcher failed and nothing was computed.
check_launch() {
    if [[ $1 == "$2" && $warned == no && $launched != 0 && $launched != 85 ]]; then
        fail "the launcher failed, and nothing was computed"
    fi
}

# go_on BEFORE AFTER: the job continues later if it got anywhere, or for the third time did not.  Losing a
# node at once is no reason to give up; a job that never gets anywhere is.  After a step that died, Slurm may
# fail to start one of the same number: a job that got nowhere is followed by a new one, with new numbers.
go_on() {
    local count=0 stalls=$folder/jobs/stalled${part:+-${part//\//-of-}}
    if [[ $again == no ]]; then
        return 0
    fi
    mkdir -p "$folder/jobs"
    if [[ $1 != "$2" ]]; then
        rm -f "$stalls"
        go_on_later
        return 0
    fi
    [[ ! -r $stalls ]] || count=$(<"$stalls")
    count=$((count + 1))
    if ((count >= 3)); then
        rm -f "$stalls"
        say "$count jobs one after the other got nowhere: this one does not continue"
        return 0
    fi
    echo "$count" >"$stalls"
    again=successor
    go_on_later
}

# ask WORDS...: puts a question to the program.  A crash on the way is no answer.  The output is in $answer, the
# status in $verdict.
ask() {
    local attempt
    for attempt in 1 2 3; do
        verdict=0
        answer=$("$program" "$@") || verdict=$?
        ((verdict > 128)) || break
        say "no answer to question $attempt"
    done
}

# ask_study: how many runs another job would compute, in $left; $verdict: 0 none, 85 some, 3 none, since
# too many have failed, 4 none, since the budget is spent.  Anything else ends the script.
ask_study() {
    ask study status "$study" --left "${of_study[@]}"
    left=$answer
    case $verdict in
        0 | 3 | 4 | 85) ;;
        2) exit 2 ;; # the program has said why
        *) fail "the study cannot be asked (status $verdict)" ;;
    esac
}

# A job of a study, from its first line to its last.
study_job() {
    local before
    prepare study
    of_study=(--out "$folder")
    [[ -z $part ]] || of_study+=(--static "$part")
    ask_study
    say "study $study${part:+, part $part}: $left runs left"
    before=$left
    if ((left > 0)); then
        run_forwarding "$program" study run "$study" "${of_study[@]}" --threads "$threads"
        ask_study
        say "$left runs left"
    fi
    if ((left > 0)); then
        go_on "$before" "$left"
        check_launch "$before" "$left"
    fi
    exit "$verdict"
}

# newest_checkpoint: how far a run has come.
newest_checkpoint() {
    find "$folder/checkpoints" -name 'ckpt_*.h5' 2>/dev/null | sort | tail -n 1 || true
}

# run_job OPTIONS...: a job of one run of the scenario $scenario.
run_job() {
    local before after of_run
    prepare scenario
    of_run=("$scenario" --out "$folder" --threads "$threads" --progress plain)
    if [[ -e $folder/run.toml ]]; then
        of_run+=(--resume)
    fi
    of_run+=("$@")
    before=$(newest_checkpoint)
    if [[ ! -e $folder/DONE ]]; then
        ask run "${of_run[@]}" --dry-run
        case $verdict in
            0) ;;
            2) exit 2 ;; # the program has said why
            *) fail "the run cannot begin (status $verdict)" ;;
        esac
        run_forwarding "$program" run "${of_run[@]}"
    fi
    if [[ -e $folder/DONE ]]; then
        say "the run in $folder is complete"
        exit 0
    fi
    [[ -e $folder/run.toml ]] || fail "the run has not begun"
    after=$(newest_checkpoint)
    go_on "$before" "$after"
    check_launch "$before" "$after"
    exit 85
}
