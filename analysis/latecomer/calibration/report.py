"""What a calibration found, as Markdown and CSV: waves, emulators, moments, parameters and the ensemble."""

from math import isinf

import numpy as np
import pandas as pd

from latecomer.calibration.implausibility import weighted_quantiles
from latecomer.calibration.measured import summary
from latecomer.calibration.targets import MET
from latecomer.drawn import cannot_write, write_csv, write_text
from latecomer.tables import number

BAND = (0.05, 0.5, 0.95)


def write(out, measured, targets, priors, waves, ensemble=None):
    """All files of a calibration."""
    tables = {"waves": waves_table(waves), "emulators": emulators_table(waves, priors), "points": points_table(measured, targets)}
    if ensemble is not None:
        tables["moments"] = moments_table(measured, targets, ensemble)
        tables["parameters"] = parameters_table(measured, priors, ensemble)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            write_csv(out / f"{name}.csv", table)
        if ensemble is not None:
            head = (f"# temperature {ensemble.temperature:.6g}; {ensemble.effective:.4g} of {len(ensemble.points)} sets are "
                    "effective; implausibility: second largest, of the runs themselves; weight: exp(-chi2/(2 temperature))\n")
            text = ensemble.table(measured).to_csv(index=False, lineterminator="\n")
            write_text(out / "ensemble.csv", head + text)
            write_text(out / "best.toml", best_toml(measured, ensemble))
            draw(out / "figures", measured.study, tables, len(ensemble.points), waves, priors)
        write_text(out / "report.md", markdown(measured, targets, waves, ensemble, tables))
    except OSError as error:
        raise cannot_write(out, error) from error


def best_toml(measured, ensemble):
    """The set with the largest weight as a scenario file, for `include`."""
    best = int(np.argmin(ensemble.chi2))
    lines = [f"# Calibrated: the set of parameters with the largest weight of study '{measured.study.name}', "
             f"study.h5 sha256 {measured.study.hash}."]
    sections = {}
    for name, value in zip(measured.names, measured.points[ensemble.points[best]]):
        section, _, key = name.rpartition(".")
        sections.setdefault(section, []).append(f"{key} = {float(value)!r}")
    for section, keys in sections.items():
        lines += ["", f"[{section}]", *keys]
    return "\n".join(lines) + "\n"


def draw(out, study, tables, sets, waves, priors):
    from latecomer.calibration import figures

    out.mkdir(exist_ok=True)
    figures.pairs_figure(study, tables["parameters"], waves, priors).save(out)
    figures.moments_figure(study, tables["moments"], sets).save(out)
    figures.parameters_figure(study, tables["parameters"], sets).save(out)


def waves_table(waves):
    return pd.DataFrame([{
        "wave": wave.number, "points": wave.points, "points_used": wave.used, "emulators": len(wave.emulators),
        "left_of_space_before": wave.space.share, "left_of_ranges": wave.left_of_prior,
    } for wave in waves])


def emulators_table(waves, priors):
    """A line for each wave and moment: diagnostics, and lengths relative to the ranges of parameters."""
    lines = []
    for wave in waves:
        for name, emulator in wave.emulators.items():
            lines.append({"wave": wave.number, "moment": name, "points": emulator.points, "r2_left_out": emulator.predicted,
                          "coverage": emulator.coverage, "coverage_next": wave.foretold.get(name, np.nan),
                          "inflation": emulator.inflation, "noise_share": emulator.noise_share, "rules_out": wave.outside[name],
                          "left_out": "", **{f"length.{prior.name}": length for prior, length in zip(priors, emulator.lengths)}})
        lines += [{"wave": wave.number, "moment": name, "left_out": reason} for name, reason in wave.nothing.items()]
    return pd.DataFrame(lines)


def points_table(measured, targets):
    """Every point that was run, with its moments: means over replicates."""
    table = pd.DataFrame(measured.points, columns=measured.names)
    table.insert(0, "wave", measured.wave + 1)
    for target in targets.all:
        table[target.moment] = summary(measured.moment(target.moment)).mean
    return table


def moments_table(measured, targets, ensemble):
    """Each moment with its target and the band of the ensemble, over sets with their weights."""
    lines = []
    for target in targets.all:
        values = summary(measured.moment(target.moment)).mean[ensemble.points]
        known = np.isfinite(values)
        line = {"moment": target.moment, "use": target.use, "target": target.value, "target_sd": target.sd, "source": target.source}
        if known.any():
            weights = ensemble.weights[known] / ensemble.weights[known].sum()
            low, middle, high = weighted_quantiles(values[known], weights, BAND)
            mean = float(weights @ values[known])
            line |= {"mean": mean, "q05": low, "q50": middle, "q95": high, "away": (mean - target.value) / target.sd,
                     "target_in_band": bool(low <= target.value <= high),
                     "weight_met": float(weights @ target.is_met(values[known]))}
        lines.append(line)
    columns = ["moment", "use", "target", "target_sd", "mean", "q05", "q50", "q95", "away", "target_in_band", "weight_met", "source"]
    return pd.DataFrame(lines).reindex(columns=columns)


def parameters_table(measured, priors, ensemble):
    """Each parameter: prior and ensemble, and what is left of the width of the prior."""
    lines = []
    for place, prior in enumerate(priors):
        before = prior.distribution.ppf(BAND)
        values = measured.points[ensemble.points, place]
        after = weighted_quantiles(values, ensemble.weights, BAND)
        lines.append({"parameter": prior.name, "prior_q05": before[0], "prior_q50": before[1], "prior_q95": before[2],
                      "mean": float(ensemble.weights @ values), "q05": after[0], "q50": after[1], "q95": after[2],
                      "width_left": (after[2] - after[0]) / (before[2] - before[0])})
    return pd.DataFrame(lines)


def markdown(measured, targets, waves, ensemble, tables):
    study = measured.study
    parts = [f"# Calibration of {study.name}", opening(measured, targets, study), "## Waves", table_of(tables["waves"]),
             "`left_of_ranges` is a share of the prior; a point is ruled out if the second largest of its implausibilities over "
             "moments is 3 or more (Vernon, Goldstein and Bower 2010). A wave's emulators rest on its own points and on earlier "
             "ones that lie in the space before it.",
             "## Emulators", table_of(tables["emulators"].filter(regex="^(?!length)")),
             "`r2_left_out` and `coverage` (of 95 % intervals): points left out one by one, with the lengths that all points "
             "together gave, which flatters where points are few. So variances of emulators are multiplied by `inflation`: the mean "
             "squared error of fifths left out, lengths found without them, over what was said of it, if that is above 1. "
             "`coverage_next`: share of points of the next wave, which had no part in them, within intervals so widened: well below "
             ".95 means that an emulator is too sure of itself. `noise_share`: variance of a mean of "
             "replicates over that of the moment between points. `rules_out`: share of the space before that this moment alone would "
             "rule out. Lengths are in emulators.csv, in ranges of the parameters: the shorter, the more a parameter matters."]
    if ensemble is None:
        return "\n\n".join([*parts, "The calibration goes on."]) + "\n"
    held_out = table_of(of_use(tables["moments"], "held_out")) if targets.held_out else "None."
    parts += ["## Ensemble", ensemble_words(ensemble), met_words(tables["moments"]),
              "## Moments that were fitted", table_of(of_use(tables["moments"], "fit")),
              "## Moments that were held out", held_out,
              "Bands are weighted quantiles of means over replicates. `away`: mean less target, in standard deviations of the target "
              "(tolerance and observation). `weight_met`: weight of the sets that are within two of them.",
              "## Parameters", table_of(tables["parameters"].sort_values("width_left", kind="stable")),
              "`width_left`: width from the 5 % to the 95 % quantile over that of the prior. Near 1 nothing is learnt of it."]
    return "\n\n".join(parts) + "\n"


def opening(measured, targets, study):
    words = (f"{len(measured.points)} points, {int(np.sum(study.done))} runs done, {len(measured.names)} parameters, "
             f"{len(targets.fit)} moments fitted and {len(targets.held_out)} held out.")
    words += f" {measured.lost} points have no run that is done." if measured.lost else ""
    return f"{words} study.h5 sha256 {study.hash}."


def ensemble_words(ensemble):
    words = (f"{len(ensemble.points)} of {ensemble.tried} points of the last wave have runs whose own second largest implausibility is "
             "below 3 (ensemble.csv). ")
    if isinf(ensemble.temperature):
        return words + "There are not more than 20 sets, so that weights are equal (temperature infinite)."
    return words + (f"Weights exp(-chi2/(2 T)) with T = {ensemble.temperature:.4g}, the least from 1 on at which 20 sets are "
                    f"effective; {ensemble.effective:.3g} are.")


def met_words(table):
    """How many targets are met, those that were fitted and those held out apart."""
    words = []
    for use, name in (("fit", "fitted"), ("held_out", "held-out")):
        rows = table[table["use"] == use]
        if len(rows):
            means = int((rows["away"].abs() <= MET).sum())
            words.append(f"the mean of the ensemble meets {means} of {len(rows)} {name} targets, "
                         f"a set on average {rows['weight_met'].sum():.1f}")
    return f"Met is what lies within two standard deviations of its target: {'; '.join(words)}."


def of_use(table, use):
    return table[table["use"] == use].drop(columns=["use", "source"])


def table_of(table):
    """A table as Markdown."""
    lines = ["| " + " | ".join(table.columns) + " |", "| --- " * len(table.columns) + "|"]
    for row in table.itertuples(index=False):
        lines.append("| " + " | ".join(cell(value) for value in row) + " |")
    return "\n".join(lines)


def cell(value):
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (float, np.floating)):
        return "" if np.isnan(value) else number(value)
    return str(value)
