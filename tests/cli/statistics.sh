#!/usr/bin/env bash
# statistics.sh PROGRAM SCRATCH: the statistics of the paper on known answers, and on what the program writes.
# ctest: cost 180
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

"$program" run "$smoke" --snapshot-every 2 --out run --progress none
"$program" study run "$source_dir/jobs/studies/smoke.toml" --out study
"$program" study merge "$source_dir/jobs/studies/smoke.toml" --out study
for what in parameters instruments; do
    "$program" describe $what --format json >$what.json
done

# The same run twice: as a task of a study that asks for moments, and with snapshots.
cat >moments.toml <<END
[study]
name = "moments"
model = "$source_dir/jobs/scenarios/small.toml"
seed = 5
quarters = 221
moments = true
[scenarios]
one = { "run.burn_in" = 20 }
[replicates]
min = 1
END
"$program" study run moments.toml --out moments
"$program" study merge moments.toml --out moments
"$program" run "$source_dir/jobs/scenarios/small.toml" --quarters 221 --set run.burn_in=20 --set run.seed=5 \
    --set run.replicate=0 --snapshot-every 4 --out moments-run --progress none

# Not python3: the first on the path may be another than the one with Debian's packages.
export LATECOMER_RUN=$scratch/run LATECOMER_STUDY=$scratch/study/study.h5
export LATECOMER_MOMENTS_RUN=$scratch/moments-run LATECOMER_MOMENTS_STUDY=$scratch/moments/study.h5
export PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
# In one process: to load the packages takes longer than most tests.
modules=()
for name in statistics_firms statistics_countries statistics_climbing statistics_studies statistics_battery \
    statistics_known statistics_resolution statistics_responses statistics_surface study_questions statistics_run moments instruments reviews \
    country_facts stylised_facts tables groups forecast forecast_scores; do
    modules+=("tests.analysis.test_$name")
done
/usr/bin/python3 -m unittest "${modules[@]}"
