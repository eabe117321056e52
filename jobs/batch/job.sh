# shellcheck shell=bash
# What the job scripts of all schedulers share.  They read this file; `latecomer study submit` writes it
# into the script instead.  A script sets
#
#   program, launcher (a list), threads, modules (a list)
#   study, folder, part          of a study; part: I/N, or empty
#   margin                       seconds before the end of the job at which the program stops
#   again                        requeue, successor or no: how it goes on when work is left
#
# and has, from slurm.sh or pbs.sh, seconds_left and go_on_later.
# shellcheck disable=SC2154 # set there

say() { printf '== %s  %s\n' "$(date '+%F %T')" "$*"; }

step=
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
    module load "${modules[@]}"
    set -u
}

# run_forwarding COMMAND...: runs it, with --time-left where the end of the job is known.  The shell
# forwards the warning and waits on; "wait" ends early when a signal arrives.
run_forwarding() {
    local seconds status=0 limit=()
    if seconds=$(seconds_left); then
        seconds=$((seconds > 2 * margin ? seconds - margin : seconds / 2)) # short jobs, too, get somewhere
        limit=(--time-left "$(printf '%02d:%02d:%02d' $((seconds / 3600)) $((seconds / 60 % 60)) $((seconds % 60)))")
    fi
    export OMP_NUM_THREADS=$threads OMP_PLACES=cores OMP_PROC_BIND=close
    "${launcher[@]}" "$@" ${limit[@]+"${limit[@]}"} &
    step=$!
    [[ $warned == no ]] || warn
    while kill -0 "$step" 2>/dev/null; do
        status=0
        wait "$step" || status=$?
    done
    step=
    say "the launcher ended with status $status, which decides nothing"
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

# ask_study: how many runs another job would compute, in $left; $verdict: 0 none, 85 some, 3 none, since
# too many have failed, 4 none, since the budget is spent.  Anything else ends the script, but for a crash on the way, which is no answer.
ask_study() {
    local attempt
    for attempt in 1 2 3; do
        verdict=0
        left=$("$program" study status "$study" --left "${of_study[@]}") || verdict=$?
        ((verdict > 128)) || break
        say "no answer to question $attempt about the study"
    done
    case $verdict in
        0 | 3 | 4 | 85) ;;
        *)
            say "the study cannot be asked (status $verdict)"
            exit "$verdict"
            ;;
    esac
}

# A job of a study, from its first line to its last.
study_job() {
    local before
    of_study=(--out "$folder")
    [[ -z $part ]] || of_study+=(--static "$part")
    load_modules
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
    fi
    exit "$verdict"
}

# newest_checkpoint: how far a run has come.
newest_checkpoint() {
    find "$folder/checkpoints" -name 'ckpt_*.h5' 2>/dev/null | sort | tail -n 1 || true
}

# run_job OPTIONS...: a job of one run of the scenario $scenario.
run_job() {
    local before go_on_options=()
    load_modules
    if [[ -e $folder/run.toml ]]; then
        go_on_options=(--resume)
    fi
    before=$(newest_checkpoint)
    if [[ ! -e $folder/DONE ]]; then
        run_forwarding "$program" run "$scenario" --out "$folder" --threads "$threads" \
            --progress plain ${go_on_options[@]+"${go_on_options[@]}"} "$@"
    fi
    if [[ -e $folder/DONE ]]; then
        say "the run in $folder is complete"
        exit 0
    fi
    if [[ -e $folder/run.toml ]]; then # else it has not begun, and will not
        go_on "$before" "$(newest_checkpoint)"
    fi
    exit 85
}
