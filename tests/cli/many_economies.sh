#!/usr/bin/env bash
# many_economies.sh PROGRAM SCRATCH: runs of 149 economies can be read: series name economies, groups and years for
# other programs, the table at the end and `inspect` tell groups and those that moved most, all or some on request.
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

world=$source_dir/jobs/scenarios/world.toml
small=(--set run.spin_up=4 --set world.firms_per_country=30 --quarters 6 --progress none --overwrite)

# shows FILE TEXT, lacks FILE TEXT
shows() {
    grep -qF -- "$2" "$1" || complain "'$2' is not in $1: $(head -c 800 "$1")"
}
lacks() {
    ! grep -qF -- "$2" "$1" || complain "'$2' is in $1"
}

# --- Series -----------------------------------------------------------------------------------------

accepted 2 run "$world" --out world "${small[@]}"
cp stdout end.txt
cat >read.py <<'PYTHON'
import numpy
import xarray

for engine in ("h5netcdf", "netcdf4"):
    with xarray.open_dataset("world/series.h5", engine=engine) as series:
        along = {"country_name", "country_region", "country_income_group", "country_role"}
        assert along | {"year", "date", "quarter"} <= set(series.coords), sorted(series.coords)
        assert series.sizes["country"] == 149
        india = series.sel(country="IND")
        assert str(india["country_name"].values) == "India"
        assert str(india["country_region"].values)
        assert str(india["country_income_group"].values) == "low_income"
        roles = dict(zip(series["country"].values, series["country_role"].values))
        assert (roles["IND"], roles["CHN"], roles["USA"]) == ("latecomer", "both", "lead"), roles
        assert set(series["country_role"].values) == {"latecomer", "lead", "both", "advanced"}
        assert list(series["year"].values) == [2005] * 4 + [2006] * 2
        dates = series["date"].values.astype("datetime64[D]").astype(str)
        assert list(dates[:5]) == ["2005-01-01", "2005-04-01", "2005-07-01", "2005-10-01", "2006-01-01"], dates
        assert list(series["time"].values[:2]) == [0.25, 0.5]
        assert int(series.attrs["start_year"]) == 2005

        exports = series["ict_service_exports"]
        assert "country_income_group" in exports.coords and "year" in exports.coords
        of_years = exports.groupby("year").sum()
        assert numpy.isclose(float(of_years.sel(year=2006, country="IND")), float(exports[4:].sel(country="IND").sum()))
        groups = series["final_demand"].groupby("country_income_group").sum()
        assert set(groups["country_income_group"].values) == {
            "high_income", "upper_middle_income", "lower_middle_income", "low_income"}
        share = series["ict_service_exports_share"]
        assert numpy.allclose(share.sum("country"), 1)
        assert share.sel(country="USA").isnull().all() and share.sel(country="CHN").notnull().all()
        assert numpy.allclose(series["internet_users"], 100 * series["adoption"])
        relative = series["relative_productivity"]
        assert (relative.sel(country="USA") == 0).all()
        index = series["capability_index"]
        assert numpy.allclose(relative, (index - index.sel(country="USA")) / 0.5)
PYTHON
/usr/bin/python3 read.py || complain "xarray on the series of many economies"
flow_cells=$(ncdump -h world/series.h5 | grep -c 'home = 1 ;')
[ "$flow_cells" -eq 1 ] || complain "flows between all pairs are recorded"

# --- The table at the end, and inspect ----------------------------------------------------------------

[ "$(wc -l <end.txt)" -lt 30 ] || complain "the end of a run of 149 economies has $(wc -l <end.txt) lines"
for words in "high income: " "upper middle income: " "lower middle income: " "low income: " "moved up most" \
    "moved down most" "all 149 economies: 'latecomer inspect RUN --all'" "latecomers: "; do
    shows end.txt "$words"
done
accepted 3 inspect world
grep -vF -e 'state hash' end.txt >table.txt
while IFS= read -r line; do
    shows stdout "$line"
done <table.txt
lacks stdout gap_at_start
[ "$(tail -n 1 stdout)" = "$(tail -n 1 end.txt)" ] || complain "inspect ends in $(tail -n 1 stdout)"

accepted 1 inspect world --all
[ "$(grep -c ' gap_at_start ' stdout)" -eq 149 ] || complain "--all has not every economy"
shows stdout catch_ups
lacks stdout "moved up most"
accepted 1 inspect world --countries IND,CHN
[ "$(grep -c ' gap_at_start ' stdout)" -eq 2 ] || complain "--countries has other economies"
[ "$(awk '$2 == "gap_at_end" { printf "%s ", $1 }' stdout)" = "IND CHN " ] || complain "$(cat stdout)"
[ "$(grep -c , world/outcomes.csv)" -eq $((1 + 149 * 13 + 5)) ] || complain "outcomes.csv does not keep every row"

accepted 1 inspect world --events
shows stdout "quarter  year  kind"
cp stdout events.txt
accepted 3 inspect world --events --countries IND
[ "$(wc -l <stdout)" -gt 1 ] || complain "India has no event"
[ "$(awk 'NR > 1 && $4 != "IND" && $5 != "IND"' stdout | wc -l)" -eq 0 ] || complain "events of others: $(cat stdout)"
[ "$(wc -l <stdout)" -eq $((1 + $(grep -c -e ',IND,' world/events.csv))) ] || complain "events of India are missing"
awk 'NR > 1 && $2 != 2005 + int($1 / 4)' events.txt | grep -q . && complain "an event has another year"
accepted 1 inspect world --events --json --countries IND
shows stdout '"quarter"'
lacks stdout '"year"'

refused "1 3" "the run has no economy 'INX'. Did you mean" inspect world --countries INX
refused 1 "the run has no economy 'ind'. Did you mean 'IND'?" inspect world --events --countries ind
refused 1 "bad value 'IND,' for --countries" inspect world --countries IND,
refused 1 "need the folder of a run" inspect world/series.h5 --all
refused 1 "need the folder of a run" inspect world/series.h5 --countries IND
refused 1 "--json without --events prints none" inspect world --json --all

# --- Few economies: as ever -----------------------------------------------------------------------------

accepted 1 run "$smoke" --out few --progress none
cp stdout end.txt
shows end.txt "country "
lacks end.txt "moved up most"
shows end.txt "quarters"
accepted 1 inspect few
shows stdout gap_at_start
cp stdout whole.txt
accepted 1 inspect few --all
cmp -s stdout whole.txt || complain "--all changes what is told of few economies"
accepted 1 inspect few --events
lacks stdout year

# --- A series that cannot be read: what there is nonetheless ----------------------------------------------

printf 'x' | dd of=world/series.h5 bs=1 seek=5000 conv=notrunc status=none
on 1 inspect world
[ $status -eq 2 ] || complain "inspect of a damaged series: status $status"
shows stdout gap_at_start
accepted 1 inspect world --events
lacks stdout year

finish
