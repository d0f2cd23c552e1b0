"""A document in a few lines of plain text, as a terminal's prompt shows it."""

from __future__ import annotations

import re

from skazal.document import Document, Quote

# A text is somebody else's: its control characters must not move the reader's cursor or colour the screen.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LINES = 10
WIDTH = 96


def outline(document: Document) -> str:
    """Return what a document holds and its first quotes, one a line, who said them first."""
    lines = [repr(document), *(quote_line(quote) for quote in document.quotes[:LINES])]
    if len(document.quotes) > LINES:
        lines.append(f"  … {len(document.quotes) - LINES} more")
    return "\n".join(lines)


def quote_line(quote: Quote) -> str:
    """Return a quote on one line, cut where it is long."""
    line = " ".join(f"{quote.kind:<8} {quote.speaker or '—'}: {quote.text}".split(" "))
    line = CONTROL.sub("�", " ".join(part for part in line.splitlines()))
    return f"  {line if len(line) <= WIDTH else line[: WIDTH - 1] + '…'}"
