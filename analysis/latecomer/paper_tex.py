r"""paper.tex: a document that takes in all figures and tables, so that one call of pdflatex shows them in print."""

import unicodedata

from latecomer.drawn import cannot_write, write_text
from latecomer.latex import escape

MOST_FLOATS = 6  # figures before a page of them is set

PLAIN = {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "„": ",,", "«": "<<", "»": ">>"}

PREAMBLE = r"""% Compile with pdflatex, twice, in the folder of this file.  Debian: texlive-latex-base, -recommended and -extra.
\documentclass[10pt]{article}
\usepackage[a4paper,textwidth=18cm,textheight=25cm]{geometry}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \DeclareTextCommand{\textdollar}{OT1}{\ensuremath{\mathdollar}}
@LETTERS@\else
  \usepackage{fontspec}
\fi
\usepackage{array,booktabs,graphicx,longtable,pdflscape,rotating}
\setcounter{topnumber}{4}\setcounter{bottomnumber}{4}\setcounter{totalnumber}{6}
\renewcommand{\topfraction}{0.95}\renewcommand{\bottomfraction}{0.95}
\renewcommand{\textfraction}{0.02}\renewcommand{\floatpagefraction}{0.6}
\setlength{\emergencystretch}{4em}
"""


def write_paper_tex(path, result, drawn, tables):
    """Writes the document and returns its path.

    drawn: figures that are saved, each with its `group`; tables: those that are written to tables/.
    """
    parts = [rf"\title{{{escape(f'Latecomer: {result.kind} {result.name}')}}}", r"\author{}\date{}", r"\begin{document}", r"\maketitle",
             rf"Figures and tables of {result.kind} {escape(result.name)}, {escape(result.hash)}.  Results are statements about the model, "
             "not forecasts."]
    for group in dict.fromkeys(figure.group for figure in drawn):
        parts.append(rf"\section{{{escape(group)}}}")
        for number, figure in enumerate(f for f in drawn if f.group == group):
            parts += [r"\clearpage"] if number and number % MOST_FLOATS == 0 else []
            parts.append(rf"\input{{figures/{figure.name}}}")
        parts.append(r"\clearpage")
    if tables:
        parts += [r"\section{Tables}", *(rf"\input{{tables/{table.name}}}" for table in tables), r"\clearpage"]
    texts = [figure.files["tex"].read_text("utf-8") for figure in drawn]
    texts += [(path.parent / "tables" / f"{table.name}.tex").read_text("utf-8") for table in tables]
    preamble = PREAMBLE.replace("@LETTERS@", declared(texts + parts))
    try:
        write_text(path, preamble + "\n".join([*parts, r"\end{document}", ""]))
    except OSError as error:
        raise cannot_write(path.parent, error) from error
    return path


def declared(texts):
    """What pdflatex is told of letters that its own fonts have not: a plain letter like it, or its number."""
    letters = sorted({letter for text in texts for letter in text if ord(letter) > 127})
    return "".join(rf"  \DeclareUnicodeCharacter{{{ord(letter):04X}}}{{{instead_of(letter)}}}" + "\n" for letter in letters)


def instead_of(letter):
    base = PLAIN.get(letter) or unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else rf"{{\tiny[U+{ord(letter):04X}]}}"
