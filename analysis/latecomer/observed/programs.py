"""The command lines of write_economies and import_world_bank."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from latecomer.observed import FOLDER, economies, load, world_bank, write_observations
from latecomer.series import Unusable

SHOWN = 20  # replaced figures that are printed


def run(name, program, arguments):
    """The exit status: 0, or 2 with one line where the input will not do."""
    try:
        program(arguments)
    except Unusable as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    return 0


def write_economies(arguments=None):
    parser = argparse.ArgumentParser(
        prog="write_economies", description="Writes jobs/scenarios/economies.toml from the tables of analysis/latecomer/observed.",
        epilog="Prints how many figures are observed, of another year, or fitted, and the fits. Status 2, with one line, "
               "if something is wrong.")
    parser.add_argument("--out", metavar="FILE", default=economies.FILE, help="another file than economies.toml")
    return run(parser.prog, write_economies_file, parser.parse_args(arguments))


def write_economies_file(options):
    if options.out == economies.FILE and not economies.FILE.parent.is_dir():
        raise Unusable(f"'{economies.FILE.parent}' is not here, as in a checkout: name the file with --out")
    write_text(options.out, economies.whole_file())
    observed = load()
    names, figures, fits = economies.chosen(observed)
    left_out = sorted(set(economies.many_people(observed, 2005)) - set(names))
    print(f"2005: {len(names)} economies; {counted(figures[iso3] for iso3 in names)}; without a usable minimum: "
          f"{', '.join(left_out) or 'none'}")
    print(f"2019: {len(economies.FIRST_ROWS)} economies; {counted(economies.table_2019(observed).values())}")
    for fit in fits:
        print(fit.text())


def counted(tables):
    """How many figures have which status."""
    count = Counter(figure.status for table in tables for figure in table.values())
    return ", ".join(f"{count[status]} {status}" for status in ("observed", "nearest year", "fitted"))


def import_world_bank(arguments=None):
    parser = argparse.ArgumentParser(
        prog="import_world_bank",
        description="Brings downloads of the World Bank's web pages into a file of observations: CSV or zip files of an "
                    "indicator's page (API_<CODE>_DS2_en_csv_v2_*), or of DataBank with years as columns.",
        epilog="Series that are known: " + ", ".join([*world_bank.INDICATOR_OF, *world_bank.INGREDIENTS]) + ". "
               "productivity is computed from NY.GDP.MKTP.KD, SL.TLF.TOTL.IN and SL.UEM.TOTL.ZS, ict_service_exports from "
               "BX.GSR.CCIS.ZS and BX.GSR.NFSV.CD, if they are given together. Regions and groups are left out. Figures get "
               "six digits. Importing again changes nothing. Status 2, with one line, if something is wrong; then nothing "
               "is written.")
    parser.add_argument("downloads", metavar="DOWNLOAD", nargs="*", help="CSV or zip file")
    parser.add_argument("--into", metavar="FILE", required=True, help="observations, such as a copy of observations.csv "
                        "beside: new figures replace those of FILE; made if missing")
    parser.add_argument("--base-year", metavar="YEAR", type=int, help="also write figures of this year as TOML")
    parser.add_argument("--economies", metavar="ISO3,...", help="with --base-year: whose figures; or all: those of "
                        "jobs/scenarios/economies.toml")
    parser.add_argument("--figures", metavar="FILE", help="with --base-year: where to; default: figures_YEAR.toml")
    return run(parser.prog, import_and_write, parser.parse_args(arguments))


def import_and_write(options):
    if not options.downloads and options.base_year is None:
        raise Unusable("nothing to do: name a download, or a --base-year")
    if (options.base_year is None) != (options.economies is None) or (options.figures and options.base_year is None):
        raise Unusable("--base-year and --economies belong together, and --figures to both")
    exists = Path(options.into).exists()
    observed = load(options.into if exists else FOLDER / "observations.csv")
    if not exists:
        observed = observed._replace(observations=observed.observations.iloc[:0])
    merged = observed.observations
    if options.downloads:
        read = world_bank.read_downloads(options.downloads, set(observed.economies.index))
        result = world_bank.merge(merged, world_bank.observations(read.figures))
        merged = result.table
    text = None
    if options.base_year is not None:
        text = economies.base_year_file(observed._replace(observations=merged), options.base_year,
                                        named(options.economies, observed))
    if options.downloads:
        if result.new or result.replaced or not exists:
            write_observations(merged, options.into)
        report(options.into, result, read)
    if text is not None:
        write_text(options.figures or f"figures_{options.base_year}.toml", text)


def named(words, observed):
    """ISO codes that the user named."""
    if words == "all":
        return economies.chosen(load())[0]
    codes = [word.strip() for word in words.split(",")]
    for code in codes:
        if code not in observed.economies.index:
            raise Unusable(f"'{code}' is not an ISO code of economies.csv")
    return list(dict.fromkeys(codes))


def report(path, result, read):
    """Says what an import did."""
    print(f"{path}: {result.new} new, {len(result.replaced)} replaced, {result.same} the same")
    for iso3, indicator, year, before, now in result.replaced[:SHOWN]:
        print(f"replaced: {indicator} of {iso3} in {year}: {before} -> {now}")
    if len(result.replaced) > SHOWN:
        print(f"replaced: {len(result.replaced) - SHOWN} more")
    if read.aggregates:
        print(f"left out: {len(read.aggregates)} regions and groups")
    if read.unknown_economies:
        print(f"left out, not in economies.csv: {', '.join(sorted(read.unknown_economies))}")
    for code in sorted(read.unknown_codes):
        print(f"left out: {world_bank.reason(code)}")


def write_text(path, text):
    path = Path(path)
    new = path.with_name(path.name + ".tmp")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(path)
    except OSError as error:
        raise Unusable(f"'{path}' cannot be written ({error.strerror})") from error
