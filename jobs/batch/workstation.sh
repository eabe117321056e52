#!/usr/bin/env bash
# Usage: bash jobs/batch/workstation.sh STUDY.toml OUT
#
# A study on a machine without a scheduler.  SIGUSR1 or SIGTERM stop it in time; the same command goes on.
#
# Needs: the program, which LATECOMER names if it is not on PATH, and a launcher, which LATECOMER_LAUNCHER names with its
# options (default: mpirun with all cores).  LATECOMER_JOBS names the folder of batch/ if it is not jobs/.
# Exit status: 0 done; 85 stopped with work left; 2 bad input; 1 something failed; 3 and 4 as `latecomer study run`.
set -euo pipefail
# <by hand>
case " $* " in
*" --help "* | *" -h "*)
    sed -n '2,/^[^#]/{s/^# //p;s/^#$//p;}' "$0"
    exit 0
    ;;
esac
# </by hand>

# <settings>
if (($# != 2)); then
    echo "usage: bash $0 STUDY.toml OUT; see --help" >&2
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
