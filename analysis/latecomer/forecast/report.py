"""What is written of a forecast and its scores: forecast.csv, score.csv, score.md, and the table that is printed."""

import numpy as np
import pandas as pd

from latecomer.calibration.implausibility import weighted_quantiles
from latecomer.forecast import verdicts
from latecomer.forecast.rules import RULES
from latecomer.forecast.scales import INDICATORS, told
from latecomer.tables import interval, number, probability

QUANTILES = (0.05, 0.5, 0.95)
EVERY = 5  # years: horizons in tables of score.md; score.csv has all

ABOUT = """\
**What is forecast.** The change since the origin, added to the last value observed then: of ln output a worker relative to the
USA, of log odds of internet use, of ln exports (shares are of the sum over the economies judged). Runs know 2005 only, and
are the same for every origin. Rules know what was observed up to the origin, and nothing later.

**Rules.** *persistence*: as at the origin, and no growth. *trend*: the change of the five years before goes on. *convergence*:
AR(1) in panel with the gap, a pooled regression of changes on levels (Barro and Sala-i-Martin 1992). *logistic*: a common slope
of log odds. "no data": a rule has none; shares and growth of exports have figures every five years.

**Errors** are in the unit of the indicator. Mean absolute errors come first, as a few fragile economies make a third of
squared ones; their intervals are of 95 % over clusters of region and income group. *Skill* is 1 - error over error of the
rule, on economies that both have, its interval over regions, the same resamples for both; *p* is of Diebold and Mariano's (1995)
test across economies on absolute errors, clustered by region, t with regions less one degrees. The strongest rule is that
against which skill is least. There are few regions: intervals over them are rather too narrow than too wide.

**Bands.** Members tell parameters and chance, not what every model lacks. So each has a normal error added, whose variance is
the mean squared error of ensemble means less the mean variance of members, in economies of *other* regions (none where that
is below zero); rules have the mean squared error of other regions. CRPS (Gneiting and Raftery 2007; Grimit et al. 2006) and
bands of 90 % are of these dressed forecasts, and on the scale on which changes are added: ln, log odds, % a year. How wide
bands must be is learnt from errors of the same year.

**What this cannot show.** One origin is one draw: all economies share what happened after it. With about 130 economies in
regional clusters a gain of less than a fifth cannot be shown for one year.
"""


def forecast_table(members, seen, origin):
    """forecast.csv: what members say of every year after the origin, anchored there, in the unit of the indicator."""
    lines = []
    for indicator in members.values:
        start = seen.levels[indicator].get(origin)
        for year in (year for year in members.years if year > origin and start is not None):
            change = members.change(indicator, origin, year)
            chosen = start.notna().to_numpy() & np.isfinite(change).all(axis=0)
            if not chosen.any():
                continue
            first = start.to_numpy(float)[chosen]
            values = INDICATORS[indicator].back(told(indicator, first + change[:, chosen], first, year - origin))
            for name, mine in zip(np.array(members.economies)[chosen], values.T):
                quantiles = weighted_quantiles(mine, members.weights, QUANTILES)
                lines.append((name, indicator, year, members.weights @ mine, *quantiles))
    return pd.DataFrame(lines, columns=["iso3", "indicator", "year", "mean", "q05", "q50", "q95"])


def shown(table):
    """Lines of horizons that tables have: every five years, and the last."""
    judged = table[table["year"].notna()]
    last = judged.groupby(["indicator", "origin"])["year"].transform("max")
    return judged[(judged["horizon"] % EVERY == 0) | (judged["year"] == last)]


def cases(table):
    """The line of the model and those of the rules, of each indicator, origin and year, in their order."""
    for _, lines in table.groupby(["indicator", "origin", "year"], sort=False):
        yield lines.iloc[0], lines.iloc[1:]


def main_table(table):
    """Mean absolute errors and verdicts as Markdown."""
    head = ["indicator", "origin", "year", "economies", "model", *RULES, "strongest", "skill", "p", "members cover",
            "dressed cover", "verdict"]
    rows = []
    for model, rules in cases(shown(table)):
        best = verdicts.strongest(rules)
        rows.append([
            model["indicator"], int(model["origin"]), int(model["year"]), int(model["economies"]), estimate(model, "mae"),
            *(number(value) if value == value else "no data" for value in rules["mae"]),
            "no data" if best is None else best["forecast"], "no data" if best is None else estimate(best, "skill"),
            "no data" if best is None else probability(best["dm_p"]), number(model["coverage_members"], 2),
            number(model["coverage"], 2), f"{verdicts.verdict(best)}, {verdicts.covers(model['coverage'])}"])
    return as_markdown(head, rows)


def second_table(table):
    """RMSE and CRPS, and skills by them against each rule."""
    head = ["indicator", "origin", "year", "forecast", "economies", "MAE", "RMSE", "CRPS", "skill by MAE", "by RMSE", "by CRPS",
            "DM t", "p", "dressed cover"]
    rows = []
    for line in shown(table).to_dict("records"):
        known = line["economies"] > 0
        measures = [estimate(line, what) for what in ("mae", "rmse", "crps", "skill", "skill_rmse", "skill_crps")]
        rows.append([line["indicator"], int(line["origin"]), int(line["year"]), line["forecast"],
                     line["economies"] if known else line["note"], *measures, number(line["dm_t"]), probability(line["dm_p"]),
                     number(line["coverage"], 2)])
    return as_markdown(head, rows)


def estimate(line, what):
    """A value and its interval, in a cell."""
    value = line[what]
    return "" if np.isnan(value) else f"{number(value)} {interval(line[f'{what}_low'], line[f'{what}_high'])}".removesuffix(" -")


def as_markdown(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def verdict_lines(table):
    """A line for each of the years that tables have, and one for what nothing is known of."""
    lines = []
    for model, rules in cases(shown(table)):
        best = verdicts.strongest(rules)
        what = f"- {model['indicator']}, {int(model['origin'])} to {int(model['year'])}: "
        if best is None:
            against = "no rule has data"
        else:
            against = f"{verdicts.verdict(best)} than {best['forecast']}" if verdicts.verdict(best) != "no data" else "no data"
            against += f" (skill {estimate(best, 'skill')})"
        covered = f"{number(model['coverage'], 2)}, {verdicts.covers(model['coverage'])} of"
        lines.append(f"{what}{against}; bands of 90 % cover {covered} {verdicts.COVERED[0]} to {verdicts.COVERED[1]}.")
    for line in table[table["year"].isna()].to_dict("records"):
        lines.append(f"- {line['indicator']}, from {int(line['origin'])}: {line['note']}.")
    return "\n".join(lines)


def markdown(members, table, source, notes):
    """score.md."""
    units = "\n".join(f"- `{name}`: {one.what}; {one.unit}, errors in {one.error}, bands and CRPS in {one.scale}."
                      for name, one in INDICATORS.items() if name in members.values)
    left = "\n".join(f"- {note}." for note in notes) or "Nothing."
    asked = (f"Asked of productivity and internet_users: skill above {verdicts.NOT_WORSE} against the strongest rule with an "
             "interval that reaches zero (*not worse*; *better* if all of it is above), and bands of 90 % that cover "
             f"{verdicts.COVERED[0]} to {verdicts.COVERED[1]}.")
    return "\n\n".join([
        "# Scores of a forecast", f"{len(members.names)} members, {len(members.economies)} economies, {members.years[0]} to "
        f"{members.years[-1]}, from {members.origin}; judged by {source}.", "## Mean absolute errors", main_table(table),
        "## Verdicts", asked, verdict_lines(table), "## All measures", second_table(table), "Every year is in score.csv.",
        "## Indicators", units, "## How to read it", ABOUT.rstrip("\n"), "## Left out", left]) + "\n"
