# shellcheck shell=bash
# For package.sh and package_r.sh: results that the examples of analysis/README.md name, made by the program.

# shellcheck disable=SC2154 # smoke and program are of _common.sh
make_results() {
    mkdir -p runs
    "$program" run "$smoke" --snapshot-every 4 --out runs/none --progress none
    "$program" run "$smoke" --pathway IND=low_value --out runs/low_value --progress none
    cat >responses.toml <<END
[study]
name = "responses"
model = "$smoke"
seed = 7
[scenarios]
none = {}
low_value = { pathway = { latecomers = "low_value" } }
[replicates]
min = 4
[series]
replicates = 3
variables = ["gap_by_stage", "adoption", "top_three_storage"]
END
    cat >ensemble.csv <<END
learning.innovation_rate,entry.rate,implausibility,weight
0.03,0.02,1.2,0.5
0.05,0.03,2.1,0.3
0.02,0.04,2.9,0.2
END
    cat >ensemble.toml <<END
[study]
name = "ensemble"
model = "$smoke"
quarters = 24
[scenarios]
none = {}
applications = { pathway = { latecomers = "sector_applications" } }
[design]
kind = "ensemble"
file = "ensemble.csv"
[replicates]
min = 2
END
    for study in responses ensemble; do
        "$program" study run $study.toml --out studies/$study
        "$program" study merge $study.toml --out studies/$study
    done
}
