"""The page: its frame, its style and scripts, the packed data; nothing is loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import IO

from skazal.display.markup import Markup, element, escaped, joined
from skazal.document import Document, check_several
from skazal.report.data import Collected, Fields, collect

SCRIPTS = ("vendor/d3.min.js", "vendor/plot.min.js", "vendor/tabulator.min.js", "report.js")
STYLES = ("vendor/tabulator.min.css", "report.css")


def write_report(
    documents: Iterable[Document], stream: IO[str], *, title: str = "Who said what", fields: Fields | None = None
) -> None:
    """Write a page about annotated documents.

    Args:
        documents: taken one by one; what is kept of each is its quotes and the paragraphs around them.
        stream: a text file in UTF-8.
        title: the page's heading.
        fields: which fields of the documents' meta hold outlet, date and address.
    """
    check_several(documents)
    collected = collect(documents, fields or Fields())
    for part in parts(collected, title):
        stream.write(part)


def parts(collected: Collected, title: str) -> Iterator[str]:
    """Yield the page piece by piece: what is seen first comes first, the data and scripts after it."""
    scripts = [asset(name) for name in SCRIPTS]
    yield "<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">\n'
    yield '<meta name=viewport content="width=device-width, initial-scale=1">\n'
    yield f"{element('title', title)}\n"
    yield from (f"<style>{asset(name)}</style>\n" for name in STYLES)
    yield f"</head>\n<body>\n{asset('frame.html').replace('<!-- heading -->', heading(collected, title))}"
    yield f"<script type=text/plain id=table>{collected.table()}</script>\n"
    yield from (f"<script type=text/plain class=pack>{pack}</script>\n" for pack in collected.packs)
    yield from (f"<script>{script}</script>\n" for script in scripts)
    yield "</body>\n</html>\n"


def heading(collected: Collected, title: str) -> Markup:
    """Return the heading with what the corpus holds."""
    named = len(collected.values["speaker"].listed)
    outlets = len(collected.values["outlet"].listed)
    dates = sorted(collected.values["date"].listed)
    counts = [f"{len(collected.columns['text']):,} quotes", f"{named:,} speakers", f"{collected.documents:,} articles"]
    counts += [f"{outlets:,} outlets"] if outlets else []
    counts += [f"{dates[0]} – {dates[-1]}"] if dates else []
    return joined(element("h1", title), element("p", escaped(" · ".join(counts)), id="counts"))


def policy(scripts: Iterable[str]) -> str:
    """Return a content security policy under which these scripts run and no other, and nothing is fetched."""
    hashes = " ".join(f"'sha256-{digest(script)}'" for script in scripts)
    return f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; script-src {hashes}"


def digest(script: str) -> str:
    """Return a script's digest as the policy writes it."""
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def asset(name: str) -> str:
    """Return a file of this package."""
    return files("skazal").joinpath("report", *name.split("/")).read_text(encoding="utf-8")
