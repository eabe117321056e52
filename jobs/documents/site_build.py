"""Makes the site: copies the documents that README.md beside this file lists, and lets Sphinx set them.

README.md is the table of contents: each of its sections is a page that lists documents, in the order in which it
names them. No text is kept twice; what differs on the site from the tree is only where links lead:

- a folder: its README.md,
- a file that is no document, such as a scenario: a page that shows it,
- README.md of this folder: the first page.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath

from latecomer.arguments import Arguments

ROOT = Path(__file__).resolve().parents[2]
HERE = PurePosixPath("jobs/documents")
CONTENTS = HERE / "README.md"
PICTURES = {".png", ".svg", ".jpg"}
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".toml": "toml", ".cff": "yaml", ".py": "python", ".sh": "bash", ".sbatch": "bash"}

# Code, between backticks or fences, in which nothing is a link; or the target of a link.
CODE_OR_TARGET = re.compile(r"(?P<code>^```.*?^```|`[^`\n]*`)|(?<=\]\()(?P<target>[^)\s]+)(?=\))", re.DOTALL | re.MULTILINE)


class Refused(Exception):
    """What is wrong with the documents or the call, in one line."""


def without_code(text):
    return CODE_OR_TARGET.sub(lambda match: "" if match["code"] else match[0], text)


class Source:
    """The folder from which Sphinx makes the site."""

    def __init__(self, folder):
        self.folder = folder
        self.shown = set()  # files that are no documents and have a page

    def write(self, path, text):
        to = self.folder / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8")

    def add(self, path, new_path=None):
        """Copies the document, with links that lead to pages of the site, and the pictures that it shows."""
        text = (ROOT / path).read_text(encoding="utf-8")
        if not re.search(r"^# ", text, re.MULTILINE):
            text = f"# {path}\n\n{text}"
        self.write(new_path or path, self.relinked(text, path, new_path or path))

    def relinked(self, text, path, new_path):
        def replace(match):
            return match["code"] or self.page_of(match["target"], path, new_path)

        return CODE_OR_TARGET.sub(replace, text)

    def page_of(self, link, path, new_path):
        """Where the link of a document leads, seen from its place on the site."""
        file, mark, place = link.partition("#")
        if not file or re.match(r"[a-z]+:", file):
            return link
        target = PurePosixPath(os.path.normpath(path.parent / file))
        if (ROOT / target).is_dir():
            target /= "README.md"
        if not (ROOT / target).is_file():
            raise Refused(f"{path}: links to {link}, which does not exist.")
        if target == CONTENTS:
            target = PurePosixPath("index.md")
        elif target.suffix in PICTURES:
            (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / target, self.folder / target)
        elif target.suffix != ".md":
            target = self.show(target)
        return os.path.relpath(target, new_path.parent) + mark + place

    def show(self, path):
        """Makes a page that shows a file."""
        if path not in self.shown:
            self.shown.add(path)
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, self.folder / path)
            self.write(f"{path}.md", f"---\norphan: true\n---\n# {path}\n\n```{{literalinclude}} {path.name}\n"
                                     f":language: {LANGUAGES.get(path.suffix, 'none')}\n```\n")
        return PurePosixPath(f"{path}.md")


def sections_of(text):
    """The words before the first section of the table of contents, and (title, words) of each section."""
    before, *rest = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return before, list(zip(rest[::2], rest[1::2]))


def toctree(paths, depth, options=":hidden:\n"):
    return f"\n```{{toctree}}\n:maxdepth: {depth}\n{options}\n" + "".join(f"/{p}\n" for p in paths) + "```\n"


def assemble(folder):
    """Writes all that Sphinx needs into the folder; returns the number of documents."""
    source = Source(folder)
    text = (ROOT / CONTENTS).read_text(encoding="utf-8")
    before, sections = sections_of(text)
    pages, listed = [], []
    for title, words in sections:
        links = [m["target"] for m in CODE_OR_TARGET.finditer(words) if m["target"]]
        paths = [os.path.normpath(HERE / link) for link in links if link.endswith(".md")]
        page = PurePosixPath("contents") / (re.sub(r"[^a-z]+", "-", title.lower()) + ".md")
        source.write(page, source.relinked(f"# {title}\n{words}", CONTENTS, page) + toctree(paths, 1))
        pages.append(page)
        listed += paths
    twice = sorted({path for path in listed if listed.count(path) > 1})
    if twice:
        raise Refused(f"{CONTENTS}: lists {twice[0]} twice; a document has one place.")
    for path in listed:
        source.add(PurePosixPath(path))
    index = PurePosixPath("index.md")
    source.write(index, source.relinked(before, CONTENTS, index) + toctree(pages, 2, ":includehidden:\n:titlesonly:\n"))
    static = folder / "_static"
    static.mkdir()
    shutil.copyfile(ROOT / HERE / "site.css", static / "site.css")
    shutil.copyfile(ROOT / HERE / "conf.py", folder / "conf.py")
    forgotten = sorted(set(documents()) - set(listed) - {str(CONTENTS)})
    if forgotten:
        raise Refused(f"{CONTENTS}: does not list {forgotten[0]}, so that no reader of the site would find it; add a line.")
    return len(listed)


def documents():
    """All documents of the tree."""
    folders = ("core", "mpi", "agents", "io", "jobs", "tests", "analysis")
    paths = [*ROOT.glob("*.md"), *(path for folder in folders for path in (ROOT / folder).rglob("*.md"))]
    return [str(path.relative_to(ROOT)) for path in paths]


def build(out):
    """Makes the site in the folder, which may hold an older one."""
    with tempfile.TemporaryDirectory(prefix="latecomer-documents-") as scratch:
        source, site = Path(scratch) / "source", Path(scratch) / "site"
        source.mkdir()
        count = assemble(source)
        made = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-E", "-n", "-W", "--keep-going", "-b", "html",
                               "-d", f"{scratch}/doctrees", str(source), str(site)], check=False)
        if made.returncode:
            raise Refused("the site was not made, for the reasons above.")
        shutil.rmtree(site / ".doctrees", ignore_errors=True)
        (site / ".buildinfo").unlink(missing_ok=True)
        (site / "objects.inv").unlink(missing_ok=True)
        if out.exists():
            shutil.rmtree(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(site, out)
    return count


def main():
    parser = Arguments(
        prog="jobs/documents/build", description="Makes one site of all documents, to be read in a browser from files, without a network.")
    parser.add_argument("--out", type=Path, default=ROOT / "build/documents",
                        help="folder of the site; an older site there is replaced (build/documents)")
    arguments = parser.parse_args()
    out = arguments.out.resolve()
    try:
        try:
            import myst_parser  # noqa: F401
            import sphinx  # noqa: F401
        except ImportError as missing:
            raise Refused(f"Python's {missing.name} is missing; install Debian's python3-sphinx and python3-myst-parser.") from None
        if out.exists() and (not out.is_dir() or any(out.iterdir()) and not (out / "searchindex.js").is_file()):
            raise Refused(f"{out} is there and is no site; name another folder with --out.")
        count = build(out)
    except Refused as refused:
        print(f"jobs/documents/build: {refused}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"jobs/documents/build: {out} cannot be written ({error}); name another folder with --out.", file=sys.stderr)
        return 2
    print(f"{count} documents: open {out}/index.html")
    return 0
