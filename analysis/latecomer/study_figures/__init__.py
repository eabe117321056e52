"""The figures of a study, in the order of the page."""

from latecomer.study_figures import (
    catch_up, comparison, countries, drift, policy, question, responses, running, sensitivity, surface,
)

FIGURES = {
    "What happens over time?": (
        responses.impulse_responses,
    ),
    "Do pathways differ?": (
        policy.policy_comparison,
        policy.outcome_distributions,
        policy.cost_against_gap,
        comparison.scenarios_by_economy,
    ),
    "What do two things do alone and together?": (
        question.question_effects,
        question.question_signs,
    ),
    "Who catches up?": (
        catch_up.catch_up_probability,
        catch_up.time_to_catch_up,
        catch_up.highest_stage,
    ),
    "What becomes of countries?": (
        countries.gap_changes,
        countries.application_shares,
        countries.twin_peaks,
        countries.transitions,
        drift.drift,
        drift.pooled_clubs,
    ),
    "What do results depend on?": (
        sensitivity.morris,
        sensitivity.sobol,
        sensitivity.pawn,
        sensitivity.responses,
        surface.response_surface,
    ),
    "How sure are we, and what did it cost?": (
        policy.convergence,
        running.chosen_series,
        running.stopping,
        running.cost_of_runs,
    ),
}
