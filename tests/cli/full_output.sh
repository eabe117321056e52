#!/usr/bin/env bash
# full_output.sh PROGRAM SCRATCH: where output finds no room, every command says so in one line and ends with
# status 1: a full standard output, one that is closed, a limit of file size.  Disks: disk_full.sh.
# ctest: cost 31
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

study=$source_dir/jobs/studies/smoke.toml
accepted 2 run "$smoke" --out run --quarters 8 --set run.burn_in=1 --set output.checkpoint_rule=quarters
accepted 2 study run "$study" --out study --progress none
cp -r "$source_dir/jobs/studies" "$source_dir/jobs/scenarios" .

# says WORDS WHAT...: the program's one line, and its status.
says() {
    local words=$1
    shift
    checks=$((checks + 1))
    [ "$status" -eq 1 ] || complain "$*: status $status: $(head -c 300 stderr)"
    # Remarks on the scenario come before, and are no complaint.
    [ "$(grep '^latecomer: ' stderr | grep -cv '^latecomer: note: ')" -eq 1 ] || complain "$*: not one line: $(head -c 300 stderr)"
    grep -q "^latecomer: .*$words" stderr || complain "$*: no '$words': $(head -c 300 stderr)"
}

# --- Standard output ----------------------------------------------------------------------------------

while read -ra words; do
    if [ -e /dev/full ]; then
        timeout 100 "$program" "${words[@]}" >/dev/full 2>stderr </dev/null
        status=$?
        says 'cannot write to standard output (No space left' "a full output of ${words[*]}"
    fi
    cp "$study" studies/ # as it was before it was extended
    timeout 100 "$program" "${words[@]}" >&- 2>stderr </dev/null
    status=$?
    says 'cannot write to standard output (Bad file' "a closed output of ${words[*]}"
done <<COMMANDS
--help
--version
check $smoke
describe instruments
inspect run
inspect run --json
inspect run --events
inspect run/series.h5
compare run run
run $smoke --dry-run
run $smoke --out anew --overwrite --quarters 2 --set run.burn_in=1 --progress none
study plan $study --out study
study status $study --out study --json
study status $study --out study --left
study merge $study --out study
study report $study --out study
study archive $study --out study
study extend studies/smoke.toml --replicates 5
study submit $study --site generic_slurm --out study --dry-run
COMMANDS
for full in /dev/full closed; do # it notes, too, that nothing is left to do
    [ $full != closed ] || exec 3>&1 >&-
    [ $full = closed ] || exec 3>&1 >$full
    "$program" run run/run.toml --out run --resume 2>stderr
    status=$?
    exec >&3 3>&-
    [ $status -eq 1 ] || complain "a finished run, $full: status $status"
done
for file in anew/DONE study/study.h5; do
    [ -e $file ] || complain "what could be written was not: $file"
done
[ "$(find study -name '*.tar' | wc -l)" -eq 1 ] || complain "no archive"

# Nothing of a program whose streams are closed goes into its files.
"$program" run "$smoke" --out silent --quarters 8 --set run.burn_in=1 --set output.checkpoint_rule=quarters \
    --progress plain >&- 2>&- <&-
status=$?
[ $status -eq 1 ] || complain "without streams: status $status"
accepted 1 compare run silent
for file in events.csv outcomes.csv; do
    cmp run/$file silent/$file || complain "without streams: another $file"
done

# --- A limit of file size -----------------------------------------------------------------------------

# limited KIB WORDS...: the program with a limit; what it says is in `stderr`.
limited() {
    local limit=$1
    shift
    (
        ulimit -f "$limit"
        trap - XFSZ
        exec timeout 100 "$program" "$@" 2>&1 </dev/null
    ) | cat >stderr
    status=${PIPESTATUS[0]}
}
largest=$(find run -name '*.h5' -printf '%k\n' | sort -n | tail -n 1)
for limit in 1 8 $((largest / 2)) $((largest - 8)); do
    rm -rf limited
    limited "$limit" run "$smoke" --out limited --quarters 8 --set run.burn_in=1 --set output.checkpoint_rule=quarters \
        --progress none
    says 'File too large' "a run with a limit of $limit KiB"
    [ ! -e limited/DONE ] || complain "a run with a limit of $limit KiB is done"
    if [ -e limited/run.toml ]; then
        accepted 1 run "$smoke" --out limited --quarters 8 --set run.burn_in=1 --resume --progress none
        same_end run limited || complain "after a limit of $limit KiB: another state"
    fi
done
rm -rf limited
# shellcheck disable=SC2016,SC2086 # another shell expands; the launcher is a command with flags
OMPI_MCA_btl=self,tcp timeout 100 $launch 3 bash -c 'ulimit -f 100; exec "$@"' _ "$program" run "$smoke" --out limited --quarters 8 \
    --set run.burn_in=1 --progress none >stdout 2>stderr </dev/null
status=$?
says 'File too large' "a run on 3 ranks with a limit of 100 KiB"
mkdir few
cp -r study/journal few
limited 8 study merge "$study" --out few
says 'File too large' "merge with a limit of 8 KiB"
limited 1 study run "$study" --out limited_study --progress none
says 'File too large' "a study with a limit of 1 KiB"
limited 1 study archive "$study" --out few
says 'File too large' "an archive with a limit of 1 KiB"
: >words
limited 0 check "$smoke" >>words
[ "$status" -eq 0 ] || complain "a pipe has no limit: status $status"
checks=$((checks + 1))
(
    ulimit -f 1
    exec "$program" check "$smoke" >words 2>stderr
)
status=$?
says 'cannot write to standard output (File too large' "a standard output with a limit"

finish "$checks checks"
