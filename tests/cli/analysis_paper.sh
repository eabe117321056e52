#!/usr/bin/env bash
# analysis_paper.sh PROGRAM SCRATCH: one command makes figures, tables and a page from a study and a run, and
# the page works in a browser.
# ctest: cost 95
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

cat >study.toml <<END
[study]
name = "tested"
model = "$smoke"
seed = 7

[scenarios]
none = {}
low_value = { pathway = { latecomers = "low_value" } }
sector_applications = { pathway = { latecomers = "sector_applications" } }

[replicates]
min = 4
END
"$program" study run study.toml --out study >/dev/null 2>&1
"$program" study merge study.toml --out study >report
"$program" run "$smoke" --out run --snapshot-every 4 --progress none

export LATECOMER_RUN=$scratch/run LATECOMER_STUDY=$scratch/study LATECOMER_PAPER=$scratch/paper LATECOMER_REPORT=$scratch/report
export PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=$scratch/matplotlib
printed=$("$source_dir/analysis/make_paper" study --run run --out paper --program "$program" 2>told)
[ "$printed" = paper/index.html ] || complain "make_paper printed '$printed'"
grep -q Warning told && complain "make_paper warns: $(grep Warning told)"
/usr/bin/python3 "$source_dir/tests/analysis/test_paper.py"

if command -v chromedriver >/dev/null && /usr/bin/python3 -c 'import selenium' 2>/dev/null; then
    LATECOMER_PAGE=$LATECOMER_PAPER/index.html /usr/bin/python3 "$source_dir/tests/analysis/test_page.py"
else
    echo "no chromium-driver and python3-selenium: the page was not looked at"
fi
finish "make_paper"
