#!/usr/bin/env bash
# completion.sh PROGRAM SCRATCH: what bash completes, as the program tells it.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/jobs/completion/latecomer.bash"

# completed WORD...: presses TAB behind the words; the replies are in COMPREPLY.
completed() {
    checks=$((checks + 1))
    COMP_WORDS=("$program" "$@")
    COMP_CWORD=$#
    _latecomer
}

# offers REPLY WORD...: TAB behind the words offers the reply.
offers() {
    local reply=$1
    shift
    completed "$@"
    printf '%s\n' "${COMPREPLY[@]}" | grep -qxF -- "$reply" ||
        complain "behind '$*' there is no '$reply': $(printf '%s ' "${COMPREPLY[@]}" | head -c 300)"
}

# only REPLIES WORD...: TAB behind the words offers these, between blanks, and nothing else.
only() {
    local replies=$1
    shift
    completed "$@"
    [ "${COMPREPLY[*]}" = "$replies" ] || complain "behind '$*': '${COMPREPLY[*]}' instead of '$replies'"
}

only "run" ru
offers describe ""
offers --version ""
offers --checkpoint-every run s.toml --
only "--resume" run s.toml --res
only "--time-left" study run s.toml --tim
only "" study plan s.toml --tim
only "--accept-build" study pilot s.toml --acc
only "report replay" study re
only "submit" help study sub
only "compare" compa
offers learning.absorption_rate= run s.toml --set learning.
only "policy.IND." run s.toml --set policy.IND
offers policy.IND.instruments.3L= run s.toml --set policy.IND.instruments.
only "policy.IND.pathway=" run s.toml --set policy.IND.pa
only "country.IND.internet_users=" run s.toml --set country.IND.inter
only "sovereignty" run s.toml --set policy.IND.pathway = sov
only "sovereignty" run s.toml --pathway IND = sov
offers low_value run s.toml --pathway IND =
only "latecomers= latecomer=" run s.toml --pathway latec
only "IND,CHL IND,CHN IND,CHE" inspect run --countries IND,CH
only "generic_pbs generic_slurm" study submit s.toml --site gen
only "csv" export run --format c
only "json" describe outputs --format js
only "plain" run s.toml --progress pl
only "plain" run s.toml --progress = pl
offers gap_by_stage describe gap_
offers data_localisation describe data_l
offers 3L describe 3
only "IND" describe IND
offers parameters describe pa
only "" run s.toml --seed ""
mkdir -p folder
: >some.toml
: >some.txt
only "some.toml" check some
only "folder" run s.toml --out fol

# Every option of every command, as its help has it.
"$program" complete commands | grep -v '^--' >all_of_them
while read -r command; do
    "$program" help "$command" | sed -n 's/^  \(--[a-z-]*\).*/\1/p' | sort -u >expected
    completed "$command" --
    printf '%s\n' "${COMPREPLY[@]}" | sort -u | grep -v '^$' >offered
    cmp -s expected offered || complain "options of $command: $(diff expected offered | tr '\n' ' ')"
done <all_of_them

# Without waiting: the program answers in a tenth of a second of its processor's time.
checks=$((checks + 1))
TIMEFORMAT=%U
for what in describe economies set; do
    seconds=$({ time "$program" complete $what >/dev/null; } 2>&1)
    [ "$(tr -d . <<<"$seconds" | sed 's/^0*//; s/^$/0/')" -lt 100 ] || complain "'complete $what' took $seconds s"
done

refused 1 "nothing is completed by 'nosuch'" complete nosuch

finish "$checks checks"
