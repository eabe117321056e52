#!/usr/bin/env bash
# describe.sh PROGRAM SCRATCH: help by either of its names, and the manual by topic, by key and as files.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# shows TEXT...: standard output must hold each.
shows() {
    local words
    for words; do
        checks=$((checks + 1))
        grep -qF -- "$words" stdout || complain "'$words' is not in: $(head -c 600 stdout)"
    done
}

# same_text ARGUMENTS ARGUMENTS: both calls, words between blanks, print the same.
same_text() {
    # shellcheck disable=SC2086 # several words
    accepted 1 $1
    mv stdout first
    # shellcheck disable=SC2086
    accepted 1 $2
    cmp -s first stdout || complain "'latecomer $1' and 'latecomer $2' print other text"
    [ -s stdout ] || complain "'latecomer $1' prints nothing"
}

same_text "help" "--help"
for command in $("$program" complete commands | grep -v '^-'); do
    same_text "help $command" "$command --help"
done
for action in $("$program" complete study); do
    same_text "help study $action" "study $action --help"
    [ "$action" = plan ] || ! cmp -s stdout plan || complain "help of $action is that of plan"
    [ "$action" != plan ] || cp stdout plan
done
accepted 2 help study run
shows "Usage: latecomer study run STUDY.toml" "--static"
! grep -q -- '--site' stdout || complain "help of study run has an option of submit"
! grep -q complete <("$program" help) || complain "what is for shells is in the help"
refused "1 2" "unknown command 'rnu'. Did you mean 'run'?" help rnu
refused 1 "unknown action 'mrege'. Did you mean 'merge'?" help study mrege
refused 1 "unexpected argument 'more'" help run more

# --- By key ----------------------------------------------------------------------------------------

accepted 2 describe learning.absorption_rate
shows "a parameter" "unit " "1/quarter" "range " "default " "0.0135" "equation " "source " "step 5 of a quarter"
mv stdout by_name
accepted 1 describe absorption_rate
cmp -s by_name stdout || complain "a key alone says something else than its name"
accepted 1 describe 3L
shows "instrument.analytics_laboratories" "levers" "public cost"
accepted 1 describe imported_cloud
shows "a lever" "used by" "instrument data_localisation (2X), levers"
accepted 1 describe effects.search_analytics
shows "used by" "instrument analytics_laboratories (3L), public cost"
accepted 1 describe IND
shows "# India (IND)" "820.384" "observed" "2005" "2019" "nearest year" "Role: latecomer"
accepted 1 describe India
shows "# India (IND)"
accepted 1 describe sovereignty
shows "a pathway"
accepted 1 describe ANA
shows "a position" "stage "
accepted 1 describe welfare
shows "an outcome"
accepted 1 describe gap_closed
shows "a comparison"
accepted 1 describe turnover
shows "a moment"
accepted 1 describe gap_by_stage
shows "an output" "dimensions"
accepted 1 describe design.kind
shows "a key of a study"
accepted 1 describe seed
shows "'seed' says 3 things; a name says one of them: run.seed, study.seed, design.seed" "# run.seed" "# study.seed" "# design.seed"
for format in json toml tex; do
    accepted 1 describe seed --format $format
    [ -s stdout ] || complain "describe seed --format $format prints nothing"
    [ $format != json ] || python3 -m json.tool stdout >/dev/null || complain "describe seed: no JSON"
done
accepted 1 describe model # a topic, and a key of studies
shows "One quarter of the model"
grep -qF "note: 'model' is a key, too: latecomer describe study.model" stderr || complain "describe model: $(<stderr)"
refused "1 2" "unknown topic or key 'absorption_rat' to describe. Did you mean 'absorption_rate'?" describe absorption_rat
refused 1 "Did you mean 'IND'?" describe INT
refused 1 "unknown topic or key 'qqqqqqqq' to describe. Topics: parameters, " describe qqqqqqqq
refused 1 "unknown format 'jsn'" describe seed --format jsn

# --- As files --------------------------------------------------------------------------------------

mkdir -p sources/io sources/jobs/study
for ranks in 1 2; do
    rm -f sources/*/REFERENCE.md sources/jobs/study/REFERENCE.md
    accepted $ranks describe all --out sources
    for file in io/REFERENCE.md jobs/study/REFERENCE.md; do
        cmp sources/$file "$source_dir/$file" || complain "$file is out of date: latecomer describe all --out . renews it"
    done
done
[ "$(find sources -type f | wc -l)" -eq 2 ] || complain "describe all left $(find sources -type f)"
accepted 1 describe all
shows "# Reference" "# File of a study"
mkdir -p half/io
refused "1 2" "there is no folder 'half/jobs/study'" describe all --out half
[ -z "$(ls half/io)" ] || complain "a file was written although another could not be"
refused 1 "--out says nothing to 'latecomer describe outputs'" describe outputs --out sources
refused 1 "prints Markdown only" describe all --format json

finish "$checks checks"
