#!/usr/bin/env bash
# submit.sh PROGRAM SCRATCH: what `study submit` tells and asks of a scheduler, with stand-ins for sbatch,
# squeue, qsub and qstat that note what they are given, word by word.  The real thing: tests/slurm/.
# ctest: cost 34
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

cp "$smoke" model.toml
study_of() {
    cat <<TOML
[study]
name = "tested"
model = "model.toml"
[design]
kind = "sobol"
n = $1
[[parameters]]
name = "learning.search_share"
[replicates]
min = 4
TOML
}
study_of 4 >study.toml
study_of 262144 >huge.toml # 2^20 runs

mkdir bin
for command in sbatch qsub; do
    cat >bin/$command <<STANDIN
#!/usr/bin/env bash
printf '%s\\n' "$command" "\$@" >>'$scratch/calls'
env >'$scratch/environment'
[[ ! -e '$scratch/closed' ]] || { echo "$command: error: closed" >&2; exit 1; }
id=\$((\$(cat '$scratch/last' 2>/dev/null || echo 100) + 1))
echo \$id >'$scratch/last'
echo "\$id;emulated"
for word in "\$@"; do [[ \$word != --comment=* ]] || echo "\$id PENDING \${word#--comment=}" >>'$scratch/queue'; done
STANDIN
done
cat >bin/squeue <<STANDIN
#!/usr/bin/env bash
cat '$scratch/queue' 2>/dev/null || true
STANDIN
cat >bin/qstat <<STANDIN
#!/usr/bin/env bash
grep -qx "\$1" '$scratch/pbs_queue'
STANDIN
chmod +x bin/*

# Nothing is written and no scheduler is needed to be told what would happen.
files() { find . -path './ompi*' -prune -o ! -name stdout ! -name stderr -print | sort; }
before=$(files)
accepted 1 study submit huge.toml --site generic_slurm --dry-run --nodes 8 --time 12:00:00
for words in '^left  *1,048,576 of 1,048,576 runs$' '^node-hours  *unknown: run study pilot$' \
    '^placement  *8 nodes x 64 ranks x 1 thread for 12:00:00; 511 runs at a time on 1 rank each; one more rank' \
    '^longest run  *unknown' '^checkpoints  *a job of this size fails every 6250 h .*(Young and Daly' \
    '^limits  *time 12:00:00 of 24:00:00; nodes 8 of 64; jobs may queue again$' '^files  *about 511 journals of' \
    '^#SBATCH --nodes=8$' '^#SBATCH --signal=B:USR1@300$' '^nothing was written$'; do
    grep -q "$words" stdout || complain "no line '$words' in: $(head -n 14 stdout)"
done
after=$(files)
[ "$before" = "$after" ] || complain "a dry run wrote: $after"

# Words of users stay words.
export PATH=$scratch/bin:$PATH
# shellcheck disable=SC2016 # that is the point
name='a; rm -rf x $(touch y) "z"'
folder="it's %j \"q\" \$(touch y)"
accepted 1 study submit study.toml --site generic_slurm --name "$name" --out "$folder"
grep -q '^submitted  *job 101$' stdout || complain "submitted: $(tail -n 1 stdout)"
grep -qxF -- "--job-name=$name" calls || complain "the name: $(<calls)"
grep -qxF -- "--output=$scratch/it's %%j \"q\" \$(touch y)/jobs/%j.log" calls || complain "the log: $(<calls)"
grep -qxF -- "$scratch/$folder/jobs/study.sbatch" calls || complain "the script: $(<calls)"
[ ! -e y ] || complain "a name became a command"
bash -n "$folder/jobs/study.sbatch" || complain "the script is no shell script"
# shellcheck disable=SC2016 # the inner shell expands
said=$(bash -c 'source <(sed -n "/^program=/,/^of_queue=/p" "$1"); printf "%s|" "$study" "$folder"' _ \
    "$folder/jobs/study.sbatch")
[ "$said" = "$scratch/study.toml|$scratch/$folder|" ] || complain "the script reads $said"
! grep -q '^OMPI_COMM\|^PMIX_\|^OMPI_UNIVERSE' environment || complain "sbatch gets what MPI has set: $(grep OMPI_ environment)"

# Twice is once.
accepted 1 study submit study.toml --site generic_slurm --name other --out "$folder"
grep -q '^nothing was submitted: this study is in the queue already$' stdout || complain "twice: $(<stdout)"
grep -q '^queue  *job 101 PENDING$' stdout || complain "the queue: $(<stdout)"
[ "$(grep -c '^sbatch$' calls)" -eq 1 ] || complain "submitted twice"
accepted 1 study submit study.toml --site generic_slurm --out elsewhere
[ "$(grep -c '^sbatch$' calls)" -eq 2 ] || complain "another folder is another study"
: >queue
accepted 1 study submit study.toml --site generic_slurm --out "$folder"
[ "$(grep -c '^sbatch$' calls)" -eq 3 ] || complain "not submitted again when its job was gone"

# Links wait for each other; a queue that closes is named, and what waits already.
: >calls
accepted 1 study submit study.toml --site generic_slurm --out chain --chain 3
grep -q '^submitted  *job 104, 105, 106$' stdout || complain "a chain: $(tail -n 1 stdout)"
[ "$(grep -- --dependency calls | tr '\n' ' ')" = '--dependency=afterany:104 --dependency=afterany:105 ' ] ||
    complain "links: $(<calls)"
touch closed
on 1 study submit study.toml --site generic_slurm --out shut
[ $status -eq 1 ] || complain "a closed queue: status $status"
grep -q "cannot submit '.*/shut/jobs/study.sbatch' (sbatch: sbatch: error: closed)" stderr || complain "closed: $(<stderr)"
rm closed

# PBS.
: >calls
: >pbs_queue
accepted 1 study submit study.toml --site generic_pbs --out pbs --array 8 --name "$name"
grep -qx 'a__rm_-rf_x___touch_y___z_' calls || complain "the name of PBS: $(<calls)"
grep -qx '#PBS -J 1-8' pbs/jobs/array.pbs || complain "no array: $(head -n 12 pbs/jobs/array.pbs)"
echo 107 >pbs_queue
accepted 1 study submit study.toml --site generic_pbs --out pbs
grep -q '^nothing was submitted: this study is in the queue already$' stdout || complain "twice: $(<stdout)"

# The job of PBS: the program stops after half of a job so short, and another job follows.
cat >bin/qstat <<'STANDIN'
#!/usr/bin/env bash
echo "    Resource_List.walltime = 00:00:04"
STANDIN
sed 's/^launcher = .*/launcher = ["env"]/' "$source_dir/jobs/sites/generic_pbs.toml" >here.toml
sed -i 's/^cores_per_node = .*/cores_per_node = 1/' here.toml
sed 's/^seed = .*//; s/^model = .*/&\nquarters = 1500/' study.toml >slow.toml
accepted 1 study submit slow.toml --site here.toml --out follows
: >calls
PBS_O_WORKDIR=$scratch PBS_JOBID=7.host PBS_JOBNAME=tested bash follows/jobs/study.pbs >log 2>&1
status=$?
[ $status -eq 85 ] || complain "a job of PBS without time: status $status: $(<log)"
tr '\n' ' ' <calls | grep -q '^qsub -N tested -W depend=afterany:7.host -V -o .*/follows/jobs .*/study.pbs $' ||
    complain "no job follows: $(<calls) $(<log)"
[ "$(tail -n 1 follows/jobs/submitted)" = "$(<last);emulated" ] || complain "not noted: $(<follows/jobs/submitted)"

# A machine without scheduler: the script runs as it is.
sed 's/^launcher = .*/launcher = ["env"]/; s/^cores_per_node = .*/cores_per_node = 1/' \
    "$source_dir/jobs/sites/workstation.toml" >own.toml
accepted 1 study submit study.toml --site own.toml --out own
grep -q "^start it:  *bash $scratch/own/jobs/workstation.sh$" stdout || complain "workstation: $(tail -n 1 stdout)"
bash own/jobs/workstation.sh >log 2>&1 || complain "the script: status $?: $(<log)"
accepted 1 study submit study.toml --site own.toml --out own
grep -q '^nothing was submitted: no run is left$' stdout || complain "nothing left: $(tail -n 1 stdout)"
grep -q '^node-hours  *about 0.00, by 16 runs of ' stdout || complain "cost: $(<stdout)"
on 1 study status study.toml --out own --left
[ "$status $(<stdout)" = "0 0" ] || complain "left of a complete study: status $status, $(<stdout)"
on 1 study status study.toml --out nowhere --left --static 1/3
[ "$status $(<stdout)" = "85 6" ] || complain "left of a part: status $status, $(<stdout)"

# Folders and studies of any name: the script reads what was given, and does its job.
mkdir odd
cat >bin/srun <<'STANDIN'
#!/usr/bin/env bash
while [[ $1 == -* ]]; do shift; done
exec "$@"
STANDIN
chmod +x bin/srun
longest=$(printf 'x%.0s' {1..255})
# shellcheck disable=SC2016 # that is the point
for odd in '-n' '--out' "it's" '$(touch y)' '`touch y`' '"q"' 'a  b' 'grün ü' $'\xff\xfe' $'\t' '%j %%' '#SBATCH --x' '!$*?[a]{b,c}' \
    '~' '&;|<>()' "$longest"; do
    mkdir -p "odd/$odd"
    cp model.toml study.toml "odd/$odd/"
    sed -i 's/^n = .*/n = 1/; s/^min = .*/min = 1/; s/^name = "tested"/&\nquarters = 2/' "odd/$odd/study.toml"
    : >queue
    accepted 1 study submit "odd/$odd/study.toml" --site generic_slurm --out "odd/$odd/out"
    grep -q '^submitted' stdout || complain "'$odd' is not submitted: $(tail -n 1 stdout)"
    # shellcheck disable=SC2016 # the inner shell expands
    said=$(bash -c 'source <(sed -n "/^program=/,/^of_queue=/p" "$1"); printf "%s|" "$study" "$folder"' _ \
        "odd/$odd/out/jobs/study.sbatch")
    [ "$said" = "$scratch/odd/$odd/study.toml|$scratch/odd/$odd/out|" ] || complain "'$odd': the script reads $said"
    case $odd in # some do the whole job
    -n | \"q\" | *touch* | "$longest")
        SLURM_JOB_ID=1 SLURM_JOB_NAME=x bash "odd/$odd/out/jobs/study.sbatch" >log 2>&1 ||
            complain "'$odd': status $?: $(<log)"
        ;;
    esac
    [ ! -e y ] || complain "'$odd' became a command"
done
refused 1 "must not hold backslashes or ends of lines" study submit study.toml --site generic_slurm --out $'a\nb'
refused 1 "must not hold backslashes or ends of lines" study submit study.toml --site generic_slurm --out 'a\b'
refused 1 "File name too long" study submit study.toml --site generic_slurm --out "x$longest"
refused 1 "as folder of a study" study submit study.toml --site generic_slurm --out study.toml/below
refused 1 "of ASCII only" study submit study.toml --site generic_pbs --out 'grün'
refused 1 "of ASCII only" study submit study.toml --site generic_pbs --out $'a\tb'
for name in "" "$longest" $'a\tb' $'\x7f'; do
    refused 1 "--name" study submit study.toml --site generic_slurm --out names --name="$name"
done
for name in -x "ünü" '"' "${longest:55}"; do
    : >calls
    : >queue
    accepted 1 study submit study.toml --site generic_slurm --out names --name="$name"
    grep -qxF -- "--job-name=$name" calls || complain "the name '$name': $(<calls)"
done

# Bad input.
refused "1 3" "'latecomer study submit' needs --site SITE" study submit study.toml
refused "1 3" "unknown site 'slurm'" study submit study.toml --site slurm
refused 1 "--nodes (the site allows 64)" study submit study.toml --site generic_slurm --nodes 65
refused 1 "--chain and --array contradict" study submit study.toml --site generic_slurm --chain 2 --array 2
refused 1 "bad value '0' for --nodes" study submit study.toml --site generic_slurm --nodes 0
refused 1 "--time (the site allows 24:00:00)" study submit study.toml --site generic_slurm --time 1-01:00:00
refused 1 "bad value for --name" study submit study.toml --site generic_slurm --name "a
b"
PATH=/usr/bin:/bin refused 1 "cannot be asked" study submit study.toml --site generic_slurm --out refused

finish "$checks checks"
