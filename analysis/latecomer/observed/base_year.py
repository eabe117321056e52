"""Figures of a base year: observed in it, in the nearest year, or fitted."""

from typing import NamedTuple

import numpy
import pandas

from latecomer.observed import START, plain

FARTHEST = 4  # years from the base year
FITTED_DIGITS = 3
FEWEST = 30  # economies that a fit needs


class Figure(NamedTuple):
    text: str
    year: int  # 0: fitted
    status: str  # observed, nearest year, fitted
    source: str


class Fit(NamedTuple):
    """ln(indicator / divisor) = coefficients . (1, regressors), by least squares over economies that have a figure."""

    indicator: str
    divisor: str  # None: no divisor
    regressors: tuple  # words
    coefficients: tuple
    economies: int
    r2: float
    deviation: float  # of residuals, with degrees of freedom

    def key(self):
        return f"{self.indicator}_fit"

    def text(self):
        """What a reader wants to know of it, in one line."""
        what = f"{self.indicator} / {self.divisor}" if self.divisor else self.indicator
        terms = "".join(f" {'+' if b >= 0 else '-'} {abs(b):.3f} {words}"
                        for b, words in zip(self.coefficients[1:], self.regressors))
        return (f"ln({what}) = {self.coefficients[0]:.3f}{terms}; {self.economies} economies, "
                f"R2 {self.r2:.2f}, residual s.d. {self.deviation:.2f}")


def nearest(observations, year):
    """One row for each economy and indicator: that of the nearest year, of two equally near the earlier."""
    table = observations.assign(away=(observations.year - year).abs())
    table = table[table.away <= FARTHEST].sort_values(["iso3", "indicator", "away", "year"])
    return table.drop_duplicates(["iso3", "indicator"])


def figures(observations, year, economies):
    """Figures by economy and indicator, and the fits that were made for those without."""
    rows = nearest(observations[observations.iso3.isin(economies)], year)
    found = {iso3: {} for iso3 in economies}
    for row in rows[rows.indicator.isin(START)].itertuples():
        status = "observed" if row.year == year else "nearest year"
        found[row.iso3][row.indicator] = Figure(row.text, row.year, status, row.source)
    fits = []
    values = rows.pivot(index="iso3", columns="indicator", values="value").reindex(sorted(economies))
    for indicator, (terms, divisor) in FITTED.items():
        fit, predicted = least_squares(indicator, terms, divisor, values)
        if fit:
            fits.append(fit)
            for iso3, value in predicted.items():
                if indicator not in found[iso3]:
                    found[iso3][indicator] = Figure(plain(repr(float(value)), FITTED_DIGITS), 0, "fitted", fit.key())
    return found, fits


# What fits regress on: words, the column, and what is done with it.
INCOME = ("ln GDP per head", "gdp_per_capita", numpy.log)
SCHOOLING = ("schooling", "schooling", lambda years: years)

# Indicators that are fitted: on what, and for each of what they are taken.
FITTED = {
    "rd_expenditure": ((INCOME, SCHOOLING), None),
    "government_revenue": ((INCOME, SCHOOLING), None),
    "broadband": ((INCOME,), None),
    "ict_service_exports": ((INCOME,), "population"),
}


def least_squares(indicator, terms, divisor, values):
    """The fit, and what it says of economies that have the regressors but no figure."""
    columns = [column for _, column, _ in terms]
    if not {indicator, *columns, *([divisor] if divisor else [])} <= set(values):
        return None, {}
    size = values[divisor] if divisor else pandas.Series(1.0, values.index)
    x = pandas.concat([pandas.Series(1.0, values.index), *(change(values[column]) for _, column, change in terms)], axis=1)
    y = numpy.log(values[indicator].where(values[indicator] > 0) / size)
    known = y.notna() & x.notna().all(axis=1)
    if known.sum() < FEWEST:
        return None, {}
    coefficients = numpy.linalg.lstsq(x[known].to_numpy(), y[known].to_numpy(), rcond=None)[0]
    squares = ((y[known] - x[known] @ coefficients) ** 2).sum()
    fit = Fit(indicator, divisor, tuple(words for words, _, _ in terms), tuple(coefficients), int(known.sum()),
              1 - squares / ((y[known] - y[known].mean()) ** 2).sum(), (squares / (known.sum() - x.shape[1])) ** 0.5)
    predicted = (numpy.exp(x @ coefficients) * size)[values[indicator].isna()].dropna()
    return fit, predicted.to_dict()
