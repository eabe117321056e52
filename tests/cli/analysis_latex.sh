#!/usr/bin/env bash
# analysis_latex.sh PROGRAM SCRATCH: paper.tex of a run and of studies compiles with Debian's TeX, whatever names there are,
# and nothing stands out of its page.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
set -e

if ! command -v pdflatex >/dev/null; then
    echo "no pdflatex (texlive-latex-base, -recommended, -extra): nothing was compiled"
    exit 77
fi
"$program" run "$smoke" --out run --snapshot-every 4 --progress none

export LATECOMER_RUN=$scratch/run LATECOMER_PROGRAM=$program MPLCONFIGDIR=$scratch/matplotlib
export PYTHONPATH=$source_dir:$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 "$source_dir/tests/analysis/test_latex_paper.py"
