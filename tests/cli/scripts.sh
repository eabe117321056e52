#!/usr/bin/env bash
# scripts.sh PROGRAM SCRATCH: every script that people call answers --help and -h with its usage, what it needs and exit
# statuses, and refuses arguments that it does not know with status 2 and one line.  Neither starts anything.
# ctest: cost 38
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

# What scripts would start notes that it was.
mkdir bin empty
for name in apt-get cmake ctest dpkg-query latecomer mpirun qsub sbatch squeue srun sudo; do
    printf '#!/bin/sh\necho "%s $*" >>%q\n' "$name" "$scratch/started" >"bin/$name"
    chmod +x "bin/$name"
done

# Programs that begin with "#!", wherever they lie, and all that schedulers or job scripts read.  Scripts of tests that
# ctest calls have no options.
find "$source_dir"/{jobs,analysis,tests,.ci} -type f \( -perm -u+x -o -name '*.sbatch' -o -name '*.pbs' -o -path '*/jobs/batch/*' \) \
    -not -path '*/tests/*.sh' | sort >files
while read -r path; do
    case $path in
    *.sh | *.sbatch | *.pbs) echo "$path" ;;
    *) [ "$(head -c 2 "$path")" = '#!' ] && echo "$path" ;;
    esac
done <files >scripts

# asked PATH ARGUMENT: in an empty folder, and in no job.
asked() {
    local call=("$1")
    [ -x "$1" ] || call=(bash "$1")
    rm -f started
    (cd empty && env -u SLURM_JOB_ID -u PBS_JOBID PATH="$scratch/bin:$PATH" timeout 60 "${call[@]}" "$2" >../stdout 2>../stderr </dev/null)
    status=$?
    checks=$((checks + 1))
    [ ! -e started ] || complain "$1 $2 started $(tr '\n' ';' <started)"
    [ -z "$(ls -A empty)" ] || complain "$1 $2 left $(ls -A empty)"
}

while read -r path; do
    words=(--help -h)
    grep -q '^#!.*python' "$path" && words=(--help) # argparse knows both
    for word in "${words[@]}"; do
        asked "$path" "$word"
        [ $status -eq 0 ] || complain "$path $word: status $status: $(head -c 300 stderr)"
        [ ! -s stderr ] || complain "$path $word: on standard error: $(head -c 300 stderr)"
        grep -qi '^usage: ' stdout || complain "$path $word: no usage: $(head -c 300 stdout)"
        grep -q 'Exit status: ' stdout || complain "$path $word: no exit statuses: $(head -c 300 stdout)"
        [ "$(wc -l <stdout)" -ge 2 ] || complain "$path $word: it does not say what it does"
    done
    asked "$path" --nonsense
    [ $status -eq 2 ] || complain "$path --nonsense: status $status: $(head -c 300 stderr)"
    [ "$(wc -l <stderr)" -eq 1 ] || complain "$path --nonsense: not one line: $(head -c 300 stderr)"
    [ ! -s stdout ] || complain "$path --nonsense: on standard output: $(head -c 300 stdout)"
done <scripts
[ "$(wc -l <scripts)" -ge 24 ] || complain "only $(wc -l <scripts) scripts were found"

finish "$(wc -l <scripts) scripts, $checks checks"
