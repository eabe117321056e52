"""Which tables a result gives."""

import json
import subprocess

from latecomer import statistics, tables
from latecomer.drawn import NotHere
from latecomer.study_figures import question as answers
from latecomer.study_figures.catch_up import NO_LATECOMER
from latecomer.study_figures.countries import transitions_of

MOST_WITHOUT_GROUPS = 30  # economies of a table
COMPARED = ("gap_closed", "gap_at_end", "caught_up", "application_share", "welfare", "public_cost")
MOST_SENSITIVITY_TABLES = 3
DESCRIBED = {  # by the program: what `describe` is asked for, and the tables made of it
    "parameters": {"parameters": tables.parameter_table},
    "instruments": {"instruments": tables.instrument_table, "effects of instruments": tables.effect_table},
}


def plan(result, run, windows_run, program):
    """Pairs of a name and a table, or why there is none.

    run: the result itself, or one beside a study.  windows_run: a run with technology windows.  Both may be None.
    """
    if result.kind == "study":
        yield from of_study(result)
    if run is not None:
        yield from of_run(run)
    study = result.data if result.kind == "study" else None
    battery = statistics.battery(run=run, study=study, windows_run=windows_run)
    yield "battery", tables.battery_table(battery)
    yield from of_program(program)


def of_study(study):
    frame = statistics.frame_of(study.data)
    if frame.empty:
        for name in ("comparison", "catch_up", "countries", "transitions"):
            yield name, NO_LATECOMER
        yield from sensitivity(study)
        yield from question(study)
        return
    outcomes = [name for name in COMPARED if name in frame]
    if len(study.scenarios) > 1:
        yield "comparison", tables.comparison_table(statistics.compare(frame, study.reference, outcomes), study.shares_events)
    else:
        yield "comparison", "needs two scenarios or more"
    yield "catch_up", tables.catch_up_table(frame, study.horizon())
    yield "countries", tables.country_table(frame)
    try:
        yield "transitions", tables.transition_table(transitions_of(study))
    except NotHere as reason:
        yield "transitions", str(reason)
    yield from sensitivity(study)
    yield from question(study)


def question(study):
    """Effects of the study's question by outcome and group, and where they change their signs."""
    try:
        effects = answers.effects(study)
    except NotHere as reason:
        yield "question effects", str(reason)
        yield "question signs", str(reason)
        return
    names = {effect: answers.effect_words(study, effect) for effect in answers.TOLD}
    outcomes = {outcome: answers.outcome_words(outcome) for outcome in effects["outcome"]}
    told = effects[effects["cell"] == effects["cell"].iloc[0]]
    told = told[[group in answers.groups_of(study, outcome) for outcome, group in zip(told["outcome"], told["group"])]]
    yield "question effects", tables.question_table(told, names, outcomes, answers.notes(study))
    try:
        yield "question signs", tables.sign_table(answers.decisive(study), names, outcomes)
    except NotHere as reason:
        yield "question signs", str(reason)


def sensitivity(study):
    if "outcome" not in study.data.dims:
        yield "sensitivity", "needs a study with a design of parameters"
        return
    known = [str(o) for o in study.data["outcome"].values]
    wanted = [o for o in ("world.analytics_share", "world.application_share", "world.catch_ups") if o in known]
    for outcome in (wanted or known)[:MOST_SENSITIVITY_TABLES]:
        table = tables.sensitivity_table(study.data, outcome)
        yield f"sensitivity {outcome}", table if table is not None else "study.h5 holds no index of it"


def of_run(run):
    if run.outcomes is None:
        yield "outcomes of the run", "the run has no outcomes.csv yet"
    elif not run.latecomers:
        yield "outcomes of the run", "the run has no latecomer economy"
    elif (economies := run.grouped_economies(MOST_WITHOUT_GROUPS)) is None:
        yield "outcomes of the run", tables.run_table(run.outcomes)
    else:
        yield "outcomes by group", tables.group_table(run.outcomes, economies)
        yield "outcomes of the run", tables.run_table(run.outcomes, economies)


def of_program(program):
    if program is None:
        yield "parameters and instruments", "need the program: name it with --program"
        return
    for what, makers in DESCRIBED.items():
        try:
            said = subprocess.run([program, "describe", what, "--format", "json"], capture_output=True, check=True, timeout=60)
            for name, make in makers.items():
                yield name, make(json.loads(said.stdout))
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            yield what, f"the program does not describe them ({type(error).__name__})"
