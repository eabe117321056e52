#!/usr/bin/env bash
# package_r.sh PROGRAM SCRATCH: analysis/latecomer.R reads the same from runs, snapshots and studies as Python, identities included.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/tests/cli/_package.sh"
if ! command -v Rscript >/dev/null || ! Rscript -e 'library(hdf5r); library(bit64)' >/dev/null 2>&1; then
    echo "no R with hdf5r and bit64 (r-base-core, r-cran-hdf5r, r-cran-bit64): latecomer.R was not tried"
    exit 77
fi
make_results >made 2>&1 || complain "no results: $(tail -n 3 made)"
"$program" run "$source_dir/jobs/scenarios/sixteen_2005.toml" --quarters 6 --set world.firms_per_country=40 --snapshot-every 2 \
    --out runs/calendar --progress none >/dev/null 2>&1 || complain "no run with a calendar"

# Identities of more than 53 bits, as economies from row 1 on have in a larger world; hdf5 itself would make doubles of these.
export PYTHONPATH=$source_dir/analysis PYTHONDONTWRITEBYTECODE=1
cp -r runs/calendar runs/large
/usr/bin/python3 - <<'PYTHON'
import h5py
import numpy as np

with h5py.File("runs/large/firms/firms_0006.h5", "r+") as file:
    file["firm"][:] = np.arange(len(file["firm"]), dtype="u8") + np.uint64(2**62 + 1)
PYTHON

# A run under way has rows for quarters that are not complete.
cp -r runs/calendar runs/under_way
/usr/bin/python3 -c 'import h5py; h5py.File("runs/under_way/series.h5", "r+")["n_valid"][()] = 4'

cat >read.R <<END
source("$source_dir/analysis/latecomer.R")
options(digits = 17)
write <- function(table, name) {
    for (column in names(table)) {
        if (is.double(table[[column]]) && !bit64::is.integer64(table[[column]])) table[[column]] <- sprintf("%.17g", table[[column]])
        if (bit64::is.integer64(table[[column]])) table[[column]] <- as.character(table[[column]])
    }
    utils::write.csv(table, name, row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
run <- open_run("runs/calendar")
stopifnot(run\$quarters == 6, run\$finished, identical(run\$snapshots, c(2L, 4L, 6L)), "gap_by_stage" %in% run\$outputs\$output)
for (output in c("gap_by_stage", "data_flow", "adoption", "top_three_storage")) write(read_series(run, output), paste0("series_", output, ".csv"))
stopifnot(max(read_series("runs/under_way", "adoption")\$quarter) == 3)
unknown <- read_series(run, "ict_service_exports")\$ict_service_exports
stopifnot(anyNA(unknown), !all(is.na(unknown)), !any(is.nan(unknown)))
write(read_firms(run), "panel.csv")
write(read_firms("runs/none", quarter = c(8, 40), columns = c("revenue", "capability"), countries = "IND", positions = c("ANA", "COL")), "some.csv")
large <- read_firms("runs/large", quarter = 6, columns = "revenue")
stopifnot(bit64::is.integer64(large\$id))
write(large, "large.csv")
for (study in c("responses", "ensemble")) write(read_study(file.path("studies", study)), paste0(study, ".csv"))
write(read_economies(run\$folder), "economies.csv")
refused <- function(call) tryCatch({ call; "" }, error = conditionMessage)
writeLines(c(refused(open_run("nowhere")), refused(open_run("studies/responses/study.h5")), refused(read_firms(run, quarter = 3)),
             refused(read_firms(run, columns = "revenu")), refused(read_firms(run, countries = "INDIA")), refused(read_firms(run, most = 10)),
             refused(read_study("studies/responses", "gap")), refused(read_series(run, "gap"))), "refused")
END
Rscript read.R >said 2>&1 || complain "R: $(tail -n 5 said)"

/usr/bin/python3 - <<'PYTHON' || complain "R reads otherwise than Python"
import pandas as pd

import latecomer
from latecomer.export_tables import table_of


def same(name, wanted):
    read = pd.read_csv(name, float_precision="round_trip", dtype={"id": "uint64"})
    assert list(read) == list(wanted), (name, list(read), list(wanted))
    texts = [column for column in wanted if wanted[column].dtype == object]
    wanted = wanted.assign(**{column: wanted[column].where(wanted[column].notna()) for column in texts})
    pd.testing.assert_frame_equal(read, wanted.reset_index(drop=True), check_dtype=False, check_exact=True, obj=name)


run = latecomer.open_run("runs/calendar")
for output in ("gap_by_stage", "data_flow", "adoption", "top_three_storage"):
    table = table_of(run, output).parts[0].drop(columns="date")
    first = [column for column in ("time", "quarter", "year", "economy") if column in table]
    same(f"series_{output}.csv", table[[*first, *table.columns.drop(first)]])
same("panel.csv", latecomer.firms(run))
same("some.csv", latecomer.firms("runs/none", [8, 40], ["revenue", "capability"], "IND", ["ANA", "COL"]))
large = latecomer.firms("runs/large", 6, ["revenue"])
assert int(large["id"].iloc[0]) == 2**62 + 1
same("large.csv", large)
for study in ("responses", "ensemble"):
    keys = ["outcome", "scenario", "point", "replicate", "economy"]
    wanted = latecomer.tidy(f"studies/{study}")
    read = pd.read_csv(f"{study}.csv", float_precision="round_trip")
    assert sorted(read) == sorted(wanted) and len(read) == len(wanted)
    pd.testing.assert_frame_equal(read.sort_values(keys)[list(wanted)].reset_index(drop=True), wanted.sort_values(keys).reset_index(drop=True),
                                  check_dtype=False, check_exact=True, obj=study)
same("economies.csv", latecomer.economies(run).reset_index())
PYTHON

wanted=("'nowhere' does not exist" "is not a run of latecomer (schema: latecomer-study)" "no snapshot after 3 quarters" "no column 'revenu'"
    "'INDIA' is no country" "more than 10 such firms" "no outcome 'gap'" "no output 'gap'")
for place in "${!wanted[@]}"; do
    sed -n "$((place + 1))p" refused | grep -qF "${wanted[place]}" || complain "R says '$(sed -n "$((place + 1))p" refused)', not '${wanted[place]}'"
done
finish "latecomer.R"
