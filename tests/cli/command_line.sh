#!/usr/bin/env bash
# command_line.sh PROGRAM SCRATCH: the command line does what its help says, and bad use of it ends
# with status 2 and one line, on 1 and on 3 ranks.
set -uo pipefail

program=$1
scratch=$2
source_dir=${LATECOMER_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
launch=${LATECOMER_LAUNCH:-mpirun --oversubscribe -n}
smoke=$source_dir/jobs/scenarios/smoke.toml
mkdir -p "$scratch"
cd "$scratch" || exit 1
failures=0
checks=0

complain() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

# on RANKS ARGUMENT...: runs the program; results in `stdout`, `stderr`, $status.
on() {
    local ranks=$1
    shift
    # shellcheck disable=SC2086 # the launcher is a command with flags
    case $ranks in
    1) timeout 120 "$program" "$@" >stdout 2>stderr </dev/null ;;
    *) timeout 120 $launch "$ranks" "$program" "$@" >stdout 2>stderr </dev/null ;;
    esac
    status=$?
}

# accepted RANKS ARGUMENT...: must end with status 0.
accepted() {
    checks=$((checks + 1))
    on "$@"
    [ $status -eq 0 ] || complain "on $*: status $status: $(head -c 500 stderr)"
}

# refused TEXT ARGUMENT...: must end with status 2 and one line that holds TEXT, on 1 and 3 ranks.
refused() {
    local expected=$1 ranks line
    shift
    for ranks in 1 3; do
        checks=$((checks + 1))
        on $ranks "$@"
        line=$(grep '^latecomer:' stderr)
        [ $status -eq 2 ] || complain "on $ranks, $*: status $status"
        [ "$(grep -c '^latecomer:' stderr)" -eq 1 ] || complain "on $ranks, $*: $(head -c 500 stderr)"
        [ $ranks -ne 1 ] || [ "$(wc -l <stderr)" -eq 1 ] || complain "$*: $(head -c 500 stderr)"
        [[ $line == *"$expected"* ]] || complain "on $ranks, $*: expected '$expected', got '$line'"
        [ ! -s stdout ] || complain "on $ranks, $*: standard output: $(head -c 200 stdout)"
    done
}

# shows FILE TEXT: the file must hold the text.
shows() {
    grep -qF -- "$2" "$1" || complain "'$2' is not in $1: $(head -c 500 "$1")"
}

# absent PATH
absent() {
    [ ! -e "$1" ] || complain "'$1' was written"
}

# ends_in_hash: the last line on standard output is the hash, alone.
ends_in_hash() {
    [[ $(tail -n 1 stdout) =~ ^state\ hash:\ [0-9a-f]{16}$ ]] ||
        complain "the last line is '$(tail -n 1 stdout)'"
}

# --- Help and version ------------------------------------------------------------------------------

for ranks in 1 3; do
    accepted $ranks --help
    shows stdout "Usage: latecomer COMMAND"
    [ "$(grep -c Usage: stdout)" -eq 1 ] || complain "help was printed more than once"
    [ ! -s stderr ] || complain "help on standard error: $(head -c 200 stderr)"
    accepted $ranks --version
    for word in "latecomer " "commit:" "compiler:" "MPI:" "HDF5:"; do
        shows stdout "$word"
    done
done
for command in run check describe; do
    accepted 1 --help
    shows stdout "  $command "
    accepted 1 $command --help
    shows stdout "Usage: latecomer $command"
    [ "$(awk 'length > 100' stdout | wc -l)" -eq 0 ] || complain "$command --help has long lines"
done
accepted 1 run --help
for option in out seed replicate quarters set snapshot-every checkpoint-every overwrite threads \
    progress dry-run help; do
    shows stdout "--$option"
done
accepted 1 run --quarters 3 -h # help is given whatever else is asked
shows stdout "Usage: latecomer run"

# --- Bad use ---------------------------------------------------------------------------------------

refused "no command given"
refused "unknown command 'rnu'. Did you mean 'run'?" rnu
refused "unknown command 'frobnicate'. Use one of: run, branch, check, describe" frobnicate
refused "unknown option '--versoin'. Did you mean '--version'?" --versoin
refused "'latecomer run' needs an argument SCENARIO.toml" run
refused "'latecomer run' needs an argument SCENARIO.toml" run ""
refused "'latecomer check' needs an argument SCENARIO.toml" check
refused "'latecomer describe' needs an argument WHAT" describe
refused "unexpected argument 'b.toml'" run "$smoke" b.toml
refused "unknown option '--quartes'. Did you mean '--quarters'?" run "$smoke" --quartes 3
refused "unknown option '--quartes'. Did you mean '--quarters'?" run "$smoke" --quartes=3
refused "unknown option '--quart'" run "$smoke" --quart 3
refused "--resume and --overwrite contradict" run "$smoke" --resume --overwrite
refused "needs arguments RUN RUN" compare one
refused "needs --at QUARTER and --out DIR" branch runs --at 3
refused "bad value 'often' for --checkpoint-every" run "$smoke" --checkpoint-every often
refused "unknown option '-x'" run "$smoke" -x
refused "unknown option '--out'" check "$smoke" --out x
refused "--seed" run "$smoke" --seed
refused "--seed" run "$smoke" --seed 1 --seed 2
refused "bad value 'many' for --seed (must be a whole number)" run "$smoke" --seed many
refused "bad value '1.5' for --quarters" run "$smoke" --quarters 1.5
refused "bad value '99999999999999999999' for --seed" run "$smoke" --seed 99999999999999999999
refused "bad value '0' for --threads" run "$smoke" --threads 0
refused "bad value '-1' for --threads" run "$smoke" --threads -1
refused "bad value '100000' for --threads" run "$smoke" --threads 100000
refused "unknown style of --progress 'plian'. Did you mean 'plain'?" run "$smoke" --progress plian
refused "run.quarters" run "$smoke" --quarters -5
refused "output.snapshot_every" run "$smoke" --snapshot-every 5000
refused "cannot read 'none.toml'" run none.toml
refused "cannot read 'none.toml'" check none.toml
refused "learning.shair" run "$smoke" --set learning.shair=1
refused "is not KEY=VALUE" run "$smoke" --set learning
refused "Did you mean 'parameters'?" describe parameter
refused "Did you mean 'toml'?" describe parameters --format tom
absent runs

# --- Check and describe ----------------------------------------------------------------------------

for ranks in 1 3; do
    accepted $ranks check "$smoke"
    shows stdout "[learning]"
    mv stdout resolved_$ranks.toml
done
cmp resolved_1.toml resolved_3.toml || complain "check prints other text on 3 ranks"
accepted 1 check resolved_1.toml
for topic in parameters positions outputs streams; do
    accepted 1 describe $topic
    [ -s stdout ] || complain "describe $topic prints nothing"
    accepted 1 describe $topic --format json
    python3 -m json.tool stdout >json || complain "describe $topic --format json is no JSON"
done
accepted 1 describe parameters --format toml
mv stdout s.toml
accepted 1 run s.toml --quarters 2 --out from_manual
ends_in_hash
absent runs

# --- A run leaves what it should -------------------------------------------------------------------

accepted 2 run "$smoke" --quarters 5
ends_in_hash
hash=$(tail -n 1 stdout)
shows runs/smoke-1-0/DONE "$hash"
for file in run.toml series.h5 DONE; do
    [ -s runs/smoke-1-0/$file ] || complain "there is no $file"
done
absent runs/smoke-1-0/run.lock
grep -q '^country ' stdout || complain "there is no table of countries"
grep -Eq '^IND +-?[0-9.]+ +-?[0-9.]+ +[0-9.]+ +[0-4] +(no|after [0-9]+) +[0-9.]+ +0$' stdout || complain "no row of IND: $(cat stdout)"
accepted 1 run "$smoke" --seed 7 --replicate 3 --quarters 1 --set macro.demand_growth=0.01
absent runs/smoke-7-3/firms
[ -s runs/smoke-7-3/DONE ] || complain "seed and replicate do not name the folder"
shows runs/smoke-7-3/run.toml "demand_growth = 0.01"
accepted 1 run "$smoke" --quarters 3 --snapshot-every 2 --set output.snapshot_every=1 --out often
[ -s often/firms/firms_0002.h5 ] || complain "there is no snapshot of quarter 2"
absent often/firms/firms_0001.h5
absent often/firms/firms_0003.h5

for ranks in 1 3; do
    accepted $ranks run "$smoke" --quarters 0 --out zero_$ranks
    ends_in_hash
    grep -Eq '^IND +- +-?[0-9.]+ +- +[0-4] +no +- +0$' stdout || complain "zero quarters: $(cat stdout)"
    mv stdout zero_$ranks.txt
done
cmp zero_1.txt zero_3.txt || complain "zero quarters differ between ranks"

# --- Earlier runs and places where no run can be -----------------------------------------------------

cp -r runs/smoke-1-0 before
refused "runs/smoke-1-0" run "$smoke" --quarters 5
diff -r before runs/smoke-1-0 || complain "a run was changed without --overwrite"
accepted 1 run "$smoke" --quarters 4 --overwrite
cmp -s before/DONE runs/smoke-1-0/DONE && complain "--overwrite did not replace the run"
echo "a file" >in_the_way
refused "in_the_way" run "$smoke" --out in_the_way
refused "in_the_way" run "$smoke" --out in_the_way/below
refused "in_the_way" run "$smoke" --out in_the_way --overwrite
shows in_the_way "a file"
refused "/proc/none" run "$smoke" --out /proc/none
mkdir precious
echo "mine" >precious/notes.txt
refused "precious" run "$smoke" --out precious --overwrite
shows precious/notes.txt "mine"

# --- Dry runs ----------------------------------------------------------------------------------------

for ranks in 1 3; do
    accepted $ranks run "$smoke" --out dry --dry-run
    for word in "firms at the start" "memory a rank" "to be written" "estimated time"; do
        shows stdout "$word"
    done
    absent dry
done
accepted 1 run "$smoke" --out dry --dry-run --set world.firms_per_country=1000000
absent dry
refused "unknown key" run "$smoke" --out dry --dry-run --set world.firms=3

# --- Progress --------------------------------------------------------------------------------------

for style in auto bar plain; do
    accepted 2 run "$smoke" --progress $style --out progress --overwrite
    shows stderr "quarter 40 of 40 (100 %)"
    [ "$(grep -c '^quarter ' stderr)" -le 12 ] || complain "$style: too many lines in a log"
    if grep -q $'\r' stderr stdout; then
        complain "$style: carriage return in a log"
    fi
done
accepted 2 run "$smoke" --progress none --out progress --overwrite
[ ! -s stderr ] || complain "--progress none speaks: $(head -c 200 stderr)"
accepted 1 run "$smoke" --progress json --out progress --overwrite
[ -s stderr ] || complain "--progress json says nothing"
while read -r line; do
    python3 -m json.tool <<<"$line" >json || complain "no JSON: $line"
done <stderr
shows stderr '"quarter": 40'

# Nobody reads standard output any more: not a success.
if [ -e /dev/full ]; then
    checks=$((checks + 1))
    "$program" check "$smoke" >/dev/full 2>stderr
    [ $? -eq 1 ] || complain "a full standard output goes unnoticed"
    shows stderr "cannot write to standard output"
fi

echo "$checks checks, $failures failures"
[ "$failures" -eq 0 ]
