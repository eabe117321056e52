"""Writes the page: figures, tables, chronicle, where all is from."""

import base64
from html import escape
from pathlib import Path

from latecomer.drawn import cannot_write, write_text
from latecomer.page.table import table_html

HERE = Path(__file__).parent
MOST_EVENTS = 3000  # shown; events.csv has all
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def write_page(path, result, run, drawn, tables, missing):
    """Writes the page and returns its path.

    run: beside a study, or None; drawn: figures that are saved; tables: latecomer.tables.Table;
    missing: pairs of a figure's name and why it is not there.
    """
    title = f"Latecomer: {result.kind} {result.name}"
    runs = [r for r in (result if result.kind == "run" else run,) if r is not None]
    body = "\n".join(
        [
            header(title, result, run, drawn, tables),
            contents(drawn, tables, runs),
            *figure_sections(drawn),
            table_section(tables),
            *(chronicle(r) for r in runs),
            left_out(missing),
            provenance(result, "provenance"),
            *(provenance(r, "provenance-of-run") for r in runs if r is not result),
        ]
    )
    style, script = (HERE / "page.css").read_text("utf-8"), (HERE / "page.js").read_text("utf-8")
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n"
        f"<script>\n{script}</script>\n</body>\n</html>\n"
    )
    try:
        write_text(path, text)
    except OSError as error:
        raise cannot_write(path.parent, error) from error
    return path


def header(title, result, run, drawn, tables):
    beside = f", beside it run {escape(run.name)} ({run.hash})" if run is not None and run is not result else ""
    unfinished = "" if result.kind == "study" or result.finished else " The run is under way: all is as far as it is."
    return (
        f"<header><h1>{escape(title)}</h1>\n"
        f'<p class="quiet">{len(drawn)} figures and {len(tables)} tables from {result.kind} '
        f"<code>{escape(result.hash)}</code>{beside}.{unfinished} Bars and bands are 95 % intervals; each caption "
        "says which. "
        "Results are statements about the model, not forecasts.</p></header>"
    )


def groups_of(drawn):
    groups = {}
    for figure in drawn:
        groups.setdefault(figure.group, []).append(figure)
    return groups


def contents(drawn, tables, runs):
    items = [f'<li><a href="#{anchor(g)}">{escape(g)}</a></li>' for g in groups_of(drawn)]
    items += ['<li><a href="#tables">Tables</a></li>'] if tables else []
    items += ['<li><a href="#chronicle-of-events">Chronicle</a></li>'] if any(has_events(r) for r in runs) else []
    items += ['<li><a href="#provenance">Provenance</a></li>']
    return f'<nav aria-label="Contents"><ul>\n{chr(10).join(items)}\n</ul></nav>'


def anchor(text):
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def figure_sections(drawn):
    for group, figures in groups_of(drawn).items():
        inside = "\n".join(figure_html(figure) for figure in figures)
        yield f'<section id="{anchor(group)}"><h2>{escape(group)}</h2>\n{inside}\n</section>'


def figure_html(figure):
    data = base64.b64encode(figure.files["png"].read_bytes()).decode("ascii")
    width, height = (round(x * 96) for x in figure.size)  # CSS pixels of the printed size
    wide = f'class="picture wide" tabindex="0" role="group" aria-label="{escape(figure.title)}"'  # scrolls on a phone
    box = wide if width > 400 else 'class="picture"'
    links = " · ".join(f'<a href="figures/{figure.files[k].name}">{k.upper()}</a>' for k in ("pdf", "png", "csv", "tex"))
    return (
        f'<figure id="{figure.name}"><div {box}><img src="data:image/png;base64,{data}" width="{width}" height="{height}" '
        f'alt="{escape(figure.alternative_text())}"></div>\n'
        f"<figcaption><strong>{escape(figure.heading())}</strong> {escape(figure.caption)} "
        f'<span class="files">{links}</span></figcaption></figure>'
    )


def table_section(tables):
    if not tables:
        return ""
    parts = [
        f'<h3 id="table-{t.name}">{escape(t.caption)}</h3>\n{table_html(t.frame, t.values, t.caption)}'
        + (f'\n<p class="notes">{escape(t.notes)}</p>' if t.notes else "")
        for t in tables
    ]
    return '<section id="tables"><h2>Tables</h2>\n' + "\n".join(parts) + "\n</section>"


def has_events(run):
    return run.events is not None and not run.events.empty


def chronicle(run):
    if not has_events(run):
        return ""
    events = run.events.head(MOST_EVENTS)
    cut = f" The first {MOST_EVENTS} of {len(run.events)}." if len(run.events) > MOST_EVENTS else ""
    shown = events.fillna("")
    return (
        f'<section id="chronicle-of-events"><h2>Chronicle</h2>\n<p class="quiet">What happened in run '
        f"{escape(run.name)}, by quarter.{cut}</p>\n"
        '<p><label>Show only rows with <input type="search" data-table="events"></label></p>\n'
        f'{table_html(shown, events, "Chronicle", identity="events")}\n</section>'
    )


def left_out(missing):
    if not missing:
        return ""
    items = "\n".join(f"<li>{escape(name.replace('_', ' '))}: {escape(why)}</li>" for name, why in missing)
    return f'<section id="left-out"><h2>What is not here</h2>\n<ul class="quiet">\n{items}\n</ul></section>'


def provenance(result, identity):
    facts = "\n".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in result.provenance())
    what = "Scenario with every parameter" if result.kind == "run" else "File of the study"
    return (
        f'<section id="{identity}"><h2>Provenance of {result.kind} {escape(result.name)}</h2>\n'
        f'<dl class="facts">\n{facts}\n</dl>\n'
        f"<details><summary>{what}</summary><pre tabindex=\"0\">{escape(result.text())}</pre></details></section>"
    )
