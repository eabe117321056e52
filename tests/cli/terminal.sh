#!/usr/bin/env bash
# terminal.sh PROGRAM SCRATCH: a bar is drawn where a person looks, also under mpirun, whose ranks see no terminal; no
# control code is written to a file or pipe.
# shellcheck disable=SC2016 # another shell, or nobody, takes what is in single quotes
# ctest: cost 33
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

export TERM=xterm LAUNCH=$launch
short=(run "$smoke" --quarters 30 --set run.burn_in=10 --out run --overwrite)

# terminal WORDS: the shell command on a terminal; `seen` is what it was sent.
terminal() {
    checks=$((checks + 1))
    timeout 120 python3 "$source_dir/tests/support/on_terminal.py" seen bash -c "$1" _ "$program" "${short[@]}" </dev/null
    status=$?
    [ $status -eq 0 ] || complain "$1: status $status: $(head -c 500 seen)"
}

has_bar() {
    grep -qa $'\r\[=* *\] quarter ' seen || complain "$1: no bar: $(head -c 500 seen | cat -v)"
}

has_no_bar() { # WHAT FILE
    if grep -qa $'\e\[K\|\r\[' "$2"; then
        complain "$1: a bar in $2: $(head -c 500 "$2" | cat -v)"
    fi
}

terminal '"$@"'
has_bar "one rank"
for ranks in 1 2; do
    terminal "\$LAUNCH $ranks \"\$@\""
    has_bar "$ranks ranks under mpirun"
    grep -qa 'state hash: ' seen || complain "$ranks ranks: no result on the terminal"
done
terminal '$LAUNCH 2 "$@" --progress bar'
has_bar "--progress bar"

# Nobody wants it, or nobody looks there: plain lines, in files, too.
for style in plain json none; do
    terminal "\$LAUNCH 2 \"\$@\" --progress $style"
    has_no_bar "--progress $style" seen
done
terminal 'TERM=dumb; export TERM; $LAUNCH 2 "$@"'
has_no_bar "TERM=dumb" seen
terminal '$LAUNCH 2 "$@" 2>words'
has_no_bar "standard error in a file" seen
has_no_bar "standard error in a file" words
grep -qa 'quarter 30 of 30' words || complain "standard error in a file: no plain lines: $(head -c 300 words)"
terminal '$LAUNCH 2 "$@" 2>&1 | cat >words'
has_no_bar "a pipe" seen
has_no_bar "a pipe" words
terminal '"$@" 2>words'
has_no_bar "one rank, standard error in a file" words

# Standard output in a file, a person before standard error: the bar goes to the terminal, results to the file.
terminal '$LAUNCH 2 "$@" >words'
has_bar "standard output in a file"
has_no_bar "standard output in a file" words
grep -q 'state hash: ' words || complain "standard output in a file: no result there"

# As a launcher keeps what ranks say in files, they hold no control code.
if $launch 1 --version 2>/dev/null | grep -q 'Open MPI'; then
    terminal '${LAUNCH% -n} --output-filename kept -n 2 "$@"'
    find kept -type f -exec cat {} + >words 2>/dev/null
    has_no_bar "files of mpirun" words
fi

finish "$checks checks"
