#!/usr/bin/env bash
# job_scripts.sh PROGRAM SCRATCH: what job scripts ask of Slurm and PBS, what they hand on to the job that
# follows, and with which status they end.  Schedulers, launchers and most programs are stand-ins that note
# what they are given, word by word.  The real Slurm: tests/slurm/.
# ctest: cost 75
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

unset "${!SLURM_@}" "${!PBS_@}" "${!LATECOMER_AGAIN@}" LATECOMER_PARTS
mkdir bin
stand_in() { # NAME: its script is read here; $scratch/NAME.calls gets its words
    { printf '#!/usr/bin/env bash\nprintf "%%s\\n" "$@" >>%q\n' "$scratch/$1.calls" && cat; } >"bin/$1"
    chmod +x "bin/$1"
}
# A time for each element and each job; the id of the array stands for all of its elements.
stand_in squeue <<'STANDIN'
[[ $* != *%A* ]] || { cat job_of_element; exit; }
word=4:00:00
[[ $* != *%L* ]] || word=$(cat time_left)
case " $* " in
*' 500_2 '* | *' 600 '*) echo "$word" ;;
*' 500 '*) printf '%s\n%s\n%s\n' 1:11 2:22 3:33 ;;
esac
STANDIN
stand_in scontrol <<'STANDIN'
[[ $1 != show ]] || cat facts
[[ $1 != requeue ]] || exit "$(cat requeue_status)"
STANDIN
for command in sbatch qsub; do
    stand_in $command <<'STANDIN'
[[ -e closed ]] && exit 1
[[ -t 0 ]] || cat >stdin_of_submit
echo 777
STANDIN
done
stand_in qstat <<<'cat facts'
stand_in sleep </dev/null
stand_in cmake <<<'exit 1'
for command in srun mpirun; do
    stand_in $command <<'STANDIN'
while [[ $1 == -* ]]; do
    [[ $1 != -n && $1 != --map-by ]] || shift
    shift
done
exec "$@"
STANDIN
done
# It computes nothing, and says what files tell it to.
stand_in program <<'STANDIN'
case "$*" in
*'--left'*) cat left; exit "$(cat left_status)" ;;
*'--dry-run'*) exit "$(cat dry_status)" ;;
*)
    mkdir -p folder/checkpoints
    [[ -e beginless ]] || touch folder/run.toml
    [[ -e stuck ]] || { echo 2 >left && touch folder/checkpoints/ckpt_0001.h5; }
    exit "$(cat run_status)"
    ;;
esac
STANDIN
# It computes what there is, up to the next number of `computed`; `waves` asks it.
stand_in waves <<'STANDIN'
case "$*" in
*'--left'*)
    cat left
    [[ $(<left) == 0 ]] || exit 85
    exit "$(cat none_left)"
    ;;
*)
    mkdir -p folder/journal
    head -n 1 computed >left
    sed -i 1d computed
    [[ ! -e drained ]] || { trap '' USR1 && kill -USR1 $PPID; }
    exit "$(cat run_status)"
    ;;
esac
STANDIN
# It judges as the next word of `judgements` says; where nothing is left to compute, 85 adds a wave.
stand_in calibrate <<'STANDIN'
word=$(head -n 1 judgements)
sed -i 1d judgements
echo "$OMP_NUM_THREADS, $OPENBLAS_NUM_THREADS threads judge"
warn_job() {
    local job
    read -r _ _ _ job _ </proc/$PPID/stat
    kill -USR1 "$job"
}
case $word in
warned) warn_job && exec /bin/sleep 30 ;;
late) trap '' USR1 && warn_job && word=85 ;;&
slow) exec /bin/sleep 30 ;;
idle) exit 85 ;;
85 | late) [[ $(<left) != 0 ]] || { echo 3 >left && echo wave >>s.toml; } ;;
esac
exit "$word"
STANDIN
real=$program
export LATECOMER_INSTALL=no LATECOMER=program LATECOMER_JOBS=$source_dir/jobs

# afresh: what earlier jobs noted is gone, and stand-ins say what they say mostly.
afresh() {
    rm -rf -- *.calls folder closed beginless stuck stdin_of_submit drained s.toml
    echo 3 >left
    echo 10:00 >time_left
    : >job_of_element
    echo 85 | tee left_status run_status >requeue_status
    echo 0 >dry_status
    : >facts
}

slurm=(SLURM_JOB_ID=600 SLURM_JOB_NAME=name SLURM_JOB_NUM_NODES=3 SLURM_JOB_PARTITION=part LATECOMER_AGAIN=successor)
pbs=(PBS_JOBID=7.host PBS_JOBNAME=name PBS_O_WORKDIR="$scratch" PBS_NODEFILE=/dev/null)

# job STATUS VARIABLE=VALUE... SCRIPT ARGUMENT...: the script of a job must end so; its words are in `said`.
job() {
    local expected=$1
    shift
    checks=$((checks + 1))
    env PATH="$scratch/bin:$PATH" "$@" >said 2>&1 </dev/null
    status=$?
    [ $status -eq "$expected" ] || complain "${*##*/jobs/}: status $status instead of $expected: $(tail -n 3 said)"
}

# has FILE LINE...: each is a line of the file.
has() {
    local file=$1 line
    shift
    for line; do
        checks=$((checks + 1))
        grep -qxF -- "$line" "$file" || complain "no '$line' in $file: $(tr '\n' ' ' <"$file")"
    done
}

# lacks FILE WORDS...: no line begins so.
lacks() {
    local file=$1 word
    shift
    for word; do
        checks=$((checks + 1))
        ! grep -q -- "^$word" "$file" || complain "'$word' in $file: $(tr '\n' ' ' <"$file")"
    done
}

run=("$source_dir/jobs/slurm/run.sbatch" s.toml folder)
study=("$source_dir/jobs/slurm/study.sbatch" s.toml folder)
array=("$source_dir/jobs/slurm/array.sbatch" s.toml folder)
chain=("$source_dir/jobs/slurm/chain.sbatch" s.toml folder)
element=(SLURM_ARRAY_JOB_ID=500 SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_MAX=3)

# --- An element of an array speaks of itself ----------------------------------------------------------

for id in 500 501; do # the last one to begin has the array's id
    afresh
    job 85 "${slurm[@]}" "${element[@]}" SLURM_JOB_ID=$id bash "${array[@]}"
    has srun.calls --time-left 00:05:00 --static 2/3
    has sbatch.calls --array=2 --dependency=afterany:500_2 --time=4:00:00
    lacks squeue.calls '50[01]$'
done
afresh
echo 0 >requeue_status
job 85 "${slurm[@]}" "${element[@]}" SLURM_JOB_ID=500 LATECOMER_AGAIN=requeue bash "${array[@]}"
has scontrol.calls requeue 500_2
lacks scontrol.calls '500$'
# What was submitted from within an element is none.
for inherited in 500 501; do
    afresh
    echo $inherited >job_of_element
    job 85 "${slurm[@]}" "${element[@]}" SLURM_ARRAY_JOB_ID=500 bash "${study[@]}"
    has sbatch.calls --dependency=afterany:600
    lacks sbatch.calls --array
done
job 2 "${slurm[@]}" "${element[@]}" bash "${array[@]}"
afresh
job 85 "${slurm[@]}" bash "${study[@]}"
has sbatch.calls --dependency=afterany:600 --time=4:00:00
lacks sbatch.calls --array

# --- What a job of Slurm was given by hand goes on with the next --------------------------------------

afresh
job 85 "${slurm[@]}" SLURM_JOB_ACCOUNT=projx SLURM_JOB_QOS=long SLURM_JOB_RESERVATION=res SLURM_MEM_PER_NODE=8192 \
    SLURM_NTASKS=6 SLURM_NTASKS_PER_NODE=2 SLURM_CPUS_PER_TASK=4 SLURM_HINT=nomultithread SLURM_THREADS_PER_CORE=1 \
    SLURM_DISTRIBUTION=block:cyclic SLURM_OVERCOMMIT=1 bash "${run[@]}" --set a=b
has sbatch.calls --job-name=name --nodes=3 --partition=part --time=4:00:00 --account=projx --qos=long --reservation=res \
    --mem=8192 --ntasks=6 --ntasks-per-node=2 --cpus-per-task=4 --hint=nomultithread --distribution=block:cyclic \
    --overcommit s.toml folder --set a=b
lacks sbatch.calls --mem-per --threads-per-core --gres --exclu --constraint --output --mail --comment
for memory in CPU=100 GPU=200; do
    afresh
    job 85 "${slurm[@]}" SLURM_MEM_PER_$memory SLURM_GPUS_PER_NODE=2 SLURM_THREADS_PER_CORE=1 SLURM_DISTRIBUTION=plane \
        SLURM_DIST_PLANESIZE=4 bash "${study[@]}"
    word=--mem-per-${memory,,}
    has sbatch.calls "$word" --gpus-per-node=2 --threads-per-core=1 --distribution=plane=4
    lacks sbatch.calls --mem=
done

# What scontrol tells; names and paths of users are no facts.
afresh
cat >facts <<'FACTS'
JobId=600 JobName=a Account=evil QOS=evil
   UserId=me(1) GroupId=me(1) MCS_label=N/A
   Priority=1 Nice=5 Account=acct QOS=normal WCKey=*wc
   JobState=RUNNING Reason=None Dependency=(null)
   Requeue=0 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=0:0
   RunTime=00:00:00 TimeLimit=1-00:10:00 TimeMin=00:05:00
   StartTime=2026-11-28T19:04:19 EndTime=2026-11-29T19:14:19 Deadline=2027-01-01T00:00:00
   Partition=part AllocNode:Sid=localhost:3528
   ReqNodeList=e[0-1] ExcNodeList=e7
   NumNodes=2 NumCPUs=8 NumTasks=4 CPUs/Task=1 ReqB:S:C:T=0:0:*:1
   Socks/Node=* NtasksPerN:B:S:C=2:0:*:* CoreSpec=*
   MinCPUsNode=2 MinMemoryNode=100M MinTmpDiskNode=3M
   Features=quick&[a|b] DelayBoot=00:00:00
   Reservation=res1
   OverSubscribe=NO Contiguous=1 Licenses=pens:2 Network=(null)
   Command=/home/me/j Features=evil.sh
   WorkDir=/home/me/60 %j
   Comment=x Licenses=evil:9 y 
   StdErr=/home/me/60%0/err-600.600 of 600
   StdIn=/dev/null
   StdOut=/home/me/600/late-600-6001.log
   Switches=1@00:05:00
   GresEnforceBind=YesSpreadJob=Yes
   TresPerNode=gres:crayon:1,gres:gpu:tesla:2
   MailUser=me@here MailType=END,FAIL

JobId=601 JobName=other
   Account=other
FACTS
job 85 "${slurm[@]}" SLURM_JOB_NAME='a Account=evil QOS=evil' bash "${run[@]}"
has sbatch.calls '--job-name=a Account=evil QOS=evil' --account=acct --qos=normal --wckey=wc --nice=5 --no-requeue \
    --time-min=00:05:00 --deadline=2027-01-01T00:00:00 '--nodelist=e[0-1]' --exclude=e7 '--constraint=quick&[a|b]' \
    --reservation=res1 --exclusive --contiguous --licenses=pens:2 '--comment=x Licenses=evil:9 y' --tmp=3M \
    '--error=/home/me/60%%0/err-%j.%j of %j' --output=/home/me/600/late-%j-6001.log --switches=1@00:05:00 \
    --gres-flags=enforce-binding --gres=crayon:1,gpu:tesla:2 --mail-user=me@here --mail-type=END,FAIL
lacks sbatch.calls --network --core-spec --input --account=other --requeue
afresh
cat >facts <<'FACTS'
JobId=501 ArrayJobId=500 ArrayTaskId=2 JobName=x
   Priority=1 Nice=0 Account=(null) QOS=(null)
   Requeue=1 Restarts=0
   Socks/Node=* NtasksPerN:B:S:C=2:0:*:* CoreSpec=*
   MinCPUsNode=2 MinMemoryNode=0 MinTmpDiskNode=0
   OverSubscribe=USER Contiguous=0 Licenses=(null) Network=(null)
   StdErr=/tmp/500_2.log
   StdOut=/tmp/500_2.log
   TresPerNode=gres/gpu:4
FACTS
job 85 "${slurm[@]}" "${element[@]}" SLURM_JOB_ID=501 SLURM_GPUS_PER_NODE=4 SLURM_MEM_PER_NODE=70 SLURM_GPUS=9 \
    SLURM_JOB_RESERVATION=other SLURM_NTASKS_PER_CORE=2 bash "${array[@]}"
has scontrol.calls 500_2
has sbatch.calls --output=/tmp/%A_%a.log --exclusive=user --requeue --gpus-per-node=4
lacks sbatch.calls --mem --gpus=9 --reservation --ntasks-per-core --account --qos --nice --contiguous --licenses --network --error --gres

# --- And of PBS ---------------------------------------------------------------------------------------

afresh
cat >facts <<'FACTS'
Job Id: 7.host
    Job_Name = name
    Resource_List.walltime = 00:10:00
    Resource_List.select = 2:ncpus=4:mem=2gb:gpu_kind=a+1:ncpus=8:bigmem=T
	rue
    Resource_List.ncpus = 16
    Resource_List.gpu_kind = a
    Resource_List.nodect = 3
    Resource_List.place = scatter:excl
    Resource_List.software = pens
    Account_Name = acct
    project = myproject
    queue = long
    Join_Path = eo
    Keep_Files = n
    Mail_Points = abe
    Mail_Users = me@here
    Output_Path = host:/home/me/by hand.log
    Error_Path = host:/home/me/name.e7
    Priority = 5
    Rerunable = False
    Variable_List = PBS_O_HOME=/home/me,X=
	queue = evil
    umask = 22
FACTS
job 85 "${pbs[@]}" PBS_O_QUEUE=route SCENARIO=s.toml OUT=folder bash "$source_dir/jobs/pbs/run.pbs"
has mpirun.calls --time-left
grep -q '^00:0[45]:[0-9][0-9]$' mpirun.calls || complain "half of ten minutes: $(<mpirun.calls)"
has qsub.calls -N name -W depend=afterany:7.host -q route -A acct -P myproject -p 5 -j eo -m abe -M me@here -r n \
    "host:/home/me/by hand.log" umask=22 walltime=00:10:00 "select=2:ncpus=4:mem=2gb:gpu_kind=a+1:ncpus=8:bigmem=True" \
    place=scatter:excl software=pens
lacks qsub.calls ncpus= gpu_kind= nodect= -e long LATECOMER_PART
afresh
printf '    queue = long\n    project = _pbs_project_default\n    Priority = 0\n    Rerunable = True\n' >facts
job 85 "${pbs[@]}" STUDY=s.toml OUT=folder bash "$source_dir/jobs/pbs/study.pbs"
has qsub.calls -q long -r y
lacks qsub.calls -A -P -p -o -l
# One element: nothing can wait for it alone, and what follows it is no array.
afresh
echo '    Resource_List.walltime = 00:10:00' >facts
printf '#PBS -J 1-8\n#PBS -l select=1\n' >with_array
sed "s|^script=.*|script=with_array|" "$source_dir/jobs/pbs/array.pbs" >array.pbs
job 85 "${pbs[@]}" PBS_JOBID='7[3].host' PBS_ARRAY_INDEX=3 PARTS=8 STUDY=s.toml OUT=folder bash array.pbs
has qstat.calls '7[3].host'
has qsub.calls 'depend=afterany:7[].host' LATECOMER_PART=3 walltime=00:10:00
has mpirun.calls --static 3/8
[ "$(<stdin_of_submit)" = '#PBS -l select=1' ] || complain "the script behind an element: $(<stdin_of_submit)"

# --- A calibration judges and computes in turns -------------------------------------------------------

mkdir -p tree/jobs tree/analysis installed/analysis without
for folder in tree/jobs installed without; do
    ln -s "$source_dir/jobs/batch" $folder/batch
done
ln -s ../../bin/calibrate tree/analysis/calibrate
ln -s ../../bin/calibrate installed/analysis/calibrate
slurm_waves=("${slurm[@]}" LATECOMER=waves LATECOMER_JOBS=tree/jobs)
calibrate=("$source_dir/jobs/slurm/calibrate.sbatch" s.toml folder)

# waves "LEFT COMPUTED..." "JUDGEMENT...": before any job, LEFT runs are left; then as stand-ins read it.
waves() {
    afresh
    local numbers
    read -ra numbers <<<"$1"
    echo "${numbers[0]}" >left
    printf '%s\n' "${numbers[@]:1}" >computed
    tr ' ' '\n' <<<"$2" >judgements
    echo 0 | tee run_status >none_left
    echo study >s.toml
    [ "${numbers[0]}" -gt 2 ] || mkdir -p folder/journal # some have been computed
}
# turns RUNS JUDGEMENTS: how often the job did both.
turns() {
    checks=$((checks + 1))
    local run judged
    run=$(grep -cx run waves.calls)
    judged=$(grep -cx s.toml calibrate.calls 2>/dev/null)
    [ "$run ${judged:-0}" = "$1 $2" ] || complain "$run runs and ${judged:-0} judgements instead of $1 and $2: $(<said)"
}

waves "0" "0"
job 0 "${slurm_waves[@]}" OMP_NUM_THREADS=7 SLURM_CPUS_PER_TASK=7 bash "${calibrate[@]}" -t.toml
turns 0 1
has calibrate.calls --folder folder --program waves --targets ./-t.toml
has said '1, 1 threads judge'
waves "0" "0"
job 0 "${slurm_waves[@]}" LATECOMER_JOBS=installed bash "${calibrate[@]}"
turns 0 1
lacks calibrate.calls --targets
waves "3 0 0 0" "85 85 85 0" # the first one looks at the input
job 0 "${slurm_waves[@]}" bash "${calibrate[@]}"
turns 3 4
has waves.calls --threads --time-left 00:05:00
[ "$(tr '\n' ' ' <s.toml)" = 'study wave wave ' ] || complain "not two waves: $(<s.toml)"
[ ! -e sbatch.calls ] || complain "a job follows the ensemble"

# Warned while it computes, or while it judges.
for left in 1 0; do
    waves "2 $left" "0"
    touch drained
    echo 0 >requeue_status
    job 85 "${slurm_waves[@]}" LATECOMER_AGAIN=requeue bash "${calibrate[@]}"
    turns 1 0
    has scontrol.calls requeue 600
    lacks said .*judging
done
waves "2 0" "warned 0"
job 85 "${slurm_waves[@]}" bash "${calibrate[@]}" t.toml
turns 1 1
has sbatch.calls --dependency=afterany:600 s.toml folder t.toml
[ ! -e folder/jobs/stalled ] || complain "runs are nothing"
waves "0" "late" # it judged nevertheless
job 85 "${slurm_waves[@]}" bash "${calibrate[@]}"
turns 0 1
lacks said '.*the launcher'
has s.toml wave
has sbatch.calls --dependency=afterany:600

# What judging takes.
waves "0" "slow"
echo 00:04 >time_left
job 85 "${slurm_waves[@]}" bash "${calibrate[@]}"
has sbatch.calls --dependency=afterany:600
has folder/jobs/stalled 1
seconds=$(<folder/jobs/seconds_to_judge)
((seconds >= 2 && seconds < 20)) || complain "judging was ended after $seconds s"
for seconds in 300 299; do
    waves "0" "0"
    mkdir folder/jobs
    echo $seconds >folder/jobs/seconds_to_judge
    [ $seconds = 300 ] && expected=85 || expected=0
    job "$expected" "${slurm_waves[@]}" bash "${calibrate[@]}"
    turns 0 "$((expected == 0))"
done
[ "$(<folder/jobs/seconds_to_judge)" -lt 20 ] || complain "how long it took is not noted"

# Jobs that get nowhere.
waves "2 2 2 2" ""
for count in 1 2 3; do
    rm -f sbatch.calls
    job 85 "${slurm_waves[@]}" bash "${calibrate[@]}"
    [ $count = 3 ] || has folder/jobs/stalled $count
done
grep -q '3 jobs one after the other got nowhere' said || complain "three jobs got nowhere: $(<said)"
[ ! -e sbatch.calls ] || complain "a job follows three that got nowhere"
waves "3 0 3" "85" # a wave, and as many runs are left as before
mkdir -p folder/journal folder/jobs
echo 2 >folder/jobs/stalled
job 85 "${slurm_waves[@]}" bash "${calibrate[@]}"
turns 2 1
[ ! -e folder/jobs/stalled ] || complain "a wave is nothing"
has sbatch.calls --dependency=afterany:600

# What fails.
for word in 1 127 137 idle; do
    waves "2 0" "$word"
    job 1 "${slurm_waves[@]}" bash "${calibrate[@]}"
    [ $word = idle ] && expected="none was added" || expected="cannot be judged (status $word)"
    grep -qF "$expected" said || complain "judged $word: $(<said)"
    [ ! -e sbatch.calls ] || complain "a job follows runs that cannot be judged"
done
waves "2 2" ""
job 1 "${slurm_waves[@]}" LATECOMER_LAUNCHER=false bash "${calibrate[@]}"
for given_up in 3 4; do
    waves "2 0" ""
    echo $given_up >none_left
    job $given_up "${slurm_waves[@]}" bash "${calibrate[@]}"
    turns 1 0
done
waves "3 0" "85 0"
job 0 "${pbs[@]}" LATECOMER=waves LATECOMER_JOBS=tree/jobs TARGETS=t.toml STUDY=s.toml OUT=folder \
    bash "$source_dir/jobs/pbs/calibrate.pbs"
turns 1 2
has calibrate.calls --targets t.toml
waves "2 1" ""
job 85 "${pbs[@]}" LATECOMER=waves LATECOMER_JOBS=tree/jobs STUDY=s.toml OUT=folder bash "$source_dir/jobs/pbs/calibrate.pbs"
has qsub.calls depend=afterany:7.host tree/jobs/pbs/calibrate.pbs

# --- Status 2: bad input ------------------------------------------------------------------------------

# refuses WORDS JOB...: with one line that holds the words.
refuses() {
    local words=$1
    shift
    job 2 "$@"
    [ "$(wc -l <said)" -eq 1 ] || complain "${*##*/jobs/}: not one line: $(<said)"
    grep -qF -- "$words" said || complain "${*##*/jobs/}: no '$words': $(<said)"
    [ ! -e sbatch.calls ] && [ ! -e qsub.calls ] || complain "${*##*/jobs/}: a job follows bad input"
}
afresh
for kind in run study chain calibrate; do
    script=$source_dir/jobs/slurm/$kind.sbatch
    refuses 'usage: ' "${slurm[@]}" bash "$script" only
    refuses 'LATECOMER_JOBS' "${slurm[@]}" LATECOMER_JOBS=/nowhere bash "$script" s.toml folder
    refuses 'sbatch' bash "$script" s.toml folder
    script=$source_dir/jobs/pbs/$kind.pbs
    refuses 'usage: ' "${pbs[@]}" OUT=folder bash "$script"
    refuses 'usage: ' "${pbs[@]}" STUDY=s.toml SCENARIO=s.toml bash "$script"
    refuses 'usage: ' STUDY=s.toml SCENARIO=s.toml OUT=folder bash "$script"
    refuses 'LATECOMER_JOBS' "${pbs[@]}" LATECOMER_JOBS=/nowhere STUDY=s.toml SCENARIO=s.toml OUT=folder bash "$script"
done
refuses 'usage: ' "${slurm[@]}" bash "${calibrate[@]}" targets.toml more
refuses "no 'analysis/calibrate' in or beside 'without'" "${slurm[@]}" LATECOMER_JOBS=without bash "${calibrate[@]}"
refuses 'sbatch --array' "${slurm[@]}" bash "${array[@]}"
refuses 'usage: ' "${slurm[@]}" "${element[@]}" bash "${array[0]}" s.toml
refuses 'qsub -J' "${pbs[@]}" PARTS=3 STUDY=s.toml OUT=folder bash "$source_dir/jobs/pbs/array.pbs"
refuses 'usage: ' "${pbs[@]}" PBS_ARRAY_INDEX=1 STUDY=s.toml OUT=folder bash "$source_dir/jobs/pbs/array.pbs"
refuses 'usage: ' bash "$source_dir/jobs/batch/workstation.sh" s.toml
for script in quickstart test; do
    refuses 'usage: ' bash "$source_dir/jobs/$script" now
done
refuses 'usage: ' bash "$source_dir/jobs/install-dependencies" run test
refuses 'usage: ' bash "$source_dir/jobs/install-dependencies" everything

# The program says what is bad.
afresh
here=(LATECOMER="$real" LATECOMER_LAUNCHER=env)
mkdir other
touch other/mine
"$real" run "$smoke" --out begun --quarters 4 --set run.burn_in=1 --progress none >said 2>&1 || complain "no run: $(<said)"
rm begun/DONE
for words in "cannot read 'none.toml'|none.toml folder" "cannot read './-none.toml'|-none.toml -folder" \
    "unknown key|$smoke folder --set learning.shair=1" "unknown option|$smoke folder --frob" \
    "'other'|$smoke other" "cannot resume 'begun'|$smoke begun --quarters 8"; do
    read -ra arguments <<<"${words#*|}"
    refuses "${words%%|*}" "${slurm[@]}" "${here[@]}" bash "${run[0]}" "${arguments[@]}"
done
refuses "cannot read 'none.toml'" "${slurm[@]}" "${here[@]}" bash "${study[0]}" none.toml folder
refuses "cannot read 'none.toml'" "${slurm[@]}" "${element[@]}" "${here[@]}" bash "${array[0]}" none.toml folder
refuses "cannot read 'none.toml'" "${slurm[@]}" "${here[@]}" bash "${chain[0]}" none.toml folder
refuses "cannot read 'none.toml'" "${slurm[@]}" "${here[@]}" bash "${calibrate[0]}" none.toml folder
refuses "cannot read the targets 'none.toml'" "${slurm[@]}" "${here[@]}" bash "${calibrate[0]}" \
    "$source_dir/jobs/calibration/tiny.toml" folder none.toml
printf '%s\n' '#!/usr/bin/env bash' "exec /usr/bin/python3 -E -S '$source_dir/analysis/calibrate' \"\$@\"" >tree/bare
chmod +x tree/bare
ln -sf ../bare tree/analysis/calibrate
refuses "the Python package '" "${slurm[@]}" "${here[@]}" LATECOMER_JOBS=tree/jobs bash "${calibrate[0]}" \
    "$source_dir/jobs/calibration/tiny.toml" folder
refuses "cannot read 'none.toml'" "${pbs[@]}" "${here[@]}" SCENARIO=none.toml OUT=folder bash "$source_dir/jobs/pbs/run.pbs"
refuses "cannot read 'none.toml'" "${pbs[@]}" "${here[@]}" STUDY=none.toml OUT=folder bash "$source_dir/jobs/pbs/study.pbs"
refuses "cannot read 'none.toml'" "${here[@]}" bash "$source_dir/jobs/batch/workstation.sh" none.toml folder
[ ! -e folder ] && [ ! -e -folder ] || complain "bad input wrote a folder"

# --- Status 0: done, 85: work left, 1: something failed -------------------------------------------------

afresh
mkdir folder
touch folder/DONE folder/run.toml
job 0 "${slurm[@]}" bash "${run[@]}"
for kind in run study; do
    script=("$source_dir/jobs/slurm/$kind.sbatch" s.toml folder)
    afresh
    job 1 "${slurm[@]}" LATECOMER_LAUNCHER=/no/such/launcher bash "${script[@]}"
    grep -q "no launcher '/no/such/launcher'" said || complain "$kind: no launcher: $(<said)"
    [ ! -e sbatch.calls ] || complain "$kind: a job follows one without launcher"
    afresh
    [ "$kind" = run ] && beginning="the run has not begun" || beginning="the launcher failed"
    job 1 "${slurm[@]}" LATECOMER_LAUNCHER=false bash "${script[@]}"
    grep -q "$beginning" said || complain "$kind: a launcher that fails: $(<said)"
    afresh
    job 1 "${slurm[@]}" LATECOMER=/no/such/program bash "${script[@]}"
    afresh
    job 1 "${slurm[@]}" LATECOMER_MODULES=none bash "${script[@]}"
    for run_status in 1 2 137; do
        afresh
        echo $run_status >run_status # it got somewhere: that decides
        job 85 "${slurm[@]}" bash "${script[@]}"
        afresh
        touch stuck
        echo $run_status >run_status
        job 1 "${slurm[@]}" bash "${script[@]}"
        has sbatch.calls --dependency=afterany:600 # it may be the node's fault
    done
    afresh
    touch closed
    job 1 "${slurm[@]}" bash "${script[@]}"
    grep -q 'no job follows' said || complain "$kind: sbatch refuses: $(<said)"
    if [ -e /dev/full ]; then
        afresh
        job 1 "${slurm[@]}" bash -c 'exec bash "$@" >/dev/full' _ "${script[@]}"
        afresh
        job 1 "${slurm[@]}" bash -c 'exec bash "$@" >&-' _ "${script[@]}"
    fi
done
afresh
touch beginless
job 1 "${slurm[@]}" bash "${run[@]}"
has said 'latecomer job: the run has not begun'
afresh
touch closed
job 1 "${pbs[@]}" STUDY=s.toml OUT=folder bash "$source_dir/jobs/pbs/study.pbs"
[ ! -e folder/jobs/submitted ] || complain "a job was noted that qsub refused"
for status_of_study in 3 4; do
    afresh
    echo $status_of_study >left_status
    job $status_of_study "${slurm[@]}" bash "${chain[@]}"
done
afresh
echo 1 >left_status
job 1 "${slurm[@]}" bash "${chain[@]}"

finish "$checks checks"
