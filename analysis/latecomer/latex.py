r"""Text for LaTeX: escapes, and tables in the style of booktabs.

A document that takes the tables in needs \usepackage{array,booktabs,longtable,pdflscape,rotating} and UTF-8, as paper.tex has.
"""

import re
import textwrap
import unicodedata

LONG = 40  # lines; longer tables break over pages
LONG_ROTATED = 24  # the same of a table on its side
WIDE_CELL = 22  # characters; a column with longer cells is set as paragraphs
NARROWEST = 14  # characters of a column of paragraphs
ROOM = 96  # characters of a line in small print, of which columns take their share
ROOM_ROTATED = 165  # the same of a table on its side; what is wider is parted into several tables

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
    '"': "''",
    "\u2212": "$-$",
    "\u00a0": "~",
    "–": "--", "—": "---", "…": r"\ldots{}", "‘": "`", "’": "'", "“": "``", "”": "''",
    "×": r"$\times$", "±": r"$\pm$", "≤": r"$\leq$", "≥": r"$\geq$",
    "·": r"$\cdot$", "°": r"$^\circ$", "€": "EUR", "²": "$^2$", "³": "$^3$", "µ": r"$\mu$", "σ": r"$\sigma$",
    "μ": r"$\mu$", "β": r"$\beta$", "ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}",
    "Ø": r"\O{}", "ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}",
}
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".", "\u0308": '"',
    "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0331": "b",
}
MINUS = re.compile(r"(?<![\w.)\]])-(?=\.?\d)")
NUMBER = re.compile(r"-?\d[\d,]*\.?\d*(e[-+]?\d+)?")


def escape(text):
    """The text with every character that LaTeX would take for a command written out, on one line.

    Latin letters with accents become commands that every encoding of fonts knows; other letters stay as they are.
    """
    text = MINUS.sub("\u2212", printable(" ".join(str(text).split())))
    return "".join(ESCAPES.get(letter) or accented(letter) for letter in unicodedata.normalize("NFC", text))


def accented(letter):
    """A letter with accents as LaTeX writes it, `\\'{e}`; any other letter as it is."""
    base, *marks = unicodedata.normalize("NFD", letter)
    if not marks or not base.isascii() or not set(marks) <= set(ACCENTS):
        return letter
    for mark in marks:
        base = rf"\{ACCENTS[mark]}{{{base}}}"
    return base


def printable(text):
    """The text without letters that no file of LaTeX may hold: controls, halves of letters, unassigned ones."""
    return "".join("?" if unicodedata.category(letter)[0] == "C" else letter for letter in text)


def booktabs(frame, caption, label, notes="", group=None):
    """A table environment, as many of them as a wide table needs.  Texts are escaped here.

    A table of more than LONG lines is a longtable; one that is too wide stands on its side.

    frame: cells as they are printed.  group: a column whose values become headings over their lines,
    which must stand together.
    """
    columns = [name for name in frame.columns if name != group]
    parts = parted(frame[columns].astype(str))
    groups = list(frame[group]) if group else None
    made = []
    for number, part in enumerate(parts):
        which = f" (part {number + 1} of {len(parts)})" if len(parts) > 1 else ""
        title = rf"\caption{{{escape(caption + which)}}}" + (rf"\label{{tab:{label}}}" if number == 0 else "")
        made.append(one_table(frame[part].astype(str), title, notes if number == len(parts) - 1 else "", groups))
    return "\n".join(made)


def one_table(texts, title, notes, groups):
    """One environment of a table whose cells are texts."""
    rotated = least_width(texts) > ROOM
    cells = [[escape(cell) for cell in line] for line in texts.to_numpy()]
    heads = " & ".join(heading(name, texts[name]) for name in texts) + r" \\"
    body = body_lines(cells, texts.shape[1], groups)
    layout = column_layout(texts, ROOM_ROTATED if rotated else ROOM)
    foot = [rf"\par\smallskip{{\raggedright\footnotesize {escape(notes)}\par}}"] if notes else []
    size = r"\footnotesize\setlength{\tabcolsep}{4pt}"
    room = ROOM_ROTATED if rotated else ROOM
    if lines_in_print(texts, groups, room) + len(notes) / room <= (LONG_ROTATED if rotated else LONG):
        kind = "sidewaystable" if rotated else "table"
        place = "[p]" if rotated else "[htbp]"
        return "\n".join(
            [rf"\begin{{{kind}}}{place}", rf"\centering{size}", title, rf"\begin{{tabular}}{{{layout}}}", r"\toprule",
             heads, r"\midrule", *body, r"\bottomrule", r"\end{tabular}", *foot, rf"\end{{{kind}}}", ""]
        )
    turn = ([r"\begin{landscape}"], [r"\end{landscape}"]) if rotated else ([], [])
    again = rf"\multicolumn{{{texts.shape[1]}}}{{@{{}}l}}{{\textit{{continued}}}} \\"
    return "\n".join(
        [*turn[0], rf"\begingroup{size}\setlength{{\LTcapwidth}}{{\linewidth}}", rf"\begin{{longtable}}{{{layout}}}", title + r"\\",
         r"\toprule", heads, r"\midrule\endfirsthead", again, r"\toprule", heads, r"\midrule\endhead", r"\bottomrule\endfoot",
         r"\bottomrule\endlastfoot", *body, r"\end{longtable}", *foot, r"\par\endgroup", *turn[1], ""]
    )


def lines_in_print(texts, groups, room):
    """About how many lines a table has, with headings of groups and cells that break."""
    headings = 1.5 * len(dict.fromkeys(groups or []))
    return headings + sum(max(1.0, 2.2 * sum(map(len, line)) / room) for line in texts.to_numpy())


def parted(texts):
    """Columns of a table in parts that have room on a page on its side; the first column begins every part."""
    names = list(texts)
    parts = [[names[0]]] if names else [[]]
    for name in names[1:]:
        if len(parts[-1]) > 1 and least_width(texts[[*parts[-1], name]]) > ROOM_ROTATED:
            parts.append([names[0]])
        parts[-1].append(name)
    return parts


def least_width(texts):
    """Characters of a line that a table needs at least: columns of paragraphs may be narrow."""
    return sum(min_width(name, texts[name]) + 2 for name in texts)


def min_width(name, cells):
    widest = column_width(name, cells)
    if widest <= WIDE_CELL:
        return widest
    lengthy = min(cells.str.len().mean(), 60) if len(cells) else 0  # what has much to say gets more
    return max(NARROWEST, 1.15 * longest_word(name), 1.05 * cells.map(longest_word).max(), 0.35 * lengthy)


def column_width(name, cells):
    """Characters of a column that is not broken: of its longest cell, or of the longest word of its head in bold."""
    return max(most_letters(cells), 1.2 * longest_word(name))


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


def column_layout(texts, room=ROOM):
    """Columns for tabular: numbers to the right, short words to the left, long texts as paragraphs.

    Paragraphs share what is left of a line of so many characters by the length of what they hold.
    """
    widest = {name: column_width(name, texts[name]) for name in texts}
    wide = [name for name in texts if widest[name] > WIDE_CELL]
    needs = {name: min(texts[name].str.len().mean(), 60) + 4 for name in wide if len(texts)}
    least = {name: min_width(name, texts[name]) for name in wide}
    narrow = sum(widest[name] + 2 for name in texts if name not in wide)
    spare = 0.96 * room - narrow - sum(least.values()) - 2 * len(wide)
    layout = []
    for name in texts:
        if name in wide:
            share = (least[name] + max(0.0, spare) * needs[name] / sum(needs.values())) / max(room, narrow + sum(least.values()))
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


def figure(name, title, caption, wide):
    """A figure environment with its caption and label; the picture is looked for beside paper.tex, or on \\graphicspath."""
    size = r"width=\linewidth,height=0.68\textheight,keepaspectratio" if wide else "width=8.8cm"
    return "\n".join(
        [r"\begin{figure}[htbp]", r"\centering", rf"\includegraphics[{size}]{{figures/{name}.pdf}}",
         rf"\caption[{{{escape(title)}}}]{{\textbf{{{escape(title)}}} {escape(caption)}}}\label{{fig:{name}}}", r"\end{figure}", ""]
    )
