"""What is said of a forecast beside the strongest rule, and of its bands."""

import numpy as np

NOT_WORSE, COVERED = -0.05, (0.81, 0.99)  # acceptance: least skill against the strongest rule; coverage of the band of 90 %


def strongest(rules):
    """The line of the rule against which the model's skill is least, or None; rules: lines of one indicator, origin and year."""
    known = rules[rules["skill"].notna()]
    return known.loc[known["skill"].idxmin()] if len(known) else None


def verdict(line):
    """In words: against the strongest rule, by mean absolute error."""
    if line is None or np.isnan(line["skill_low"]):
        return "no data"
    if line["skill_low"] > 0.0:
        return "better"
    return "not worse" if line["skill"] > NOT_WORSE and line["skill_high"] >= 0.0 else "worse"


def covers(share):
    """Whether a coverage is within what is asked, in words."""
    return "no data" if np.isnan(share) else "inside" if COVERED[0] <= share <= COVERED[1] else "outside"
