# Completion of latecomer's command line for bash.  shellcheck shell=bash

# Words that may follow the option; fails if the option takes none.
_latecomer_values() {
    case $1 in
        --progress) echo "auto bar plain json none" ;;
        --format) echo "md toml json tex" ;;
        --seed | --replicate | --quarters | --set | --pathway | --snapshot-every | \
            --checkpoint-every | --threads | --time-left | --at | --static | --why | --runs | -n | --only | \
            --point | --size | --replicates | --nodes | --time | --chain | --array | --name) echo "" ;;
        --site) echo "generic_slurm generic_pbs workstation" ;;
        *) return 1 ;;
    esac
}

_latecomer() {
    local word=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands="run branch check describe inspect compare study bench"
    local values
    COMPREPLY=()

    if [[ $previous == --points ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
    fi
    if [[ $previous == --out || $previous == --study ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
    fi
    if values=$(_latecomer_values "$previous"); then
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
        return
    fi

    # The subcommand, and the number of words after it that are no options.
    local command="" arguments=0 i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        if [[ ${COMP_WORDS[i]} == -* ]]; then
            continue
        elif [[ -z $command ]]; then
            command=${COMP_WORDS[i]}
        elif [[ ${COMP_WORDS[i - 1]} =~ ^--(out|study|points)$ ]] || _latecomer_values "${COMP_WORDS[i - 1]}" >/dev/null; then
            continue
        else
            arguments=$((arguments + 1))
        fi
    done

    local options="" words=""
    case $command in
        "")
            words="$commands --version --help"
            options=$words
            ;;
        run)
            options="--out --seed --replicate --quarters --set --pathway --snapshot-every
                --checkpoint-every --resume --overwrite --threads --time-left --progress --dry-run --help"
            ;;
        branch)
            options="--at --out --set --pathway --quarters --checkpoint-every --snapshot-every
                --time-left --overwrite --threads --progress --help"
            ;;
        inspect) options="--events --all --countries --json --help" ;;
        check | compare) options="--help" ;;
        describe)
            options="--format --help"
            if ((arguments == 0)); then
                words="parameters instruments pathways positions outputs streams model study"
            fi
            ;;
        study)
            options="--out --static --time-left --threads --progress --runs --only --isolate
                --accept-build --why --study --overwrite --point --replicate --points --size
                --replicates --csv --json --left --site --nodes --time --chain --array --name --dry-run --help"
            if ((arguments == 0)); then
                words="plan pilot submit run status merge report replay diff extend archive"
            fi
            ;;
        bench) options="--quick --firms --quarters --threads --json --help" ;;
    esac

    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
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
