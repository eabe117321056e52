#!/usr/bin/env bash
# documents.sh PROGRAM SCRATCH: all documents become one site without a warning, in which every link leads somewhere and
# words are found from files; the picture of the model's structure shows what is declared.
# ctest: cost 60
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

export PYTHONPATH=$source_dir PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=$scratch/matplotlib
build=$source_dir/jobs/documents/build

/usr/bin/python3 "$source_dir/tests/documents/check_structure.py" "$program" || complain "the structure of the model"

if ! /usr/bin/python3 -c 'import myst_parser, sphinx' 2>/dev/null; then
    [ $failures -eq 0 ] || exit 1
    echo "no python3-sphinx and python3-myst-parser: the site was not built"
    exit 77
fi

"$build" --help | grep -q 'one site of all documents' || complain "no help"
mkdir mine
echo "mine" >mine/file
"$build" --out mine 2>stderr
status=$?
[ $status -eq 2 ] && grep -q 'is there and is no site' stderr && [ "$(cat mine/file)" = mine ] || complain "a folder of others: $status $(cat stderr)"

"$build" --out site >stdout 2>stderr || complain "the site was not built: $(cat stderr)"
[ ! -s stderr ] || complain "warnings: $(cat stderr)"
/usr/bin/python3 "$source_dir/tests/documents/check_site.py" site || complain "links of the site"

if command -v chromedriver >/dev/null && /usr/bin/python3 -c 'import selenium' 2>/dev/null; then
    LATECOMER_SITE=$scratch/site /usr/bin/python3 -m unittest tests.documents.test_site || complain "the site in a browser"
else
    echo "no chromium-driver and python3-selenium: the site was not looked at"
fi
finish
