#!/usr/bin/env bash
# side_by_side.sh PROGRAM SCRATCH: programs that are started alone in the same moments, with one TMPDIR, do not
# disturb each other: all end well, nothing is said on standard error, and nothing stays behind.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
export program
TMPDIR=$PWD/tmp
export TMPDIR
mkdir -p tmp runs

# side_by_side NAME COUNT COMMAND: COUNT times the command of bash, with its number as $1, in 8 workers.
side_by_side() {
    local name=$1 count=$2 command=$3 failed
    checks=$((checks + count))
    seq "$count" | xargs -P 8 -I '{}' bash -c "$command >/dev/null 2>$name.{}.stderr </dev/null || echo {}" \
        side_by_side '{}' >"$name.failed"
    failed=$(wc -l <"$name.failed")
    [ "$failed" -eq 0 ] || complain "$name: $failed of $count failed: $(cat "$name".*.stderr | head -c 500)"
    cat "$name".*.stderr >"$name.stderr"
    [ ! -s "$name.stderr" ] || complain "$name: on standard error: $(head -c 500 "$name.stderr")"
}

# shellcheck disable=SC2016 # $program and $1 are for the shells that are started
side_by_side starts 24 '"$program" --version'

cat >run.toml <<'TOML'
[run]
quarters = 4
burn_in = 1
[world]
countries = ["IND", "USA"]
firms_per_country = 20
[output]
snapshot_every = 1
TOML
# shellcheck disable=SC2016
side_by_side runs 12 '"$program" run run.toml --replicate "$1" --out runs/"$1" --progress none'
[ "$(find runs -name DONE | wc -l)" -eq 12 ] || complain "not all runs are done"
[ -z "$(ls tmp)" ] || complain "left in TMPDIR: $(find tmp | head -n 5)"

# A program that no launcher has started begins no MPI, so it needs no temporary files either.
for nowhere in "$PWD/none" "$PWD/run.toml"; do
    checks=$((checks + 1))
    TMPDIR=$nowhere "$program" run run.toml --overwrite --out runs/nowhere --progress none >/dev/null 2>stderr ||
        complain "TMPDIR=$nowhere: status $?"
    [ ! -s stderr ] || complain "TMPDIR=$nowhere: $(head -c 300 stderr)"
done
finish "$checks checks"
