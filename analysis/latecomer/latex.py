r"""Text for LaTeX: escapes, and tables in the style of booktabs.

A document that takes the tables in needs \usepackage{array,booktabs,longtable} and UTF-8.
"""

import re
import textwrap
import unicodedata

LONG = 40  # lines; longer tables break over pages
WIDE_CELL = 22  # characters; a column with longer cells is set as paragraphs
ROOM = 96  # characters of a line in small print, of which columns take their share

ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_\allowbreak{}",
    "/": r"/\allowbreak{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "\u2212": "-",
}
MINUS = re.compile(r"(?<![\w.)\]])-(?=\.?\d)")
NUMBER = re.compile(r"-?\d[\d,]*\.?\d*(e[-+]?\d+)?")


def escape(text):
    """The text with every character that LaTeX would take for a command written out, on one line."""
    escaped = "".join(ESCAPES.get(letter, letter) for letter in printable(" ".join(str(text).split())))
    return MINUS.sub("$-$", escaped)


def printable(text):
    """The text without letters that no file of LaTeX may hold: controls, halves of letters, unassigned ones."""
    return "".join("?" if unicodedata.category(letter)[0] == "C" else letter for letter in text)


def booktabs(frame, caption, label, notes="", group=None):
    """A table environment; one of more than LONG lines is a longtable.  Texts are escaped here.

    frame: cells as they are printed.  group: a column whose values become headings over their lines,
    which must stand together.
    """
    columns = [name for name in frame.columns if name != group]
    cells = [[escape(cell) for cell in line] for line in frame[columns].astype(str).to_numpy()]
    heads = " & ".join(heading(name, frame[name].astype(str)) for name in columns) + r" \\"
    body = body_lines(cells, len(columns), list(frame[group]) if group else None)
    layout = column_layout(frame[columns].astype(str))
    title = rf"\caption{{{escape(caption)}}}\label{{tab:{label}}}"
    foot = [rf"\par\smallskip{{\raggedright\footnotesize {escape(notes)}\par}}"] if notes else []
    if len(frame) <= LONG:
        return "\n".join(
            [r"\begin{table}[htbp]", r"\centering\footnotesize", title, rf"\begin{{tabular}}{{{layout}}}", r"\toprule",
             heads, r"\midrule", *body, r"\bottomrule", r"\end{tabular}", *foot, r"\end{table}", ""]
        )
    return "\n".join(
        [r"\begingroup\footnotesize", rf"\begin{{longtable}}{{{layout}}}", title + r"\\", r"\toprule", heads,
         r"\midrule\endfirsthead", r"\toprule", heads, r"\midrule\endhead", r"\bottomrule\endlastfoot", *body,
         r"\end{longtable}", *foot, r"\par\endgroup", ""]
    )


def body_lines(cells, count, groups):
    """The lines of a table; before each run of the same group its heading."""
    lines, last = [], None
    for number, line in enumerate(cells):
        if groups and groups[number] != last:
            last = groups[number]
            if number:
                lines.append(r"\addlinespace")
            lines.append(rf"\multicolumn{{{count}}}{{@{{}}l}}{{\textit{{{escape(last)}}}}} \\*")
        lines.append(guarded(" & ".join(line)) + r" \\")
    return lines


def guarded(line):
    """A line of a table that \\ before it does not take for its option."""
    return f"{{{line[0]}}}{line[1:]}" if line[:1] in ("[", "*") else line


def column_layout(texts):
    """Columns for tabular: numbers to the right, short words to the left, long texts as paragraphs.

    Paragraphs share what is left of the line by the length of what they hold.
    """
    widest = {name: max(most_letters(texts[name]), longest_word(name)) for name in texts}
    wide = [name for name in texts if widest[name] > WIDE_CELL]
    needs = {name: min(texts[name].str.len().mean(), 60) + 4 for name in wide if len(texts)}
    needs = {name: max(needs[name], longest_word(name), texts[name].map(longest_word).max()) * 1.3 for name in wide}
    narrow = sum(widest[name] + 2 for name in texts if name not in wide)
    room = max(0.94 * ROOM - narrow, 14 * len(wide))
    layout = []
    for name in texts:
        if name in wide:
            share = room * needs[name] / sum(needs.values()) / max(ROOM, narrow + room)
            layout.append(rf">{{\raggedright\arraybackslash}}p{{{share:.3f}\linewidth}}")
        else:
            numbers = [cell for cell in texts[name] if cell not in ("", "-")]
            layout.append("r" if numbers and all(NUMBER.fullmatch(cell) for cell in numbers) else "l")
    return "@{}" + "".join(layout) + "@{}"


def heading(name, texts):
    """The head of a column in bold; broken between words where its cells are narrower."""
    room = max(most_letters(texts), longest_word(name), 8)
    if len(name) <= room or room > WIDE_CELL:
        return rf"\textbf{{{escape(name)}}}"
    lines = textwrap.wrap(str(name), int(room), break_long_words=False)
    stacked = r" \\ ".join(rf"\textbf{{{escape(line)}}}" for line in lines)
    return rf"\begin{{tabular}}[b]{{@{{}}l@{{}}}}{stacked}\end{{tabular}}"


def most_letters(texts):
    """Letters of the longest of texts, 0 of none."""
    return max((len(text) for text in texts), default=0)


def longest_word(text):
    """Letters of the longest piece of a text that is not broken; names break behind '_' and '/'."""
    return max(len(word) for word in str(text).replace("_", "_ ").replace("/", "/ ").split() or [""])
