# shellcheck shell=bash
# What analysis_surroundings.sh and analysis_surroundings_long.sh have in common.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

# test_surroundings CLASS...: tests of these classes, with a run of the program.
test_surroundings() {
    "$program" run "$smoke" --out run --snapshot-every 4 --progress none
    # Not python3: the first on the path may be another than the one with Debian's packages.
    LATECOMER_RUN=$scratch/run PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1 \
        MPLCONFIGDIR=$scratch/matplotlib /usr/bin/python3 "$source_dir/tests/analysis/test_surroundings.py" "$@"
}
