"""Is the site whole?  Every link leads to a page and a place that are there; nothing is fetched from elsewhere.

    tests/documents/check_site.py SITE
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

SITE = Path(sys.argv[1]).resolve()
# What a browser fetches to show a page, by element and attribute.
FETCHED = {("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("object", "data")}


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.places, self.links, self.fetched, self.titles = set(), [], [], []
        self.in_heading = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id" or (tag == "a" and name == "name"):
                self.places.add(value)
            elif (tag, name) in FETCHED:
                self.fetched.append(value)
            elif (tag, name) == ("a", "href"):
                self.links.append(value)


def main():
    pages = {path: Page(path) for path in SITE.rglob("*.html")}
    findings, count = [], 0
    for path, page in pages.items():
        for link in page.links + page.fetched:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in page.fetched:
                    findings.append((path, f"fetches {link}: the site must do without a network"))
                continue
            count += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                findings.append((path, f"links to {link}, which is not there"))
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].places:
                findings.append((path, f"links to {link}, but there is no such place"))
    for style in SITE.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        if re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text):
            findings.append((style, "fetches something from elsewhere"))
    for path, finding in findings:
        print(f"{path.relative_to(SITE)}: {finding}")
    print(f"{len(pages)} pages, {count} links, {len(findings)} findings")
    return min(len(findings), 1) if count > 1000 else 1


if __name__ == "__main__":
    sys.exit(main())
