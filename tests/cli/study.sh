#!/usr/bin/env bash
# study.sh PROGRAM SCRATCH: a study has one result, however it is run, stopped, killed or cut into parts;
# runs that go wrong end in one row each.
# ctest: cost 100
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

kills=5
lives=0
study=study.toml
cp "$smoke" model.toml
cat >$study <<'END'
[study]
name = "tested"
model = "model.toml"
seed = 7

[scenarios]
none = {}
sovereignty = { pathway = { latecomers = "sovereignty" }, "trade.barrier" = 0.2 }

[design]
kind = "lhs"
n = 5

[[parameters]]
name = "learning.search_share"

[replicates]
min = 6
END

# merged DIR: merges and compares with the first result.
merged() {
    accepted 1 study merge $study --out "$1"
    cmp "$1/study.h5" whole/study.h5 >/dev/null || complain "$1: another result than that of one rank"
}

# complete DIR: every run is done, once.
complete() {
    accepted 1 study status $study --out "$1"
    grep -q '60 of 60 runs are final: done 60, failed 0, timed out 0, quarantined 0' stdout ||
        complain "$1: $(head -c 300 stdout)"
}

accepted 1 study plan $study
grep -q '2 scenarios x 5 points (lhs, 1 parameters) x 6 replicates = 60 runs' stdout ||
    complain "the plan: $(<stdout)"
[ ! -e studies ] || complain "a plan wrote something"

# One result, whatever the geometry.
accepted 1 study run $study --out whole
accepted 1 study merge $study --out whole
complete whole
accepted 1 inspect whole/study.h5
grep -q 'study.h5  study  .*  whole$' stdout || complain "inspect: $(head -n 1 stdout)"
python3 -c 'import sys; bytes = bytearray(open(sys.argv[1], "rb").read()); bytes[5000] ^= 1; open("flipped.h5", "wb").write(bytes)' whole/study.h5
on 1 inspect flipped.h5
[ $status -eq 2 ] && grep -q 'does not agree with its checksum' stderr || complain "a flipped byte: $(<stderr)"
for ranks in 2 3 4 7; do
    accepted $ranks study run $study --out "on$ranks"
    merged "on$ranks"
done
accepted 1 study run $study --out threads --threads 2
merged threads
sed 's/^\[replicates\]/[run]\nranks_per_task = 2\nthreads = 2\n&/' $study >wide.toml
for ranks in 2 5 6; do
    accepted $ranks study run wide.toml --out "wide$ranks"
    merged "wide$ranks"
done
for part in 2 3 1; do
    on 1 study run $study --out parts --static $part/3
    [ $status -eq 0 ] || complain "part $part: status $status"
done
merged parts
accepted 2 study run $study --out parts # nothing is left
merged parts
[ "$(sort -u parts/journal/*.log | grep -c '^D')" -eq 60 ] || complain "a run was done twice"

# journals DIR: how many there are.
journals() { find "$1/journal" -name '*.log' 2>/dev/null | wc -l; }

# Killed at any time, with all ranks, and resumed on others.
for ((kill = 1; kill <= kills; ++kill)); do
    # shellcheck disable=SC2086
    $launch $((2 + kill % 3)) "$program" study run $study --out killed >/dev/null 2>&1 </dev/null &
    pid=$!
    for ((wait = 0; wait < 200; ++wait)); do
        [ "$(journals killed)" -gt $((lives)) ] && break
        sleep 0.02
    done
    sleep "0.$((RANDOM % 8))"
    pkill -KILL -f "^$program study run $study --out killed"
    wait $pid 2>/dev/null
    lives=$(journals killed)
done
[ "$(cat killed/journal/*.log | grep -c '^D')" -le 60 ] || complain "killed: a run was done twice"
on 3 study run $study --out killed
[ $status -eq 0 ] || complain "after $kills kills: status $status: $(head -c 300 stderr)"
merged killed

# Told to stop, and out of time.
cat >slow.toml <<END
$(cat $study)
[budget]
task_timeout = "100s"
END
sed -i 's/^seed = 7/&\nquarters = 400/' slow.toml
on 1 study run slow.toml --out slow
on 1 study merge slow.toml --out slow
for ranks in 1 3; do
    # shellcheck disable=SC2086
    case $ranks in
    1) "$program" study run slow.toml --out "drained$ranks" >stdout 2>stderr </dev/null & ;;
    *) $launch $ranks "$program" study run slow.toml --out "drained$ranks" >stdout 2>stderr </dev/null & ;;
    esac
    pid=$!
    for ((wait = 0; wait < 3000; ++wait)); do # it listens to signals before it opens a journal
        [ -z "$(ls "drained$ranks/journal" 2>/dev/null)" ] || break
        sleep 0.02
    done
    sleep "0.$((RANDOM % 10))"
    kill -USR1 $pid
    wait $pid
    status=$?
    [ $status -eq 85 ] || complain "drained on $ranks: status $status: $(head -c 300 stderr)"
    grep -q 'runs are left.*; the same command goes on' stderr || complain "drained on $ranks: $(<stderr)"
    accepted $((4 - ranks)) study run slow.toml --out "drained$ranks"
    accepted 1 study merge slow.toml --out "drained$ranks"
    cmp "drained$ranks/study.h5" slow/study.h5 >/dev/null || complain "drained on $ranks: another result"
done
on 2 study run slow.toml --out late --time-left 00:00:01
[ $status -eq 85 ] || complain "out of time: status $status"

# Poisoned runs end in one row each, with a reason; all others are done.
sed 's/^\[replicates\]/[run]\nmax_failed_share = 0.5\n[budget]\ntask_timeout = "1s"\n&/' $study >poison.toml
export LATECOMER_POISON="crash:11 throw:22 hang:33 identity:44"
for attempt in 1 2 3; do
    on 3 study run poison.toml --out poison
    [ $status -ne 0 ] || break
done
[ $status -eq 0 ] || complain "poisoned, attempt $attempt: status $status: $(head -c 300 stderr)"
accepted 1 study status poison.toml --out poison
grep -q '60 of 60 runs are final: done 56, failed 2, timed out 1, quarantined 1' stdout ||
    complain "poisoned: $(<stdout)"
for words in '^run 11 .*quarantined: SIGSEGV' '^run 22 .*failed: .*poisoned by a test' \
    '^run 33 .*timed out: hangs' '^run 44 .*failed: .*quarter [0-9]*: the identity of shares (A1) is broken'; do
    grep -q "$words" stdout || complain "no line '$words' in: $(<stdout)"
done
for kind in X T; do
    [ "$(cat poison/journal/*.log | grep -c "^$kind")" -eq 1 ] || complain "not one record of kind $kind"
done
sed 's/0\.5/0.01/' poison.toml >strict.toml
on 3 study run strict.toml --out strict
while [ $status -eq 139 ] || [ $status -eq 1 ]; do
    on 3 study run strict.toml --out strict
done
[ $status -eq 3 ] || complain "too many failures: status $status"
unset LATECOMER_POISON

# A run may be asked about, and bad input changes nothing.
accepted 1 study status $study --out whole --why 17
grep -q '^run 17: scenario sovereignty, point 3, replicate 1, key [0-9a-f]\{32\}$' stdout ||
    complain "why: $(<stdout)"
refused "1 3" "unknown action 'rum'" study rum $study
refused "1 3" "no run has the key 'abc'" study status $study --out whole --why abc
refused "1 3" "nothing to merge in 'nothing'" study merge $study --out nothing
refused "1 3" "bad value '4/3' for --static" study run $study --static 4/3
refused "1 3" "none.toml" study plan none.toml
[ ! -e nothing ] || complain "a merge of nothing wrote something"
[ ! -e studies ] || complain "a refused command wrote something"

finish "$kills kills, $checks checks"
