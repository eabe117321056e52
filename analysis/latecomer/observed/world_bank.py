"""Downloads of the World Bank as its web pages give them, read into tidy observations."""

import csv
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pandas

from latecomer.observed import INDICATORS, KEY, plain
from latecomer.series import Unusable

INDICATOR_OF = {figure.code: name for name, figure in INDICATORS.items() if figure.code}
INGREDIENTS = {"SL.TLF.TOTL.IN": "labour force", "SL.UEM.TOTL.ZS": "unemployment, % of it"}
NOT_THE_SAME = {
    "SL.GDP.PCAP.EM.KD": "is in purchasing power parities; productivity is in USD of 2015: "
                         "download NY.GDP.MKTP.KD, SL.TLF.TOTL.IN and SL.UEM.TOTL.ZS, of which it is computed",
    "GC.REV.XGRT.GD.ZS": "is of central governments; government_revenue is of general government where reported",
}
# Regions and groups of the World Bank, which are no economies.
AGGREGATES = set(
    "AFE AFW ARB CEB CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBD IBT IDA IDB IDX INX LAC LCN LDC LIC LMC LMY LTE "
    "MEA MIC MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST TEA TEC TLA TMN TSA TSS UMC WLD".split())
FIRST_YEAR = 2000
NO_VALUE = ("", "..")


class Download(NamedTuple):
    """What a download says, and what was left out of it."""

    figures: dict  # Decimal by (iso3, code, year)
    aggregates: set
    unknown_economies: set
    unknown_codes: set


def read_downloads(paths, economies):
    """All downloads together.  Raises Unusable if one is no download, or if two contradict each other."""
    together = Download({}, set(), set(), set())
    for path in paths:
        read = read_table(path, text_of(path), economies)
        for key, number in read.figures.items():
            if together.figures.setdefault(key, number) != number:
                raise Unusable(f"'{path}' says that {key[1]} of {key[0]} in {key[2]} is {number}, another download "
                               f"{together.figures[key]}: give downloads of the same day")
        for mine, its in zip(together[1:], read[1:]):
            mine.update(its)
    return together


def text_of(path):
    """The text of a CSV file, or of the one with the data in a zip file."""
    path = Path(path)
    try:
        data = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [name for name in archive.namelist() if name.endswith(".csv") and "Metadata" not in name]
                if len(names) != 1:
                    raise Unusable(f"'{path}' holds {len(names)} files of data, not one: unpack it and name the file")
                data = archive.read(names[0])
        return data.decode("utf-8-sig")
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise Unusable(f"'{path}' cannot be read ({' '.join(str(error).split())})") from error


def read_table(path, text, economies):
    """Reads either form: the page of an indicator ("Indicator Code", 2005) or DataBank ("Series Code", 2005 [YR2005])."""
    rows = list(csv.reader(io.StringIO(text)))
    start = next((n for n, row in enumerate(rows[:10]) if "Country Code" in row), None)
    if start is None:
        raise Unusable(f"'{path}' is no download of the World Bank: none of its first lines has a 'Country Code'")
    header = rows[start]
    code = next((header.index(name) for name in ("Indicator Code", "Series Code") if name in header), None)
    years = {n: int(found[1]) for n, name in enumerate(header)
             if (found := re.fullmatch(r"(\d{4})(?: \[YR\1\])?", name.strip()))}
    if code is None or not years:
        raise Unusable(f"'{path}' needs a column 'Indicator Code' or 'Series Code' and one for each year: in DataBank, "
                       "choose the layout that has years as columns")
    read = Download({}, set(), set(), set())
    for line, row in enumerate(rows[start + 1:], start + 2):
        if len(row) > code and row[code].strip():
            read_row(f"'{path}', line {line}", row, row[header.index("Country Code")].strip(), row[code].strip(),
                     years, economies, read)
    if not read.figures:
        said = f": {reason(sorted(read.unknown_codes)[0])}" if read.unknown_codes else ""
        raise Unusable(f"'{path}' has no figure that is of use here{said}")
    return read


def read_row(place, row, iso3, code, years, economies, read):
    """Puts the figures of one economy into `read`, or says there why not."""
    if code not in INDICATOR_OF and code not in INGREDIENTS:
        read.unknown_codes.add(code)
    elif iso3 in AGGREGATES:
        read.aggregates.add(iso3)
    elif iso3 not in economies:
        read.unknown_economies.add(iso3)
    else:
        for column, year in years.items():
            text = row[column].strip() if column < len(row) else ""
            if text not in NO_VALUE and year >= FIRST_YEAR:
                read.figures[iso3, code, year] = number_of(place, text)


def number_of(place, text):
    """Raises Unusable, with the place, if the text is no number."""
    try:
        plain(text)
    except ValueError as error:
        raise Unusable(f"{place}: {error}") from error
    return Decimal(text)


def reason(code):
    """Why a series is left out."""
    return f"{code} {NOT_THE_SAME.get(code, 'is not among ' + ', '.join([*INDICATOR_OF, *INGREDIENTS]))}"


def observations(figures):
    """Tidy observations of what was read, those that are computed included."""
    rows = []
    for (iso3, code, year), number in figures.items():
        if code in INDICATOR_OF:
            name = INDICATOR_OF[code]
            rows.append((iso3, name, year, number.scaleb(INDICATORS[name].scale)))
        computed = COMPUTED.get(code)
        if computed and all((iso3, other, year) in figures for other in computed.needs):
            others = (figures[iso3, other, year] for other in computed.needs)
            rows.append((iso3, computed.indicator, year, computed.value(number, *others)))
    table = pandas.DataFrame([(iso3, name, year, plain(number), f"{name}_download") for iso3, name, year, number in rows],
                             columns=[*KEY, "text", "source"])
    table["value"] = table.text.astype(float)
    check_ranges(table)
    return table


class Computed(NamedTuple):
    indicator: str
    needs: tuple  # codes of the other series
    value: object  # a function of the figures


COMPUTED = {
    "NY.GDP.MKTP.KD": Computed("productivity", ("SL.TLF.TOTL.IN", "SL.UEM.TOTL.ZS"),
                               lambda gdp, force, unemployed: gdp / (force * (1 - unemployed / 100))),
    "BX.GSR.CCIS.ZS": Computed("ict_service_exports", ("BX.GSR.NFSV.CD",),
                               lambda share, exports: share / 100 * exports.scaleb(-9)),
}


def check_ranges(table):
    """Raises Unusable for a figure that cannot be one of its indicator."""
    for row in table.itertuples():
        figure = INDICATORS[row.indicator]
        if not figure.least <= row.value <= figure.most:
            raise Unusable(f"{row.indicator} of {row.iso3} in {row.year} would be {row.text}: it must be from "
                           f"{figure.least:g} to {figure.most:g} {figure.unit}")


class Merged(NamedTuple):
    table: pandas.DataFrame
    new: int
    same: int
    replaced: list  # (iso3, indicator, year, text before, text now)


def merge(table, imported):
    """New figures replace others; one that is equal changes nothing, so that an import may be repeated."""
    before = table.set_index(KEY)[["text", "source"]].to_dict("index")
    rows, replaced, same = [], [], 0
    for row in imported.itertuples():
        old = before.get((row.iso3, row.indicator, row.year))
        if old is not None and Decimal(plain(old["text"])) == Decimal(row.text):
            same += 1
            continue
        if old is not None:
            replaced.append((row.iso3, row.indicator, row.year, old["text"], row.text))
        rows.append(row[1:])
    changed = pandas.DataFrame(rows, columns=imported.columns)
    merged = pandas.concat([table, changed[table.columns]]).drop_duplicates(KEY, keep="last") if rows else table
    return Merged(merged, len(rows) - len(replaced), same, sorted(replaced))
