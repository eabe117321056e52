# Completion of latecomer's command line for bash: the program itself tells commands, options, keys and economies
# (`latecomer complete`), once in each shell.  shellcheck shell=bash

declare -gA _latecomer_known=()

# _latecomer_ask WHAT...: the words of the program that is being completed, one a line.
_latecomer_ask() {
    local program=${COMP_WORDS[0]/#\~/$HOME}
    local about="$program $*"
    if [[ -z ${_latecomer_known[$about]+known} ]]; then
        _latecomer_known[$about]=$("$program" complete "$@" 2>/dev/null </dev/null)
    fi
    printf '%s\n' "${_latecomer_known[$about]}"
}

# _latecomer_reply WORD WORDS: those of the words, one a line, that begin so.
_latecomer_reply() {
    mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1")
}

# _latecomer_key WORD: keys of a scenario with "=", and below policy.WHO. and country.KEY. what stands there.
_latecomer_key() {
    local words
    case $1 in
        policy.*.*) words=$(_latecomer_ask plan | sed "s/^/policy.$(cut -d. -f2 <<<"$1")./") ;;
        policy.*) words=$(_latecomer_ask who | sed 's/^/policy./; s/$/./') ;;
        country.*.*) words=$(_latecomer_ask figures | sed "s/^/country.$(cut -d. -f2 <<<"$1")./; s/$/=/") ;;
        country.*) words=$(_latecomer_ask economies | sed 's/^/country./; s/$/./') ;;
        *) words="$(_latecomer_ask set | sed 's/$/=/') policy. country." ;;
    esac
    _latecomer_reply "$1" "$words"
    compopt -o nospace 2>/dev/null || true
}

# _latecomer_list WORD: the last of the economies between commas.
_latecomer_list() {
    local before=""
    [[ $1 != *,* ]] || before=${1%,*},
    _latecomer_reply "$1" "$(_latecomer_ask economies | sed "s/^/$before/")"
}

# _latecomer_value OPTION WORD: completes the value of an option; fails if the option takes none.
_latecomer_value() {
    case $1 in
        --out | --study) mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
        --points) mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
        --progress) _latecomer_reply "$2" "auto bar plain json none" ;;
        --format) _latecomer_reply "$2" "$(if [[ $command == export ]]; then echo csv dta; else _latecomer_ask formats; fi)" ;;
        --checkpoint-every) _latecomer_reply "$2" "auto none" ;;
        --set) _latecomer_key "$2" ;;
        --pathway)
            _latecomer_reply "$2" "$(_latecomer_ask who | sed 's/$/=/')"
            compopt -o nospace 2>/dev/null || true
            ;;
        --countries) _latecomer_list "$2" ;;
        --site) _latecomer_reply "$2" "$(_latecomer_ask sites)" ;;
        *) grep -qxF -- "$1" <<<"$(_latecomer_ask values)" ;; # a number or a name: nothing to say
    esac
}

_latecomer() {
    local word=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    # bash cuts words at "=": what stands before it says what comes behind.
    local key="" option=""
    if [[ $word == "=" ]]; then
        word="" key=$previous option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $previous == "=" ]]; then
        key=${COMP_WORDS[COMP_CWORD - 2]} option=${COMP_WORDS[COMP_CWORD - 3]}
    fi

    # The command, and the words after it that are no options and no values.
    local command="" i
    local arguments=()
    for ((i = 1; i < COMP_CWORD; ++i)); do
        if [[ ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i]} == "=" || ${COMP_WORDS[i - 1]} == "=" ]]; then
            continue
        elif [[ -z $command ]]; then
            command=${COMP_WORDS[i]}
        elif ! grep -qxF -- "${COMP_WORDS[i - 1]}" <<<"$(_latecomer_ask values)"; then
            arguments+=("${COMP_WORDS[i]}")
        fi
    done

    if [[ -n $key ]]; then
        if [[ $key == --* ]]; then # --option=value
            _latecomer_value "$key" "$word"
        elif [[ $option == --pathway || $key == policy.*.pathway ]]; then
            _latecomer_reply "$word" "$(_latecomer_ask pathways)"
        fi
        return
    fi
    if [[ $previous == -* ]] && _latecomer_value "$previous" "$word"; then
        return
    fi
    if [[ -z $command ]]; then
        _latecomer_reply "$word" "$(_latecomer_ask commands)"
    elif [[ $word == -* ]]; then
        _latecomer_reply "$word" "$(_latecomer_ask options "$command" "${arguments[@]:0:1}")"
    elif [[ $command == describe && ${#arguments[@]} -eq 0 ]]; then
        _latecomer_reply "$word" "$(_latecomer_ask describe)"
    elif [[ $command == help && ${#arguments[@]} -eq 0 ]]; then
        _latecomer_reply "$word" "$(_latecomer_ask commands)"
    elif [[ $command == study && ${#arguments[@]} -eq 0 || $command == help && ${arguments[0]} == study ]]; then
        _latecomer_reply "$word" "$(_latecomer_ask study)"
    else
        case $command in
            run | check | study)
                mapfile -t COMPREPLY < <(
                    compgen -d -- "$word"
                    compgen -f -X '!*.toml' -- "$word"
                )
                ;;
            *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        esac
        compopt -o filenames 2>/dev/null || true
    fi
}

complete -F _latecomer latecomer
