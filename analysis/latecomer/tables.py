"""The tables of the paper, each as LaTeX (booktabs) and CSV."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from latecomer.drawn import file_name, write_csv, write_text
from latecomer.latex import booktabs
from latecomer.names import plain, told_apart
from latecomer.statistics.studies import catch_up_probability, catch_up_times, log_rank, unit_of

OUTCOMES = {  # words for those that tables show
    "gap_closed": "Gap closed",
    "gap_at_end": "Gap at the end",
    "caught_up": "Caught up",
    "application_share": "Home share of applications",
    "public_cost": "Public cost",
    "welfare": "Use of applications, end over start",
    "highest_stage": "Highest stage",
}
ROLES = ("skills and technology", "local content and production", "external actors", "facilitating demand")
INDICES = (  # of study.h5: variable, words, whether the file has its interval too
    ("sobol_first", "First order", True),
    ("sobol_total", "Total", True),
    ("morris_mu", "mu", False),
    ("morris_mu_star", "mu*", True),
    ("morris_sigma", "sigma", False),
    ("pawn_median", "PAWN, median", False),
    ("pawn_max", "PAWN, largest", False),
    ("pawn_floor", "PAWN, dummy", False),
)
MEDIANS = ("gap_at_start", "gap_at_end", "application_share", "highest_stage", "welfare")  # of groups of economies
LONGEST_NAME = 18  # letters of the name of an economy in a table
TO_REACH = (0.1, 0.25, 0.5)  # shares of countries for which the time is told


@dataclass(frozen=True)
class Table:
    """A table of the paper: its file name, caption, contents as they are printed, and notes below it.

    `values` has the same lines unrounded, for the CSV file.  `group`: a column of `frame` whose values
    are headings over their lines.
    """

    name: str
    caption: str
    frame: pd.DataFrame
    values: pd.DataFrame
    notes: str = ""
    group: str | None = None


def number(value, digits=3):
    """A number to so many significant digits, "-" for a missing one."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "-"
    if np.isinf(value):
        return "infinite" if value > 0 else "-infinite"
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    size = np.floor(np.log10(abs(float(f"{value:.{digits - 1}e}"))))
    if size < -4 or size > 8:
        return f"{value:.{digits - 1}e}"
    places = int(max(0, digits - 1 - size))
    return f"{value:,.{places}f}" if size > 3 else f"{value:.{places}f}"


def interval(low, high, digits=3):
    """The ends of an interval between brackets, "-" where there is none."""
    return "-" if np.isnan(low) or np.isnan(high) else f"[{number(low, digits)}, {number(high, digits)}]"


def probability(p):
    """A p value to three places."""
    return "-" if np.isnan(p) else "<0.001" if p < 0.0005 else f"{p:.3f}"


def words(outcome):
    """An outcome in words."""
    if outcome.startswith("world_"):
        return "World: " + outcome.removeprefix("world_").replace("_", " ")
    return OUTCOMES.get(outcome, outcome.replace("_", " ").capitalize())


def parameter_table(description):
    """All parameters by section, from `latecomer describe parameters --format json` (parsed).

    What a scenario must say itself, such as data of a country, has no default and is no parameter here.
    """
    sections = {name: rows for name, rows in description.items() if isinstance(rows, list)}
    rows = [{"section": name, **row} for name, rows in sections.items() for row in rows if "default" in row]
    values = pd.DataFrame(rows).fillna("")
    frame = pd.DataFrame(
        {
            "section": values["section"],
            "Parameter": values["key"],
            "Meaning": values["meaning"],
            "Unit": values["unit"],
            "Default": [default_in_words(value) for value in values["default"]],
            "Explored": values["explored"],
            "Source": values["source"],
        }
    )
    notes = "Explored: what a sensitivity study covers; empty where it covers nothing."
    return Table("parameters", "Parameters of the model", frame, values, notes, "section")


def default_in_words(value):
    """A default as a cell: lists between commas, nothing for an empty one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(default_in_words(entry) for entry in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def instrument_table(description):
    """Table 1 of Foster and Azmeh with the model's instruments, from `describe instruments` (parsed JSON)."""
    values = pd.DataFrame(description["cell"])[["stage", *ROLES]]
    frame = values.rename(columns=str.capitalize)
    frame["Stage"] = frame["Stage"].str.capitalize()
    caption = "Instruments by stage of the data value chain, after Table 1 of Foster and Azmeh (2023)"
    return Table("instruments", caption, frame, values, "Between brackets: the name of the instrument in scenarios.")


def effect_table(description):
    """What every instrument does, costs and brings along, from `describe instruments` (parsed JSON)."""
    values = pd.DataFrame(description["instrument"])
    shown = ("cell", "key", "what it does", "public cost", "side effects")
    frame = values[list(shown)].rename(columns=str.capitalize).rename(columns={"Key": "Instrument"})
    return Table("instrument_effects", "What instruments do and cost", frame, values,
                 "I: effective intensity between 0 and 1.")


def battery_table(battery):
    """The battery of stylised facts."""
    frame = pd.DataFrame(
        {
            "Pattern": battery["pattern"] + np.where(battery["role"] == "built in", "*", ""),
            "Statistic": battery["statistic"],
            "Estimate": battery["estimate"].map(number),
            "95 % interval": [interval(low, high) for low, high in zip(battery["low"], battery["high"])],
            "Target": battery["target"],
            "Verdict": battery["verdict"],
            "Source": battery["source"],
        }
    )
    counts = battery["verdict"].value_counts()
    notes = "* imposed by an equation of the model, no validation.  Of {} statistics {} pass, {} fail, {} without data."
    notes = notes.format(len(battery), *(counts.get(name, 0) for name in ("pass", "fail", "no data")))
    missing = battery[battery["verdict"] == "no data"]
    for reason, lines in missing.groupby("note", sort=False):
        notes += f"  {', '.join(dict.fromkeys(lines['pattern']))}: {reason}."
    return Table("stylised_facts", "Stylised facts: what the model shows", frame, battery, notes)


def comparison_table(comparison, shares_events=True):
    """Differences between policies, from latecomer.statistics.compare.

    shares_events: whether runs of the same point and replicate share their random events (Study.shares_events).
    """
    frame = pd.DataFrame(
        {
            "outcome": comparison["outcome"].map(words),
            "Scenario": comparison["scenario"].map(plain),
            "Baseline": comparison["baseline"].map(number),
            "Mean": comparison["mean"].map(number),
            "Difference": comparison["difference"].map(number),
            "95 % interval": [interval(low, high) for low, high in zip(comparison["low"], comparison["high"])],
            "p, Holm": comparison["p_holm"].map(probability),
            "Pairs": comparison["pairs"].astype(str),
        }
    )
    notes = (
        "Means over latecomer economies and runs.  Gaps in ln of mean capability over the frontier; shares from 0 to 1; "
        "public cost in numeraire.  Differences are paired by point and replicate, "
        + ("which share all random events" if shares_events else 'whose random events are independent (crn = "off")')
        + ".  p adjusted after Holm over all lines.  Intervals: Student; of Caught up Agresti and Min."
    )
    lost = int(comparison.groupby("scenario")["unpaired"].max().sum())
    if lost:
        notes += f"  {lost} runs have no partner with a value and are left out (CSV: by outcome)."
    return Table("policy_comparison", "Policies against the baseline", frame, comparison, notes, "outcome")


def catch_up_table(frame, horizon_quarters):
    """Probability of and time to catch-up by scenario, with the log-rank test in the notes."""
    values = catch_up_probability(frame)
    curves = catch_up_times(frame, horizon_quarters)
    for share in TO_REACH:
        reached = curves[curves["caught_up"] >= share - 1e-12].groupby("scenario")["years"].min()
        values[f"years_to_{share:g}"] = values["scenario"].map(reached)
    printed = pd.DataFrame(
        {
            "Scenario": values["scenario"].map(plain),
            "Caught up": [f"{caught} of {trials}" for caught, trials in zip(values["caught_up"], values["trials"])],
            "Share": values["share"].map(number),
            "95 % interval": [interval(low, high) for low, high in zip(values["low"], values["high"])],
        }
    )
    for share in TO_REACH:
        printed[f"Years to {share:.0%}"] = values[f"years_to_{share:g}"].map(number)
    chi2, degrees, p = log_rank(frame, horizon_quarters)
    notes = (
        "Economies in runs that close more than half of the gap at applications for 20 quarters.  Intervals: Wilson, "
        f"with as many trials as {unit_of(frame)}s, as economies of one share its events.  Years: Kaplan and Meier."
    )
    if horizon_quarters is None:
        notes += "  The others are censored at the last catch-up of the study; its file does not tell when runs end."
    if not np.isnan(p):
        notes += f"  Log-rank test of equal times: chi2 {number(chi2)}, {degrees} degrees, p {probability(p)}."
    return Table("catch_up", "Catch-up by scenario", printed, values, notes)


def country_table(frame, outcomes=("gap_closed", "application_share", "caught_up")):
    """Mean outcomes by country and scenario; frame: as frame_of gives it."""
    scenarios = list(dict.fromkeys(frame["scenario"]))
    countries = list(dict.fromkeys(frame["country"]))
    parts = []
    for outcome in outcomes:
        means = frame.pivot_table(index="country", columns="scenario", values=outcome, aggfunc="mean", dropna=False)
        part = means.reindex(index=countries, columns=scenarios).reset_index()
        part.insert(0, "outcome", outcome)
        parts.append(part)
    values = pd.concat(parts, ignore_index=True)
    printed = values.copy()
    for scenario in scenarios:
        printed[scenario] = values[scenario].map(number)
    printed["outcome"] = values["outcome"].map(words)
    printed = printed.rename(columns={"country": "Economy"} | told_apart(scenarios))
    notes = "Means over runs.  Gap closed: change of ln(domestic mean / frontier) at applications from start to end."
    return Table("countries", "Outcomes by economy and scenario", printed, values, notes, "outcome")


def transition_table(shares):
    """From class to class of relative capability, by scenario; shares: as study_figures.countries.transitions_of."""
    lines = ["scenario", "from", "n"]
    values = shares[lines].drop_duplicates(["scenario", "from"]).reset_index(drop=True)
    printed = values.rename(columns={"from": "At the start", "n": "Economies"}).assign(scenario=values["scenario"].map(plain))
    for target, cells in shares.groupby("to", sort=False):
        for part in ("share", "low", "high"):
            values[f"{target}: {part}"] = cells[part].to_numpy()
        printed[target.capitalize()] = [
            f"{number(row.share)} {interval(row.low, row.high)}".removesuffix(" -") if row.n else "-"
            for row in cells.itertuples()
        ]
    notes = (
        "Shares of the economies of a line that end in a class of capability at applications over the frontier.  "
        "Intervals: Wilson, with as many trials as replicates (in a design: points) in which an economy starts "
        "there, as economies of one share its events."
    )
    return Table("transitions", "Where economies start and where they end", printed, values, notes, "scenario")


def sensitivity_table(study, outcome):
    """Sensitivity indices of an outcome (of the study's dimension `outcome`), whichever the design gives.

    None where the study has none.
    """
    found = [index for index in INDICES if index[0] in study and np.isfinite(study[index[0]]).any()]
    if not found or "outcome" not in study.dims or outcome not in study["outcome"].values.astype(str):
        return None
    places = list(study["outcome"].values.astype(str)).index(outcome)
    shape = (study.sizes["scenario"], study.sizes["parameter"])
    values = pd.DataFrame(
        {
            "scenario": np.repeat(study["scenario"].values.astype(str), shape[1]),
            "parameter": np.tile(study["parameter"].values.astype(str), shape[0]),
        }
    )
    printed = pd.DataFrame({"scenario": values["scenario"].map(plain), "Parameter": values["parameter"]})
    for name, title, has_interval in found:
        parts = [name] + [f"{name}_{end}" for end in ("low", "high") if has_interval and f"{name}_{end}" in study]
        for part in parts:
            chosen = study[part].isel(outcome=places).transpose("scenario", "parameter")
            values[part] = chosen.values.reshape(-1)
        printed[title] = values[name].map(number)
        if len(parts) == 3:
            ends = zip(values[parts[1]], values[parts[2]])
            printed[f"{title}, 95 %"] = [interval(low, high) for low, high in ends]
    name = file_name("sensitivity_" + outcome.replace(".", "_"))
    has_dummy = "dummy" in values["parameter"].values
    notes = "The dummy has no effect: its index shows what noise alone gives." if has_dummy else ""
    return Table(name, f"Sensitivity of {outcome}", printed, values, notes, "scenario")


def question_table(effects, names, outcomes, notes=""):
    """Effects of a question by outcome and group, with intervals.

    effects: a table with columns outcome, group, effect, value, low, high, as questions.effects_of has it.  names: words
    of the effects that are shown.  outcomes: words of the outcomes.
    """
    keys = effects[["outcome", "group"]].drop_duplicates().reset_index(drop=True)
    values, cells = keys.copy(), {}
    for effect, name in names.items():
        chosen = effects[effects["effect"] == effect].set_index(["outcome", "group"])
        chosen = chosen.reindex(pd.MultiIndex.from_frame(keys))[["value", "low", "high"]]
        for part in chosen:
            values[effect if part == "value" else f"{effect}_{part}"] = chosen[part].to_numpy()
        cells[name] = [f"{number(row.value, 2)} {interval(row.low, row.high, 2)}".removesuffix(" -") for row in chosen.itertuples()]
    groups = ["World" if outcome.startswith("world.") else group.replace("_", " ").capitalize()
              for outcome, group in zip(keys["outcome"], keys["group"])]
    frame = pd.DataFrame({"outcome": keys["outcome"].map(outcomes), "Group": groups})
    frame = pd.concat([frame, pd.DataFrame(cells)], axis=1)
    return Table("question_effects", "Effects of two things alone and together", frame, values, notes, "outcome")


def sign_table(conditions, names, outcomes):
    """Conditions along which effects change their signs; conditions: as questions.significant has them."""
    values = conditions.assign(probability_times_conditions=conditions["probability"] * conditions["conditions"])

    def ends(row):
        if not np.isfinite(row.flips_at):
            return "-"
        low, high = (number(end) if np.isfinite(end) else "open" for end in (row.flips_low, row.flips_high))
        return f"[{low}, {high}]"

    frame = pd.DataFrame(
        {
            "Outcome": values["outcome"].map(outcomes),
            "Effect": values["effect"].map(names),
            "Condition": values["condition"],
            "Above zero, lowest third": values["share_low"].map(lambda share: f"{100 * share:.0f} %"),
            "Highest third": values["share_high"].map(lambda share: f"{100 * share:.0f} %"),
            "p": values["probability_times_conditions"].map(probability),
            "Flips at": values["flips_at"].map(number),
            "95 % interval": [ends(row) for row in values.itertuples()],
        }
    )
    notes = ("Share of effects above zero in the lowest and highest third of a condition, over points of the design for a "
             "parameter, else over economies.  p: probability of as steep a change of sign by chance, times the number of "
             "conditions.  Flips at: where both signs are as likely; '-' where that is not within the range.")
    return Table("question_signs", "Where signs of effects change, the steepest first", frame, values, notes)


def run_table(outcomes, economies=None):
    """Outcomes by country of one run, from its outcomes.csv as a table; of many economies below their income groups.

    economies: a table by key with `name` and `group`, of a run with many (Run.grouped_economies).
    """
    values = outcomes.pivot_table(index="who", columns="outcome", values="value", sort=False, dropna=False)
    shown = [name for name in dict.fromkeys(outcomes["outcome"]) if name in values]
    values = values[shown].drop(index="world", errors="ignore").dropna(axis=1, how="all")
    values = values[values["gap_at_start"].notna()].reset_index() if "gap_at_start" in values else values.reset_index()
    frame = pd.DataFrame({"Economy": values["who"]})
    for name in values.columns[1:]:
        frame[words(name)] = values[name].map(number)
    if economies is None:
        return Table("outcomes", "Outcomes of latecomer economies", frame, values)
    known = economies.reindex(values["who"])
    frame["Economy"] = [f"{key} {shortened(name)}".strip() for key, name in zip(values["who"], known["name"].fillna(""))]
    order = {group: place for place, group in enumerate(dict.fromkeys(economies["group"]))}
    frame.insert(0, "group", known["group"].to_numpy())
    values.insert(1, "name", known["name"].to_numpy())
    values.insert(2, "group", known["group"].to_numpy())
    lines = frame["group"].map(order).sort_values(kind="stable").index
    return Table("outcomes", "Outcomes of latecomer economies", frame.loc[lines], values.loc[lines], group="group")


def shortened(name):
    """A name of an economy with room beside its figures; the CSV has all of it."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def group_table(outcomes, economies):
    """Medians of outcomes over the latecomer economies of an income group, and how many caught up."""
    values = outcomes.pivot_table(index="who", columns="outcome", values="value", sort=False, dropna=False)
    values = values.drop(index="world", errors="ignore")
    values = values[values["gap_at_start"].notna()]
    groups = values.groupby(economies["group"].reindex(values.index), sort=False)
    shown = [name for name in MEDIANS if name in values]
    numbers = groups[shown].median()
    numbers.insert(0, "economies", groups.size())
    trying = values[economies["tries"].reindex(values.index).eq(True)]  # as the program counts: not the advanced
    trying = trying.groupby(economies["group"].reindex(trying.index), sort=False)["caught_up"]
    numbers["caught_up"], numbers["trying"] = trying.sum(), trying.size()
    numbers[["caught_up", "trying"]] = numbers[["caught_up", "trying"]].fillna(0)
    numbers = numbers.reindex([g for g in dict.fromkeys(economies["group"]) if g in numbers.index]).reset_index()
    numbers = numbers.rename(columns={numbers.columns[0]: "group"})
    frame = pd.DataFrame({"Income group": numbers["group"].str.capitalize(), "Economies": numbers["economies"].map(str)})
    for name in shown:
        frame[words(name)] = numbers[name].map(number)
    frame["Caught up"] = [f"{caught:.0f} of {count:.0f}" for caught, count in zip(numbers["caught_up"], numbers["trying"])]
    notes = "Medians over economies of a group; caught up: of those that try, the advanced economies left out."
    return Table("outcomes_by_group", "Outcomes by income group", frame, numbers, notes)


def write(table, folder):
    """Writes <folder>/<name>.tex and .csv and returns their paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text, numbers = folder / f"{table.name}.tex", folder / f"{table.name}.csv"
    write_text(text, booktabs(table.frame, table.caption, table.name, table.notes, table.group))
    write_csv(numbers, table.values)
    return [text, numbers]
