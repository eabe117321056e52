#!/usr/bin/env bash
# jobs.sh PROGRAM SCRATCH: whatever happens to jobs under a real Slurm, runs and studies end with the bytes
# that they have without it.
# ctest: cost 140
. "$(dirname "${BASH_SOURCE[0]}")/_study.sh"

# is_gone JOB: nothing of it is left on any node.
is_gone() { ! pgrep -f "^slurmstepd: \[$1\." >/dev/null; }
is_pending() { [ "$(squeue -h -j "$1" -o %T)" = PENDING ]; }

cp "$smoke" model.toml
study_of quick 40
study_of slow 250
for one in quick slow; do
    accepted 2 study run $one.toml --out "reference/$one"
    accepted 1 study merge $one.toml --out "reference/$one"
done
accepted 1 run model.toml --out reference/run
begun=${EPOCHREALTIME/./}

# One run.
for launcher in srun mpirun; do
    before=$failures
    mkdir "by $launcher"
    job=$(SLURM_MPI_TYPE=pmix LATECOMER_LAUNCHER=$launcher sbatch --parsable --nodes=2 --ntasks-per-node=2 \
        --cpus-per-task=1 --output="by $launcher/log" "$source_dir/jobs/slurm/run.sbatch" \
        model.toml "by $launcher/it's a \"run\"")
    ended "$job" 60
    accepted 1 compare "by $launcher/it's a \"run\"" reference/run
    same_end "by $launcher/it's a \"run\"" reference/run || complain "another state: $(<"by $launcher/log")"
    grep -q '4 ranks x 1 thread' "by $launcher/log" || complain "not on 4 ranks: $(<"by $launcher/log")"
    verdict "a run on 2 nodes under $launcher has the numbers of one without Slurm" $before
done

# Told to stop, it queues again.
before=$failures
folder="it's; touch x \$(touch y) %j \"z\""
submitted slow.toml --nodes 2 --time 00:10:00 --name 'a; touch x' --out "$folder"
accepted 1 study submit slow.toml --nodes 2 --out "$folder" --site "$site"
grep -q '^nothing was submitted: this study is in the queue already' stdout ||
    complain "submitted twice: $(<stdout)"
grep -q "^queue .*job $ids " stdout || complain "the queue: $(<stdout)"
[ "$(squeue -h -o %j)" = 'a; touch x' ] || complain "another name of the job: $(squeue -h -o %j)"
[ "$(squeue -h | wc -l)" -eq 1 ] || complain "not one job: $(squeue)"
until_true 30 has_begun "$folder" || complain "the study does not begin: $(cat "$folder"/jobs/*.log)"
scancel --batch --signal=USR1 "$ids"
ended "$ids" 60
[ "$(restarts "$ids")" -eq 1 ] || complain "not started again once: $(scontrol show job "$ids")"
[ "$(state_of "$ids")" = COMPLETED ] || complain "ends as $(state_of "$ids")"
grep -q 'the job queues again' "$folder/jobs/$ids.log" || complain "no word of queueing again"
merged slow.toml "$folder" reference/slow
for file in x y; do
    [ ! -e $file ] || complain "a name became a command"
done
accepted 1 study submit slow.toml --out "$folder" --site "$site"
grep -q '^nothing was submitted: no run is left' stdout || complain "submitted for nothing: $(<stdout)"
verdict "a study that is told to stop drains, queues again and completes; submitting twice is safe" $before

# The same where jobs may not queue again.
before=$failures
sed 's/"allowed"/"forbidden"/' "$site" >forbidden.toml
accepted 1 study submit slow.toml --out followed --site forbidden.toml --nodes 2
first=$(sed -n 's/^submitted *job //p' stdout)
until_true 30 has_begun followed || complain "the study does not begin: $(cat followed/jobs/*.log)"
scancel --batch --signal=USR1 "$first"
ended "$first" 60
second=$(sed -n 's/.*a job follows: //p' "followed/jobs/$first.log")
[ -n "$second" ] || complain "no job follows: $(<"followed/jobs/$first.log")"
ended "$second" 60
[ "$(restarts "$first")$(restarts "$second")" = 00 ] || complain "a job was started again"
merged slow.toml followed reference/slow
verdict "where jobs may not queue again, another one follows" $before

# What was given by hand instead of the lines of a script goes on with it.
before=$failures
by_hand=(--nodes=2 --ntasks-per-node=1 --cpus-per-task=2 --time=10 --time-min=5 --account=acct --mem=200 --constraint=quick
    --gres=crayon:1 --licenses=pens:2 --nodelist='e[0-1]' --nice=3 --deadline=2099-01-01 --no-requeue --exclusive
    --comment='x Account=y' --job-name='a QOS=b' --mail-type=FAIL --mail-user=nobody --hint=nomultithread
    --output="by_hand-%j.log" --error="%j of hand")
# facts JOB FILE: what is to be the same of both.
facts() {
    scontrol show job "$1" | sed "/Std/s/\\b$1\\b/ID/g" | grep -o -e 'JobName=.*' -e 'Nice=.*' -e 'Requeue=[01]' \
        -e 'TimeLimit=.*' -e 'Deadline=.*' -e 'ReqNodeList=.*' -e 'NumNodes=[0-9]*' -e 'NumTasks=.*' -e 'NtasksPerN.*' \
        -e 'MinMemoryNode=[^ ]*' -e 'Features=[^ ]*' -e 'OverSubscribe=.*' -e 'Comment=.*' -e 'Std[A-Z].*' -e 'TresPer.*' \
        -e 'Mail.*' >"$2"
}
first=$(SLURM_MPI_TYPE=pmix sbatch --parsable "${by_hand[@]}" "$source_dir/jobs/slurm/run.sbatch" "$smoke" by_hand \
    --quarters 1000 --set world.firms_per_country=4000)
log=by_hand-$first.log
until_true 60 test -s by_hand/run.toml || complain "the run does not begin: $(<"$log")"
facts "$first" facts_of_first
scancel --batch --signal=USR1 "$first"
ended "$first" 60
second=$(sed -n 's/.*a job follows: //p' "$log")
facts "$second" facts_of_second
scancel "$second"
[ "$(wc -l <facts_of_first)" -ge 17 ] || complain "too few facts: $(<facts_of_first)"
diff facts_of_first facts_of_second >differences || complain "what follows is another job: $(<differences)"
ended "$second" 30
verdict "the job that follows has what was given by hand" $before

# Bad input.
before=$failures
job=$(sbatch --parsable --nodes=1 --ntasks-per-node=1 --cpus-per-task=1 --output=bad.log "$source_dir/jobs/slurm/run.sbatch" \
    "$smoke" "by srun/none" --set run.bad=1)
ended "$job" 30
scontrol show job "$job" | grep -q 'ExitCode=2:0' || complain "bad input: $(<bad.log)"
verdict "a job with bad input ends with status 2" $before

# A chain.
before=$failures
submitted slow.toml --out chain --chain 2
read -r first second <<<"$ids"
until_true 30 has_begun chain || complain "the chain does not begin: $(cat chain/jobs/*.log)"
[ "$(squeue -h -j "$second" -o %T)" = PENDING ] || complain "the second link does not wait: $(squeue)"
scancel --batch --signal=USR1 "$first"
ended "$second" 60
[ "$(restarts "$first")" -eq 0 ] || complain "a link was started again"
grep -q '== .* 0 runs left' "chain/jobs/$second.log" || complain "the second link: $(<"chain/jobs/$second.log")"
merged slow.toml chain reference/slow
verdict "two jobs in a chain do one study" $before

# An array, one of whose elements fails at first.
before=$failures
mkdir bin
cat >bin/latecomer <<FLAKY
#!/usr/bin/env bash
[[ " \$* " != *' study run '* ]] || echo "\$*" >>"$scratch/calls"
# The last element has the array's id for its own.
if [[ " \$* " == *' study run '*' --static 8/8 '* ]] && mkdir "$scratch/fell" 2>/dev/null; then
    kill -KILL \$\$
fi
exec "$program" "\$@"
FLAKY
chmod +x bin/latecomer
submitted quick.toml --out array --array 8
# The script names the program by its path: here another one takes its place.
scancel "$ids"
ended "$ids" 30
sed -i "s|^program=.*|program='$scratch/bin/latecomer'|" array/jobs/array.sbatch
job=$(sbatch --parsable --output="array/jobs/%A_%a.log" array/jobs/array.sbatch)
ended "$job" 90
[ -e fell ] || complain "no element has failed"
next=$(sed -n 's/.*a job follows: //p' "array/jobs/${job}_8.log")
[ -n "$next" ] || complain "no job follows element 8: $(<"array/jobs/${job}_8.log")"
ended "$next" 60
[ ! -e "array/jobs/${next}_4.log" ] || complain "element 4 was done again"
[ "$(wc -l <calls)" -ge 9 ] || complain "too few calls: $(<calls)"
! grep -v -- '--time-left 0[0-9]:[0-9][0-9]:[0-9][0-9]$' calls || complain "an element does not know its time"
merged quick.toml array reference/quick
verdict "an array of 8 parts is complete though one of them fails at first" $before

# A node goes down.
before=$failures
submitted slow.toml --out lost --nodes 2
until_true 30 has_begun lost || complain "the study does not begin: $(cat lost/jobs/*.log)"
scontrol update NodeName=e1 State=DOWN Reason=test
until_true 30 is_gone "$ids" || complain "ranks of job $ids are still there"
until_true 60 is_pending "$ids" || complain "the job does not wait for its node: $(squeue)"
scontrol update NodeName=e1 State=RESUME
ended "$ids" 60
[ "$(restarts "$ids")" -ge 1 ] || complain "not started again: $(scontrol show job "$ids")"
merged slow.toml lost reference/slow
verdict "a study survives the loss of a node" $before

closing
