# shellcheck shell=bash
# Sourced by study_bad_spec.sh and study_bad_spec_long.sh: kinds of bad studies and a word of what is said about each.

    # shellcheck disable=SC2154 # of _common.sh
cp "$smoke" model.toml
head='[study]\nname = "bad"\nmodel = "model.toml"\n'
one='[[parameters]]\nname = "learning.search_share"\n'
lhs='[design]\nkind = "lhs"\nn = 4\n'
sobol='[design]\nkind = "sobol"\nn = 4\n'
gap='[[stop]]\nobservable = "gap_at_end.IND"\n'
printf 'learning.search_share\n0.03\nx\n' >points.csv

# Words, then the file; a line each, \n for its lines.
bad_studies=(
    "study.name' is missing|[replicates]\nmin = 3\n"
    "letters, digits|[study]\nname = \"a b\"\nmodel = \"model.toml\"\n"
    "study.model' is missing|[study]\nname = \"a\"\n"
    "check the path|[study]\nname = \"a\"\nmodel = \"absent.toml\"\n"
    "not TOML|[study\n"
    "bad value -1 for 'study.seed'|${head}seed = -1\n"
    "[1, 4000]|${head}quarters = 0\n"
    "Did you mean 'scenarios'|${head}[scenario]\na = {}\n"
    "A study has: study|${head}[output]\n"
    "Did you mean 'min'|${head}[replicates]\nmim = 3\n"
    "Did you mean 'core_hours'|${head}[budget]\nnode_hours = 3\n"
    "[[stop]]|${head}[stop]\nlevel = 0.9\n"
    "has 0 scenarios|${head}[scenarios]\n"
    "bad name 'a b'|${head}[scenarios]\n\"a b\" = {}\n"
    "bad value 3 for scenario 'a'|${head}[scenarios]\na = 3\n"
    "in quotes|${head}[scenarios]\na = { learning.search_share = 0.1 }\n"
    "study.seed|${head}[scenarios]\na = { \"run.seed\" = 2 }\n"
    "Did you mean 'search_share'|${head}[scenarios]\na = { \"learning.serch_share\" = 0.1 }\n"
    "bad value 2 for 'learning.search_share'|${head}[scenarios]\na = { \"learning.search_share\" = 2 }\n"
    "Did you mean 'sovereignty'|${head}[scenarios]\na = { pathway = { IND = \"sovereigny\" } }\n"
    "XYZ|${head}[scenarios]\na = { pathway = { XYZ = \"sovereignty\" } }\n"
    "bad value 0|${head}[replicates]\nmin = 0\n"
    "a whole number|${head}[replicates]\nmin = 2.5\n"
    "less than 'replicates.min'|${head}[replicates]\nmin = 8\nmax = 7\n"
    "'scenarios+points'|${head}[replicates]\ncrn = \"on\"\n"
    "write 'gap_at_end.IND'|${head}[[stop]]\nobservable = \"gap_at_end\"\n"
    "no economy 'IDM'|${head}[[stop]]\nobservable = \"gap_at_end.IDM\"\nhalf_width = 1\n"
    "'half_width' or 'relative_half_width'|${head}$gap"
    "has both|${head}${gap}half_width = 1\nrelative_half_width = 1\n"
    "less than 1|${head}${gap}half_width = 1\nlevel = 1.0\n"
    "greater than 0|${head}[budget]\ncore_hours = 0\n"
    "\"90s\"|${head}[budget]\ntask_timeout = \"30\"\n"
    "bad value 0|${head}[run]\nranks_per_task = 0\n"
    "[0, 1]|${head}[run]\nmax_failed_share = 1.5\n"
    "bad value 0|${head}[run]\nhost_failures = 0\n"
    "add 'variables'|${head}[series]\nreplicates = 3\n"
    "unknown output|${head}[series]\nreplicates = 3\nvariables = [\"incom\"]\n"
    "design.kind' is missing|${head}[design]\nn = 4\n"
    "Did you mean 'sobol'|${head}[design]\nkind = \"sobel\"\n"
    "add [[parameters]]|${head}$lhs"
    "add [design]|${head}$one"
    "512 or 1024|${head}[design]\nkind = \"sobol\"\nn = 1000\n$one"
    "only to: morris|${head}${lhs}levels = 4\n$one"
    "set by the study itself|${head}${lhs}[[parameters]]\nname = \"run.seed\"\n"
    "Did you mean 'learning.search_share'|${head}${lhs}[[parameters]]\nname = \"search_share\"\n"
    "less than 'high'|${head}$lhs${one}low = 0.1\nhigh = 0.1\n"
    "points.csv:3:1|${head}[design]\nkind = \"file\"\nfile = \"points.csv\"\n"
    "a wave adds one thing|${head}$sobol${one}[[wave]]\n"
    "has 4 already|${head}$sobol${one}[[wave]]\nsize = 4\n"
    "points = \"more.csv\"|${head}$lhs${one}[[wave]]\nsize = 8\n"
    "points.csv:3:1|${head}$lhs${one}[[wave]]\npoints = \"points.csv\"\n"
)

# check_bad RANKS FIRST STEP: every STEP-th bad study from FIRST on is refused on so many ranks, and nothing is written.
check_bad() {
    local i
    for ((i = $2; i < ${#bad_studies[@]}; i += $3)); do
        printf '%b' "${bad_studies[i]#*|}" >bad.toml
        refused "$1" "${bad_studies[i]%%|*}" study run bad.toml
    done
    [ ! -e studies ] || complain "a bad study wrote something"
}
