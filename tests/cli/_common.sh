# shellcheck shell=bash
# For the scripts beside, which are called as NAME.sh PROGRAM SCRATCH and source this first: where things
# lie, how the program is called, what a failure is.  They go on in SCRATCH and end with `finish`.
set -uo pipefail

program=$1
scratch=$2
source_dir=${LATECOMER_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
launch=${LATECOMER_LAUNCH:-mpirun --oversubscribe -n}
# shellcheck disable=SC2034 # for those who read this
smoke=$source_dir/jobs/scenarios/smoke.toml
mkdir -p "$scratch"
cd "$scratch" || exit 1
failures=0
checks=0

complain() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

# finish [WORDS]: the last line of a script; its status is that of the script.
finish() {
    echo "${1:+$1; }$failures failures"
    [ "$failures" -eq 0 ]
}

# same_end A B: whether two runs ended in the same state after as many quarters.  What DONE says of files
# differs with ranks and command lines, which HDF5 files tell.
same_end() {
    [ -s "$1/DONE" ] && [ "$(head -n 2 "$1/DONE")" = "$(head -n 2 "$2/DONE")" ]
}

# started RANKS ARGUMENT...: the program; one rank needs no launcher.
started() {
    local ranks=$1
    shift
    # shellcheck disable=SC2086 # the launcher is a command with flags
    case $ranks in
    1) timeout 300 "$program" "$@" </dev/null ;;
    *) timeout 300 $launch "$ranks" "$program" "$@" </dev/null ;;
    esac
}

# on RANKS ARGUMENT...: runs the program; results in `stdout`, `stderr`, $status.
on() {
    started "$@" >stdout 2>stderr
    status=$?
}

# accepted RANKS ARGUMENT...: must end with status 0.
accepted() {
    checks=$((checks + 1))
    on "$@"
    [ $status -eq 0 ] || complain "on $*: status $status: $(head -c 500 stderr)"
}

# refused "RANKS..." TEXT ARGUMENT...: must end with status 2, one line that holds TEXT and no output, on
# each number of ranks.  (A launcher adds its own words about the status to the standard error.)
refused() {
    local all=$1 expected=$2 ranks
    shift 2
    for ranks in $all; do
        checks=$((checks + 1))
        on "$ranks" "$@"
        grep -a '^latecomer:' stderr >ours
        [ $status -eq 2 ] || complain "on $ranks, $*: status $status"
        [ "$(wc -l <ours)" -eq 1 ] || complain "on $ranks, $*: not one line: $(head -c 500 stderr)"
        [ "$ranks" -ne 1 ] || [ "$(wc -l <stderr)" -eq 1 ] || complain "$*: $(head -c 500 stderr)"
        grep -qF -- "$expected" ours || complain "on $ranks, $*: expected '$expected', got '$(<ours)'"
        [ ! -s stdout ] || complain "on $ranks, $*: wrote '$(head -c 200 stdout | tr -d '\0')'"
    done
}
