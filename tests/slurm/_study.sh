# shellcheck shell=bash
# Studies in a Slurm of our own, and a line for each thing that is tried.
. "$(dirname "${BASH_SOURCE[0]}")/_slurm.sh"

passed=0
failed=0
begun=${EPOCHREALTIME/./}

# verdict NAME FAILURES_BEFORE: one line for what was tried.
verdict() {
    local now=${EPOCHREALTIME/./} word=ok
    if [ "$failures" -eq "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        word=FAILED
    fi
    printf '%-6s %5d ms  %s\n' $word $(((now - begun) / 1000)) "$1"
    begun=${EPOCHREALTIME/./}
}

# closing: the last line of a script.
closing() {
    echo "$passed passed, $failed failed"
    [ "$failures" -eq 0 ]
}

# study_of NAME QUARTERS: a study of 32 runs.
study_of() {
    cat >"$1.toml" <<TOML
[study]
name = "$1"
model = "model.toml"
seed = 7
quarters = $2

[scenarios]
none = {}
sovereignty = { pathway = { latecomers = "sovereignty" } }

[design]
kind = "lhs"
n = 4

[[parameters]]
name = "learning.search_share"

[replicates]
min = 4
TOML
}

# merged STUDY FOLDER REFERENCE: all runs are done, once, and the result is that of the reference.
merged() {
    accepted 1 study status "$1" --out "$2"
    grep -q '32 of 32 runs are final: done 32,' stdout || complain "$2: $(head -c 300 stdout)"
    [ "$(sort -u "$2"/journal/*.log | grep -c '^D')" -eq 32 ] || complain "$2: a run was done twice"
    accepted 1 study merge "$1" --out "$2"
    cmp "$2/study.h5" "$3/study.h5" || complain "$2: another result than without Slurm"
}

# submitted STUDY OPTIONS...: submits it; ids of the jobs in $ids.
submitted() {
    accepted 1 study submit "$@" --site "$site"
    ids=$(sed -n 's/^submitted *job //p' stdout | tr -d ,)
    [ -n "$ids" ] || complain "submit $*: $(<stdout)"
}

# has_begun FOLDER: some run of the study has ended.
has_begun() { grep -qs '^D' "$1"/journal/*.log; }

# restarts JOB: how often Slurm has started it anew.
restarts() { scontrol show job "$1" | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p'; }
