# shellcheck shell=bash
# A job of a calibration, for scripts that have read job.sh: analysis/calibrate judges the runs of a study and adds
# points to its file, `latecomer study run` computes them, in turns.  Besides what a study needs, a script sets
#
#   targets                      the file of targets, or nothing: targets.toml beside the study's file
#
# It ends with the statuses of a study; 0: the ensemble is written.
# shellcheck disable=SC2154 # set there

if [[ ${0##*/} == calibrate.sh ]]; then # called by itself
    words="usage: none by itself: job scripts read it; call one of jobs/slurm, jobs/pbs or jobs/batch/workstation.sh"
    [[ " $* " != *" --help "* && " $* " != *" -h "* ]] || { printf '%s\n' "$words" "It holds the turns of a calibration. Exit status: 0 for this, 2 else." && exit 0; }
    echo "$words" >&2
    exit 2
fi

# find_judge: what judges, in $judge: on the first node alone, with one thread for each process.
find_judge() {
    local jobs=${LATECOMER_JOBS:-jobs} analysis
    analysis=$jobs/../analysis
    [[ -e $analysis/calibrate ]] || analysis=$jobs/analysis # where it is installed
    if [[ ! -x $analysis/calibrate ]]; then
        refuse "there is no 'analysis/calibrate' in or beside '$jobs'; name that folder: LATECOMER_JOBS=..."
    fi
    [[ $targets != -* ]] || targets=./$targets
    judge=(env OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 ${LATECOMER_PYTHON:+"$LATECOMER_PYTHON" -E} "$analysis/calibrate" "$study" --folder "$folder"
        --program "$program" ${targets:+--targets "$targets"})
}

# judge: $verdict is 0 when the ensemble is written, 85 when runs are to be computed; status 1 where there was no time.
# What it takes is noted for other jobs.  It has nothing to lose when it is ended.
judge() {
    local seconds=0 took=0 note=$folder/jobs/seconds_to_judge begun=$SECONDS
    [[ ! -r $note ]] || took=$(<"$note")
    if seconds=$(seconds_to_work) && ((seconds <= took)); then
        say "another job judges: that took $took s, and $seconds s are left"
        return 1
    fi
    forwarding timeout -s USR1 "${seconds:-0}" "${judge[@]}"
    verdict=$ended
    [[ $verdict != 2 ]] || exit 2 # it has said why
    if [[ $verdict != 0 && $verdict != 85 ]]; then
        # A warning may hide the true status from "wait".
        [[ $verdict == 124 || $warned == yes ]] || fail "the runs cannot be judged (status $verdict)"
        say "judging was ended after $((SECONDS - begun)) s: another job judges"
        ((SECONDS - begun > took)) || return 1
    fi
    if ((left == 0)); then
        mkdir -p "$folder/jobs"
        echo $((SECONDS - begun)) >"$note"
    fi
    [[ $verdict == 0 || $verdict == 85 ]]
}

# ask_runs: how many runs are to be computed, in $left.  Where `study run` gives up, so does the calibration.
ask_runs() {
    ask_study
    [[ $verdict == 0 || $verdict == 85 ]] || exit "$verdict"
}

# calibrate_job: from its first line to its last.  Input is judged before anything is run.
calibrate_job() {
    local before after
    prepare study
    of_study=(--out "$folder")
    find_judge
    ask_runs
    before="$left $(cksum <"$study")"
    while [[ $warned == no ]]; do
        if ((left == 0)) || [[ ! -d $folder/journal ]]; then
            judge || break
            if ((verdict == 0)); then
                exit 0
            fi
            ask_runs
            ((left > 0)) || fail "no run is left, and none was added; see 'latecomer study status $study'"
            [[ $warned == no ]] || break
        fi
        say "study $study: $left runs left"
        run_forwarding "$program" study run "$study" "${of_study[@]}" --threads "$threads"
        ask_runs
        say "$left runs left"
        ((left == 0)) || break
    done
    after="$left $(cksum <"$study")"
    go_on "$before" "$after"
    check_launch "$before" "$after"
    exit 85
}
