#!/usr/bin/env bash
# command_line.sh PROGRAM SCRATCH: the command line does what its help says, and bad use of it ends
# with status 2 and one line, on 1 and on 3 ranks.
# ctest: cost 100
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

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

# bad_use TEXT ARGUMENT...: refused on one rank; one case in ten on 3 ranks, too, for all of them learn of it in one way.
bad_uses=0
bad_use() {
    local all=1
    [ $((bad_uses++ % 10)) -ne 0 ] || all="1 3"
    refused "$all" "$@"
}

bad_use "no command given"
bad_use "unknown command 'rnu'. Did you mean 'run'?" rnu
bad_use "unknown command 'frobnicate'. Use one of: run, branch, check, describe" frobnicate
bad_use "unknown option '--versoin'. Did you mean '--version'?" --versoin
bad_use "'latecomer run' needs an argument SCENARIO.toml" run
bad_use "'latecomer run' needs an argument SCENARIO.toml" run ""
bad_use "'latecomer check' needs an argument SCENARIO.toml" check
bad_use "'latecomer describe' needs an argument WHAT" describe
bad_use "unexpected argument 'b.toml'" run "$smoke" b.toml
bad_use "unknown option '--quartes'. Did you mean '--quarters'?" run "$smoke" --quartes 3
bad_use "unknown option '--quartes'. Did you mean '--quarters'?" run "$smoke" --quartes=3
bad_use "unknown option '--quart'" run "$smoke" --quart 3
bad_use "--resume and --overwrite contradict" run "$smoke" --resume --overwrite
bad_use "needs arguments RUN RUN" compare one
bad_use "needs --at QUARTER and --out DIR" branch runs --at 3
bad_use "bad value 'often' for --checkpoint-every" run "$smoke" --checkpoint-every often
bad_use "unknown option '-x'" run "$smoke" -x
bad_use "unknown option '--out'" check "$smoke" --out x
bad_use "--seed" run "$smoke" --seed
bad_use "--seed" run "$smoke" --seed 1 --seed 2
bad_use "bad value 'many' for --seed (must be a whole number)" run "$smoke" --seed many
bad_use "bad value '1.5' for --quarters" run "$smoke" --quarters 1.5
bad_use "bad value '99999999999999999999' for --seed" run "$smoke" --seed 99999999999999999999
bad_use "bad value '0' for --threads" run "$smoke" --threads 0
bad_use "bad value '-1' for --threads" run "$smoke" --threads -1
bad_use "bad value '100000' for --threads" run "$smoke" --threads 100000
bad_use "unknown style of --progress 'plian'. Did you mean 'plain'?" run "$smoke" --progress plian
bad_use "run.quarters" run "$smoke" --quarters -5
bad_use "output.snapshot_every" run "$smoke" --snapshot-every 5000
bad_use "cannot read 'none.toml'" run none.toml
bad_use "cannot read 'none.toml'" check none.toml
bad_use "learning.shair" run "$smoke" --set learning.shair=1
bad_use "is not KEY=VALUE" run "$smoke" --set learning
bad_use "Did you mean 'parameters'?" describe parameter
bad_use "Did you mean 'toml'?" describe parameters --format tom
absent runs

# The environment's number of threads counts where no option does.
one_quarter=("$smoke" --quarters 2 --set run.burn_in=1 --out threads --overwrite --progress none)
for words in 99999 1025 0 -1 abc 2,x 99999999999999999999999; do
    for ranks in 1 3; do
        [ "$ranks" -eq 1 ] || [ "$words" = 99999 ] || continue
        checks=$((checks + 1))
        OMP_NUM_THREADS=$words on $ranks run "${one_quarter[@]}"
        [ $status -eq 2 ] || complain "OMP_NUM_THREADS=$words on $ranks: status $status: $(head -c 300 stderr)"
        [ "$(grep -c '^latecomer: ' stderr)" -eq 1 ] || complain "OMP_NUM_THREADS=$words: not one line: $(head -c 500 stderr)"
        shows stderr "latecomer: bad value '$words' of the environment's OMP_NUM_THREADS (must be in [1, 1024])"
        absent threads
    done
done
for words in "" 2 2,2 " 1 " "1, 99999"; do
    OMP_NUM_THREADS=$words accepted 1 run "${one_quarter[@]}"
done
OMP_NUM_THREADS=99999 accepted 1 run "${one_quarter[@]}" --threads 2
OMP_NUM_THREADS=abc accepted 1 check "$smoke"

# --- Check and describe ----------------------------------------------------------------------------

for ranks in 1 3; do
    accepted $ranks check "$smoke"
    shows stdout "[learning]"
    mv stdout resolved_$ranks.toml
done
cmp resolved_1.toml resolved_3.toml || complain "check prints other text on 3 ranks"
accepted 1 check resolved_1.toml
for topic in parameters positions outputs streams study; do
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
refused "1 3" "runs/smoke-1-0" run "$smoke" --quarters 5
diff -r before runs/smoke-1-0 || complain "a run was changed without --overwrite"
accepted 1 run "$smoke" --quarters 4 --overwrite
cmp -s before/DONE runs/smoke-1-0/DONE && complain "--overwrite did not replace the run"
echo "a file" >in_the_way
refused "1 3" "in_the_way" run "$smoke" --out in_the_way
refused "1 3" "in_the_way" run "$smoke" --out in_the_way/below
refused "1 3" "in_the_way" run "$smoke" --out in_the_way --overwrite
shows in_the_way "a file"
refused "1 3" "/proc/none" run "$smoke" --out /proc/none
mkdir precious
echo "mine" >precious/notes.txt
refused "1 3" "precious" run "$smoke" --out precious --overwrite
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
refused "1 3" "unknown key" run "$smoke" --out dry --dry-run --set world.firms=3
refused "1 3" "in_the_way" run "$smoke" --out in_the_way/below --dry-run
refused "1 3" "precious" run "$smoke" --out precious --dry-run
accepted 1 run "$smoke" --out runs/smoke-1-0 --dry-run
accepted 1 run "$smoke" --out runs/smoke-1-0 --dry-run --resume --quarters 4
refused "1 3" "cannot resume 'runs/smoke-1-0'" run "$smoke" --out runs/smoke-1-0 --dry-run --resume --quarters 6

# --- Progress --------------------------------------------------------------------------------------

for style in auto bar plain; do
    accepted 2 run "$smoke" --progress $style --out progress --overwrite
    shows stderr "quarter 40 of 40 (100 %)"
    [ "$(grep -c '^quarter ' stderr)" -le 12 ] || complain "$style: too many lines in a log"
    if grep -q $'\r' stderr stdout; then
        complain "$style: carriage return in a log"
    fi
done
accepted 2 run "$smoke" --progress none --out progress --overwrite --set world.least_firms=1 # nothing to remark on
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

finish "$checks checks"
