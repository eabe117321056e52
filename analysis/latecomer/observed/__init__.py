"""What is observed of economies: figures of public statistics in tidy tables, and what is made of them.

    import latecomer
    latecomer.observed().query("indicator == 'internet_users' and iso3 == 'IND'")

README.md beside says what the figures are and what to beware of.
"""

import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from latecomer.series import Unusable, missing_packages

try:
    import pandas
except ImportError as error:
    raise missing_packages(error) from error

FOLDER = Path(__file__).resolve().parent
KEY = ["iso3", "indicator", "year"]
DIGITS = 6  # that figures have, at most, as those of the copies that were read


class Indicator(NamedTuple):
    """A quantity that the model starts from or is compared with."""

    unit: str
    least: float  # no figure is below
    most: float  # nor above
    code: str  # of the World Bank's series that is the same quantity; empty: there is none
    scale: int  # figure = the World Bank's x 10^scale


INDICATORS = {
    "gdp": Indicator("USD bn, current", 0.01, 5e4, "NY.GDP.MKTP.CD", -9),
    "population": Indicator("million", 0.005, 2000, "SP.POP.TOTL", -6),
    "productivity": Indicator("USD of 2015 per person employed", 100, 5e5, "", 0),
    "internet_users": Indicator("% of population", 0, 100, "IT.NET.USER.ZS", 0),
    "broadband": Indicator("fixed subscriptions per 100 people", 0, 100, "IT.NET.BBND.P2", 0),
    "schooling": Indicator("mean years", 0, 20, "", 0),
    "rd_expenditure": Indicator("% of GDP", 0, 10, "GB.XPD.RSDV.GD.ZS", 0),
    "government_revenue": Indicator("% of GDP", 0, 200, "", 0),
    "ict_service_exports": Indicator("USD bn, current", 0, 1000, "", 0),
    "gdp_constant": Indicator("USD bn of 2015", 0.01, 5e4, "NY.GDP.MKTP.KD", -9),
    "gdp_per_capita": Indicator("USD of 2015", 100, 5e5, "NY.GDP.PCAP.KD", 0),
    "service_exports": Indicator("USD bn, current", 0, 3000, "BX.GSR.NFSV.CD", -9),
    "ict_service_exports_share": Indicator("% of service exports", 0, 100, "BX.GSR.CCIS.ZS", 0),
}
START = tuple(INDICATORS)[:9]  # those that the model starts from, in the order of jobs/scenarios/economies.toml


class Observed(NamedTuple):
    """Tables of pandas.  Figures are numbers in `value` and, as they were written, in `text`."""

    economies: pandas.DataFrame  # name, region, income groups by iso3
    observations: pandas.DataFrame  # iso3, indicator, year, value, source, text
    sources: pandas.DataFrame  # publisher, dataset, code and more by key


def load(observations=FOLDER / "observations.csv"):
    """The project's tables; `observations` may be another file of that form.  Raises Unusable."""
    return Observed(
        read_csv(FOLDER / "economies.csv", ("iso3", "name", "region")).set_index("iso3"),
        read_observations(observations),
        read_csv(FOLDER / "sources.csv", ("key", "publisher", "unit")).set_index("key"),
    )


def read_csv(path, columns):
    """A table of texts that has these columns."""
    try:
        table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise Unusable(f"'{path}' cannot be read ({' '.join(str(error).split())})") from error
    for column in columns:
        if column not in table:
            raise Unusable(f"'{path}' has no column '{column}'")
    return table


def read_observations(path):
    """Observations of a tidy file: iso3, indicator, year, value, source."""
    table = read_csv(path, (*KEY, "value", "source")).rename(columns={"value": "text"})
    try:
        table["year"] = table.year.astype(int)
        table["value"] = table.text.astype(float)
    except ValueError as error:
        raise Unusable(f"'{path}' has a year or value that is no number ({error})") from error
    twice = table[table.duplicated(KEY)]
    if len(twice):
        iso3, indicator, year = twice.iloc[0][KEY]
        raise Unusable(f"'{path}' has two figures of {indicator} for {iso3} in {year}")
    return table


def write_observations(table, path):
    """Writes them sorted, so that files of the same figures are the same."""
    path = Path(path)
    rows = table.sort_values(KEY)[[*KEY, "text", "source"]].rename(columns={"text": "value"})
    new = path.with_name(path.name + ".tmp")
    try:
        rows.to_csv(new, index=False, lineterminator="\n")
        new.replace(path)
    except OSError as error:
        raise Unusable(f"'{path}' cannot be written ({error.strerror})") from error


def plain(number, digits=DIGITS):
    """A number as text without exponent, rounded to so many significant digits.  Raises ValueError."""
    try:
        number = Decimal(number)
    except InvalidOperation as error:
        raise ValueError(f"'{number}' is no number") from error
    if not number.is_finite():
        raise ValueError(f"'{number}' is no number")
    if number:
        last = number.adjusted() - digits + 1
        if number.as_tuple().exponent < last:
            number = number.quantize(Decimal(1).scaleb(last))
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def observations():
    """What is observed, as a tidy table: iso3, indicator, year, value, unit, source (a key of load().sources).

    2000 to 2015, sorted; a figure that is not known has no line.  README.md beside says what to beware of.  Also
    latecomer.observed(), the package as a function.
    """
    table = load().observations
    table["unit"] = table["indicator"].map({name: one.unit for name, one in INDICATORS.items()})
    return table[[*KEY, "value", "unit", "source"]]


class _Callable(ModuleType):
    """This package, which can be called."""

    def __call__(self):
        return observations()


_Callable.__call__.__doc__ = observations.__doc__
sys.modules[__name__].__class__ = _Callable
