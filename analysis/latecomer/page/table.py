"""A table of the page that sorts by a click on a heading."""

import re
from html import escape
from math import isfinite
from numbers import Real

from latecomer.names import first_capital

SHORT = 24  # letters of a cell that is not broken into lines


def table_html(frame, values, caption, identity=None):
    """The table as it is printed; cells that are numbers in `values` sort as numbers."""
    same = values is not None and values.shape == frame.shape
    raw = values if same else frame.applymap(number_in)
    numeric = [all(number_of(v) is not None or is_missing(v) for v in raw.iloc[:, i]) and len(raw) > 0
               and any(number_of(v) is not None for v in raw.iloc[:, i]) for i in range(frame.shape[1])]
    heads = "".join(
        f'<th scope="col" aria-sort="none"{cls(n)}><button type="button">{escape(first_capital(str(c)))}</button></th>'
        for c, n in zip(frame.columns, numeric)
    )
    rows = "\n".join(
        "<tr>" + "".join(cell(f, v, n) for f, v, n in zip(shown, exact, numeric)) + "</tr>"
        for shown, exact in zip(frame.itertuples(index=False, name=None), raw.itertuples(index=False, name=None))
    )
    name = f' id="{identity}"' if identity else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table{name}>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def cls(is_number):
    return ' class="number"' if is_number else ""


def cell(shown, exact, is_number):
    number = number_of(exact)
    data = f' data-value="{number!r}"' if is_number and number is not None else ' data-value="NaN"' if is_number else ""
    words = words_of(shown)
    kind = cls(is_number) if is_number else ' class="short"' if len(words) <= SHORT else ""
    return f"<td{kind}{data}>{escape(words)}</td>"


def words_of(value):
    """Short text of a value."""
    if is_missing(value):
        return ""
    if isinstance(value, Real) and not isinstance(value, bool):
        return f"{float(value):.4g}" if float(value) != int(value) else str(int(value))
    return str(value)


def is_missing(value):
    return value is None or value == "" or (isinstance(value, Real) and not isfinite(float(value)))


def number_of(value):
    """A finite number, or None."""
    if isinstance(value, Real) and not isinstance(value, bool) and isfinite(float(value)):
        return float(value)
    return None


def number_in(text):
    """The number that a printed cell begins with, or the cell; a dash is a missing number."""
    if not isinstance(text, str):
        return text
    if text.strip() in ("-", "–", "—"):
        return None
    found = re.match(r"\s*([-−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])", text)
    return float(found[1].replace("−", "-")) if found else text
