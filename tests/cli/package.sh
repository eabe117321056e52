#!/usr/bin/env bash
# package.sh PROGRAM SCRATCH: the Python package is whole, can be installed without network and imported from anywhere; its
# tables and what it exports are those of the files; examples of its README run.
# ctest: cost 95
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/tests/cli/_package.sh"
make_results >made 2>&1 || complain "no results: $(tail -n 3 made)"

# Not python3: the first on the path may be another than the one with Debian's packages.
/usr/bin/python3 -m venv --system-site-packages environment || complain "no virtual environment: python3-venv"
mkdir source
cp -r "$source_dir/analysis/latecomer" "$source_dir/analysis/pyproject.toml" source # pip leaves files beside
PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 environment/bin/python3 -m pip install --no-build-isolation --no-deps \
    --disable-pip-version-check ./source >installed 2>&1 || complain "pip: $(tail -n 5 installed)"
mkdir elsewhere

# wants PROGRAM...: says yes, in an environment that does not name the checkout.
wants() {
    (cd elsewhere && env -u PYTHONPATH -u LATECOMER_SOURCE PYTHONDONTWRITEBYTECODE=1 ../environment/bin/python3 "$@")
}
wants -c "import latecomer; print(latecomer.__file__)" >where
grep -q "^$scratch/environment/.*/site-packages/latecomer/__init__.py$" where || complain "not installed: $(<where)"
package=$(dirname "$(<where)")
list() {
    (cd "$1" && find . -type f ! -name '*.pyc' | sort)
}
diff <(list "$source_dir/analysis/latecomer") <(list "$package") >differs || complain "other files than the checkout: $(<differs)"
wants -c "from importlib.metadata import version; import latecomer; assert version('latecomer') == latecomer.__version__" ||
    complain "pip has another version"
wants -m latecomer.paper ../runs/none --out paper --quiet >/dev/null || complain "no paper"
[ -s elsewhere/paper/index.html ] || complain "the paper has no page"
wants -c "from latecomer.observed.programs import write_economies as w; raise SystemExit(w([]))" 2>said
[ $? -eq 2 ] || complain "economies.toml was written where there is no checkout"
grep -q "^write_economies: '.*' is not here, as in a checkout: name the file with --out$" said || complain "$(<said)"

# The launcher, from anywhere, without the package on the path.
(cd elsewhere && env -u PYTHONPATH "$source_dir/analysis/export" ../runs/none --format dta) >exported || complain "no export"
[ "$(<exported)" = none_series.dta ] && [ -s elsewhere/none_series.dta ] || complain "exported '$(<exported)'"
cp elsewhere/none_series.dta first.dta
wants -m latecomer.export ../runs/none --format dta >/dev/null
cmp first.dta elsewhere/none_series.dta || complain "other bytes at another time"

export LATECOMER_RUNS=$scratch PYTHONDONTWRITEBYTECODE=1
for name in package export; do
    PYTHONPATH=$source_dir:$package/.. environment/bin/python3 "$source_dir/tests/analysis/test_$name.py" || complain "test_$name"
done
finish "The package"
