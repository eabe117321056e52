#!/usr/bin/env bash
# A study on a machine without a scheduler.
#
#   bash jobs/batch/workstation.sh STUDY.toml OUT
#
# LATECOMER names the program if it is not on PATH, LATECOMER_JOBS the folder of batch/ if it is not jobs/.
# SIGUSR1 or SIGTERM stop it in time; the same command goes on.
set -euo pipefail

# <settings>
if (($# < 2)); then
    echo "usage: bash $0 STUDY.toml OUT" >&2
    exit 2
fi
if [[ ! -r ${LATECOMER_JOBS:-jobs}/batch/job.sh ]]; then
    echo "there is no '${LATECOMER_JOBS:-jobs}/batch/job.sh'; name its folder: LATECOMER_JOBS=..." >&2
    exit 2
fi
study=$1
folder=$2
part=
again=no
program=${LATECOMER:-latecomer}
threads=1
read -ra launcher <<<"${LATECOMER_LAUNCHER:-mpirun -n $(nproc)}"
modules=()
margin=0
# </settings>
. "${LATECOMER_JOBS:-jobs}/batch/job.sh"
. "${LATECOMER_JOBS:-jobs}/batch/none.sh"

study_job
