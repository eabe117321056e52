#!/usr/bin/env bash
# study_replay.sh PROGRAM SCRATCH: any run of a study comes back with all of its files and the state of its row; where
# two scenarios part can be asked; a row that lies is found out.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

study=study.toml
cp "$smoke" model.toml
cat >$study <<'END'
[study]
name = "replayed"
model = "model.toml"
quarters = 18

[scenarios]
none = {}
sovereignty = { pathway = { latecomers = "sovereignty" } }
same = {}

[design]
kind = "lhs"
n = 4

[[parameters]]
name = "learning.search_share"

[replicates]
min = 4
END

accepted 1 study run $study --out out
accepted 1 study merge $study --out out --csv

# hash_of RUN: that of its row.
hash_of() {
    awk -F, -v run="$1" '$1 == run { print $8 }' out/study.csv
}

# Five random rows, by number or key, on one rank or two.
for ((i = 0; i < 5; ++i)); do
    run=$((RANDOM % 48))
    word=$run
    [ $((i % 2)) -eq 0 ] || word=$(awk -F, -v run=$run '$1 == run { print $2 }' out/study.csv)
    accepted $((1 + i % 2)) study replay $study "$word" --study out --out "again$i"
    grep -q "^state hash: $(hash_of $run)\$" stdout || complain "run $run: $(tail -1 stdout), row $(hash_of $run)"
    grep -q 'with the state of its study' stderr || complain "run $run: $(<stderr)"
    for file in series.h5 events.csv run.toml DONE; do
        [ -e "again$i/$file" ] || complain "the replay of run $run has no $file"
    done
done
accepted 1 run again0/run.toml --out direct
accepted 1 compare again0 direct

# A run that the study has not computed can be seen all the same; the same command again changes nothing.
accepted 1 study replay $study 3 --study none --out alone
grep -q 'no result of it to compare with' stderr || complain "a run without a row: $(<stderr)"
accepted 1 study replay $study 3 --study out --out alone

# A row with another hash is found out.
mkdir -p liar/journal
/usr/bin/python3 - out/journal/*.log liar/journal/a.log <<'END' || complain "no journal was changed"
import sys, zlib

lines = open(sys.argv[1]).read().splitlines()
with open(sys.argv[2], "w") as changed:
    for line in lines:
        fields = line.split(" ")[:-1]
        if fields[:2] == ["D", "5"]:
            fields[6] = "0123456789abcdef"
        body = " ".join(fields)
        changed.write(f"{body} {zlib.crc32(body.encode()):08x}\n")
END
on 1 study replay $study 5 --study liar --out caught
[ $status -eq 1 ] || complain "a row that lies: status $status"
grep -q 'another state than in its study (state hash: [0-9a-f]*, stored state hash: 0123456789abcdef)' stderr ||
    complain "a row that lies: $(<stderr)"

# Where two scenarios part.
on 1 study diff $study none sovereignty --out out --point 1 --replicate 2
[ $status -eq 1 ] || complain "scenarios that part: status $status: $(<stderr)"
grep -q '^none and sovereignty part in quarter [0-9]*: ' stdout || complain "diff: $(<stdout)"
grep -q '^first event apart (quarter,kind,' stdout || complain "diff without an event: $(<stdout)"
accepted 1 study diff $study none same --out out
grep -q '^none and same are equal in all quarters$' stdout || complain "equal scenarios: $(<stdout)"

refused "1 3" "unknown scenario 'nome'. Did you mean 'none'?" study diff $study none nome --out fresh
refused 1 "no run has point 4 and replicate 0" study diff $study none same --point 4 --out fresh
refused 1 "no run has the key '48'" study replay $study 48 --out fresh
refused 1 "'latecomer study replay' needs STUDY.toml RUN" study replay $study
[ ! -e fresh ] || complain "a refused command wrote something"

finish "$checks checks"
