"""Writes figures of base years as TOML, the form that the program reads (jobs/scenarios/economies.toml)."""

from pathlib import Path

import pandas

from latecomer.observed import FOLDER, INDICATORS, START, base_year, load, read_observations
from latecomer.observed.base_year import Figure
from latecomer.series import Unusable

FILE = Path(__file__).resolve().parents[3] / "jobs" / "scenarios" / "economies.toml"
FEWEST_PEOPLE = 1  # million, more than that
NEEDED = ("gdp", "population", "productivity", "internet_users", "schooling", "government_revenue")
LEADER = "USA"
ADVANCED = 0.5  # of the leader's productivity

# Rows 0 to 15 are part of the identity of firms: never renumber.  With what they stand for.
FIRST_ROWS = {
    "IDN": "Pathway I of Foster and Azmeh (2023).",
    "IND": "Pathways II and III of Foster and Azmeh (2023).",
    "CHL": "Pathway II of Foster and Azmeh (2023).",
    "MEX": "Pathways II and IV of Foster and Azmeh (2023).",
    "COL": "Pathway II of Foster and Azmeh (2023).",
    "THA": "Pathway II of Foster and Azmeh (2023).",
    "PAK": "Pathway III of Foster and Azmeh (2023).",
    "PHL": "Pathway III of Foster and Azmeh (2023).",
    "ZAF": "Pathway IV of Foster and Azmeh (2023).",
    "GRC": "A proxy for parts of Europe.",
    "BGR": "A proxy for parts of Europe.",
    "USA": "",
    "CHN": "Protected home market.",
    "DEU": "Industrial, regulates data.",
    "JPN": "",
    "KOR": "Caught up recently.",
}
# Where lead firms have their home: sources and what is assumed stand in HEADER.
LEAD_FIRMS = {"USA": 3, "CHN": 2, "DEU": 1, "JPN": 1, "KOR": 1}
BOTH = ("CHN",)  # lead firms, and firms that try to catch up

HEADER = """\
# Figures from which a world starts, of 2005 and, for the first 16 economies, of 2019, with the source of each.
#
# Do not edit: analysis/write_economies makes this file from the tables in analysis/latecomer/observed/, and a test
# compares.  analysis/latecomer/observed/README.md says what to beware of.
#
# An economy
#   name
#   role            latecomer   firms that try to catch up
#                   advanced    no lead firm, productivity in 2005 at least half of that of the United States
#                   lead        home of lead firms only
#                   both        home of lead firms and of firms that try to catch up
#   row             permanent place, part of the identity of firms: never renumber; from 16 on in the order of ISO codes
#   region          of the United Nations
#   income_group    low_income, lower_middle_income, upper_middle_income, high_income: GNI per head of 2005 against the World
#                   Bank's thresholds for that year (875, 3,465 and 10,725 USD); Nigeria by its GDP per head
#   lead_firms      lead firms that have their home there
#
# Figures of a base year
#   gdp                   USD bn, current
#   population            million
#   productivity          USD of 2015 per person employed, at market exchange rates
#   internet_users        % of population
#   broadband             fixed subscriptions per 100 people
#   schooling             mean years of people of 25 and above
#   rd_expenditure        % of GDP
#   government_revenue    % of GDP; general government where reported, else central: not strictly comparable
#   ict_service_exports   USD bn, current
# A figure that is not known is left out.
#
# Status of a figure
#   observed        of the base year; a plain number is observed, and its source is that of [source] with its name
#   nearest year    of the year that is named, at most {farthest} years away
#   fitted          computed from other figures of the economy by least squares over economies that have it: a middle,
#                   without the spread of the real ones
#
# Lead firms.  That the United States, China, Germany, Japan and South Korea have them rests on three sources, which stand in
# analysis/latecomer/observed/sources.csv: of the 100 largest digital companies of 2019, 38 are of the United States, 14 of Greater
# China, 13 of Japan and 4 of South Korea (forbes_digital); the United States and China have 90 % of the market value of the
# 70 largest digital platforms (unctad_digital); and SAP of Germany is the most valuable technology company of Europe
# (ft_technology).  How many there are, 3, 2, 1, 1 and 1, is assumed, and so is that they are the same in every base year.

"""


def chosen(observed, year=2005):
    """ISO codes of economies with a usable minimum of figures and people enough, by row; their figures; the fits."""
    figures, fits = base_year.figures(observed.observations, year, many_people(observed, year))
    usable = sorted(iso3 for iso3, found in figures.items() if set(NEEDED) <= set(found))
    first = [iso3 for iso3 in FIRST_ROWS if iso3 in usable]
    return first + [iso3 for iso3 in usable if iso3 not in FIRST_ROWS], figures, fits


def many_people(observed, year):
    """ISO codes of economies with more than a million people in the year."""
    rows = observed.observations.query("indicator == 'population' and year == @year")
    return sorted(rows.iso3[rows.value > FEWEST_PEOPLE])


def role_of(iso3, figures):
    if iso3 in LEAD_FIRMS:
        return "both" if iso3 in BOTH else "lead"
    relative = float(figures[iso3]["productivity"].text) / float(figures[LEADER]["productivity"].text)
    return "advanced" if relative >= ADVANCED else "latecomer"


def table_2019(observed):
    """Figures of 2019 for the first 16 economies: those of table_2019.csv, else of the nearest year; none is fitted."""
    table = pandas.concat([read_observations(FOLDER / "table_2019.csv"), observed.observations])
    figures, _ = base_year.figures(table, 2019, list(FIRST_ROWS))
    known = read_observations(FOLDER / "table_2019.csv")
    for row in known.itertuples():
        status = "observed" if row.year == 2019 else "nearest year"
        figures[row.iso3][row.indicator] = Figure(row.text, row.year, status, row.source)
    return {iso3: {name: found for name, found in mine.items() if found.year} for iso3, mine in figures.items()}


def whole_file():
    """The text of economies.toml."""
    observed = load()
    economies, figures, fits = chosen(observed)
    later = table_2019(observed)
    used = [figures[iso3] for iso3 in economies] + list(later.values())
    text = [HEADER.format(farthest=base_year.FARTHEST), source_table(used, observed.sources, fits)]
    for row, iso3 in enumerate(economies):
        text.append(economy(iso3, row, observed.economies.loc[iso3], role_of(iso3, figures)))
        text.append(figure_table(iso3, 2005, figures[iso3]))
        if iso3 in later:
            text.append(figure_table(iso3, 2019, later[iso3]))
    return "".join(text)


def source_table(used, sources, fits):
    """[source]: the usual source of each indicator, then all others that figures name."""
    keys = {figure.source for figures in used for figure in figures.values()}
    texts = {fit.key(): fit.text() for fit in fits}
    lines = ["[source]"]
    for key in [*(key for key in START if key in keys), *sorted(keys - set(START))]:
        lines.append(f"{key} = {quoted(texts.get(key) or source_text(key, sources))}")
    return "\n".join(lines) + "\n\n"


def source_text(key, sources):
    """Publisher, dataset, code and licence; with the page where it was read, unless it is the indicator's own source."""
    if key not in sources.index:
        raise Unusable(f"the source '{key}' is not in sources.csv: add it there")
    row = sources.loc[key]
    parts = [row.publisher, row.dataset, row.code, row.licence]
    if not key.startswith(tuple(INDICATORS)):
        parts += [row.address, row.how_read]
    return ", ".join(part for part in parts if part)


def economy(iso3, row, facts, role):
    note = FIRST_ROWS.get(iso3, "")
    return (f"{'# ' + note + chr(10) if note else ''}[country.{iso3}]\n"
            f"name = {quoted(facts['name'])}\n"
            f"role = {quoted(role)}\n"
            f"row = {row}\n"
            f"region = {quoted(facts.region)}\n"
            f"income_group = {quoted(facts.income_group_2005)}\n"
            f"lead_firms = {LEAD_FIRMS.get(iso3, 0)}\n")


def figure_table(iso3, year, figures):
    lines = [f"[country.{iso3}.{year}]"]
    lines += [f"{name} = {written(name, figures[name])}" for name in START if name in figures]
    return "\n".join(lines) + "\n" + ("\n" if year == 2019 or iso3 not in FIRST_ROWS else "")


def written(name, figure):
    """A plain number where nothing needs to be said."""
    if figure.status == "observed" and figure.source == name:
        return figure.text
    year = f"year = {figure.year}, " if figure.year else ""
    source = f", source = {quoted(figure.source)}" if figure.source != name else ""
    return f"{{ value = {figure.text}, {year}status = {quoted(figure.status)}{source} }}"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def base_year_file(observed, year, economies):
    """The text of a file with figures of one base year, for economies that a scenario names already."""
    figures, fits = base_year.figures(observed.observations, year, sorted({*economies, *many_people(observed, year)}))
    figures = {iso3: figures[iso3] for iso3 in economies}
    for iso3 in economies:
        if not figures[iso3]:
            raise Unusable(f"no figure of {iso3} is from {year}, or from {base_year.FARTHEST} years around it")
    tables = [figure_table(iso3, year, figures[iso3]).rstrip("\n") + "\n\n" for iso3 in economies]
    head = (f"# Figures of {year}, made by analysis/import_world_bank --base-year {year}; the form is that of\n"
            "# jobs/scenarios/economies.toml.\n\n")
    return (head + source_table(figures.values(), observed.sources, fits) + "".join(tables)).rstrip("\n") + "\n"
