#!/usr/bin/env bash
# bad_input.sh PROGRAM SCRATCH: bad input ends with status 2 and one line that says what to do, and nothing is
# written.
# ctest: cost 80
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
cases=$source_dir/tests/cli/bad_input
cases_begun=0
at_once=4  # cases wait for their launcher most of the time
under_way=0
launchers=$(mktemp -d)
trap 'rm -rf "$launchers"' EXIT
: >complaints

# complain_of NAME RANKS WHY: one line for the log of the test.
complain_of() {
    echo "FAILED: $1 on $2 ranks: $3" >>complaints
}

# check_refused CASE RANKS NAME TEXT ARGUMENT...: CASE is a number, for the names of files.
check_refused() {
    local case=$1 ranks=$2 name=$3 expected=$4 status line lines
    shift 4
    # Launchers of Open MPI that begin in the same moment must not share their folder; the program need not.
    local own=$TMPDIR
    [ "$ranks" -eq 1 ] || { own=$launchers/$case && mkdir -p "$own"; }
    TMPDIR=$own started "$ranks" run "$@" --out "$case.out" >"$case.stdout" 2>"$case.stderr"
    status=$?
    # A launcher adds its own words about the status to the standard error.
    grep -a '^latecomer:' "$case.stderr" >"$case.ours"
    line=$(<"$case.ours")
    [ "$status" -eq 2 ] || complain_of "$name" "$ranks" "status $status"
    mapfile -t lines <"$case.ours"
    [ ${#lines[@]} -eq 1 ] || complain_of "$name" "$ranks" "not one line: $line"
    mapfile -t lines <"$case.stderr"
    [ "$ranks" -ne 1 ] || [ ${#lines[@]} -eq 1 ] ||
        complain_of "$name" "$ranks" "more than one line: $(head -c 500 "$case.stderr")"
    [[ $line == "latecomer: "*"$expected"* ]] ||
        complain_of "$name" "$ranks" "expected '$expected', got '$line'"
    [ ! -e "$case.out" ] || complain_of "$name" "$ranks" "the output folder was created"
    [ ! -s "$case.stdout" ] || complain_of "$name" "$ranks" "wrote: $(head -c 200 "$case.stdout")"
}

# bad NAME TEXT ARGUMENT...: `latecomer run ARGUMENT... --out DIR` must fail with TEXT; one case in twenty on 3 ranks,
# too, for all of them learn of it in one way.
bad() {
    local ranks all="1"
    cases_begun=$((cases_begun + 1))
    [ $((cases_begun % 20)) -ne 1 ] || all="1 3"
    for ranks in $all; do
        checks=$((checks + 1))
        if [ $under_way -eq $at_once ]; then
            wait -n
            under_way=$((under_way - 1))
        fi
        check_refused "case_$checks" "$ranks" "$@" &
        under_way=$((under_way + 1))
    done
}

# good NAME ARGUMENT...: the same must pass, so far as a run can without running.
good() {
    local name=$1
    shift
    checks=$((checks + 1))
    timeout 100 "$program" run "$@" --out accepted.out --dry-run >accepted 2>&1 ||
        complain_of "$name" 1 "refused: $(head -c 500 accepted)"
}

# One file a case; the first line says what the message must hold.
for file in "$cases"/*.toml; do
    expected=$(head -n 1 "$file")
    bad "$(basename "$file")" "${expected#\# expect: }" "$file"
done

# Files that cannot be read.
mkdir folder
bad "missing file" "cannot read 'absent.toml' (No such file or directory)" absent.toml
bad "folder" "cannot read 'folder' (Is a directory)" folder
bad "below a file" "(Not a directory)" "$cases/not_a_number.toml/x.toml"

# Includes.
printf 'include = "b.toml"\n' >a.toml
printf '\ninclude = ["c.toml"]\n' >b.toml
printf 'include = "./folder/../a.toml"\n' >c.toml
bad "cycle of includes" "c.toml:1:11: files include each other (a.toml -> b.toml -> c.toml -> a.toml)" a.toml
printf '[run]\nseed = 1\n' >deep_0.toml
for level in $(seq 1 16); do
    printf 'include = "deep_%d.toml"\n' $((level - 1)) >"deep_$level.toml"
done
bad "includes too deep" "includes are more than 16 levels deep" deep_16.toml
good "includes just deep enough" deep_15.toml
printf 'include = "folder"\n' >into_folder.toml
bad "included folder" "into_folder.toml:1:11: cannot read 'folder' (Is a directory)" into_folder.toml
printf '[run]\nquarters = -3\n' >inner.toml
printf 'include = "inner.toml"\n' >outer.toml
bad "mistake in an included file" "inner.toml:2:12: bad value -3 for 'run.quarters'" outer.toml

# Bytes that are no text.
printf '[run]\nseed = 1 # \xff\xfe\n' >latin.toml
bad "not UTF-8" "latin.toml:2:" latin.toml
printf '[run]\nseed = 1\0\n' >zero.toml
bad "zero byte" "zero.toml:2:" zero.toml
printf 'a\nb = "\x1b[2J"\n' >control.toml
bad "control characters" "control.toml:1:" control.toml
head -c 10000000 /dev/zero | tr '\0' '{' >garbage.toml
bad "10 MB of garbage" "garbage.toml:1:1: this is not TOML" garbage.toml
{ printf 'x = ' && head -c 1000000 /dev/zero | tr '\0' '['; } >nested.toml
bad "a million brackets" "nested.toml:1:" nested.toml
: >empty.toml
good "empty file" empty.toml

# Settings of the command line.
bad "setting without value" "--set learning.search_share: this is not KEY=VALUE" empty.toml \
    --set learning.search_share
bad "setting without key" "--set =3: this is not KEY=VALUE" empty.toml --set =3
bad "setting of an unknown key" "--set learning.shair=3: unknown key 'learning.shair'." empty.toml \
    --set learning.shair=3
bad "setting of a text" "bad value \"abc\" for 'learning.search_share' (must be a number in [0, 1])" \
    empty.toml --set learning.search_share=abc
bad "setting out of range" "--set learning.search_share=2: bad value 2" empty.toml \
    --set learning.search_share=2
bad "setting of a section" "bad value 3 for 'learning' (it is a section" empty.toml --set learning=3
bad "setting of no number" "--set trade.habit=nan: bad value nan for 'trade.habit'" empty.toml \
    --set trade.habit=nan
bad "setting of infinity" "--set finance.entrant_cash=inf: bad value inf" empty.toml \
    --set finance.entrant_cash=inf
bad "setting that does not fit" "--set selection.mark_up_low=2: selection.mark_up_low = 2" empty.toml \
    --set selection.mark_up_low=2
bad "setting of an unknown economy" "--set world.countries=IDX: unknown economy 'IDX'" empty.toml \
    --set world.countries=IDX
bad "setting of an unknown choice" "Did you mean 'synthetic'?" empty.toml --set world.initial=syntetic
bad "setting of include" "'include' works in files only" empty.toml --set 'include="smoke.toml"'
bad "setting of two lines" "the value has more than one line" empty.toml --set $'run.seed=1\n2'
bad "seed out of range" "bad value -1 for 'run.seed'" empty.toml --seed=-1
bad "too many quarters" "bad value 5000 for 'run.quarters'" empty.toml --quarters 5000
bad "replicate out of range" "bad value 4294967296 for 'run.replicate'" empty.toml \
    --replicate 4294967296
good "settings" empty.toml --set world.initial=synthetic --set 'world.countries=["IND"]' \
    --set country.IND.gdp=2700

wait
cat complaints
failures=$(wc -l <complaints)
finish "$checks checks"
