"""What the report's page knows: quotes column by column, and the text around each, packed to be opened on demand.

A column of few values (speakers, outlets, dates) holds indices into the list of its values. Texts around quotes are
most of a corpus; they are packed a few hundred together, so that the page opens only those that are looked at.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from skazal.document import Document, Quote, QuoteKind, Span

KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)
# Texts packed together, and how much of the paragraphs around a quote is shown on either side, in characters.
PACKED = 200
AROUND = 400
ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
BREAK = re.compile(r"[\r\n]+")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a document's meta that the report shows."""

    outlet: str = "outlet"
    date: str = "date"
    url: str = "url"


class Values:
    """The distinct values of a column, numbered as they come; None is -1."""

    def __init__(self) -> None:
        self.listed: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any, shown: Any = None) -> int:
        """Return the number of a value; ``shown`` is what the page gets for it, if it is not the value itself."""
        if value is None:
            return -1
        if value not in self._numbers:
            self._numbers[value] = len(self.listed)
            self.listed.append(value if shown is None else shown)
        return self._numbers[value]


COLUMNS = ("text", "speaker", "outlet", "date", "kind", "cue", "stance", "relay", "document", "confidence", "role")
VALUES = ("speaker", "outlet", "date", "cue", "stance", "relay", "document", "role")


@dataclass(slots=True)
class Collected:
    """The report's data, filled document by document."""

    fields: Fields = field(default_factory=Fields)
    documents: int = 0
    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    values: dict[str, Values] = field(default_factory=lambda: {name: Values() for name in VALUES})
    packs: list[str] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Take a document's quotes."""
        self.documents += 1
        if document.quotes:
            shared = self.shared_cells(document)
            for quote in document.quotes:
                self.add_quote(document, quote, shared)

    def shared_cells(self, document: Document) -> dict[str, int]:
        """Return the cells that all quotes of a document have in common."""
        url = string(document.meta, self.fields.url)
        shown = {"id": document.id, "title": headline(document.text), "url": url if url and is_web(url) else None}
        return {
            "outlet": self.values["outlet"].number(string(document.meta, self.fields.outlet)),
            "date": self.values["date"].number(iso_date(string(document.meta, self.fields.date))),
            "document": self.values["document"].number(self.documents, shown),
        }

    def add_quote(self, document: Document, quote: Quote, shared: Mapping[str, int]) -> None:
        """Take a quote."""
        speaker, cue, relay = quote.speaker, quote.cue, quote.relay
        shown = {"name": speaker.name, "type": speaker.type, "gender": speaker.gender} if speaker else None
        cells = {
            **shared,
            "text": quote.text,
            "speaker": self.values["speaker"].number((speaker.name, speaker.type) if speaker else None, shown),
            "role": self.values["role"].number(speaker.role if speaker else None),
            "kind": KINDS.index(quote.kind),
            "cue": self.values["cue"].number(cue.text if cue else None),
            "stance": self.values["stance"].number(cue.stance if cue else None),
            "relay": self.values["relay"].number(relay.name if relay else None),
            "confidence": round(quote.confidence, 2),
        }
        for name, cell in cells.items():
            self.columns[name].append(cell)
        self.waiting.append(context(document, quote))
        if len(self.waiting) == PACKED:
            self.pack()

    def pack(self) -> None:
        """Pack the texts that wait."""
        if self.waiting:
            self.packs.append(packed(self.waiting))
            self.waiting = []

    def table(self) -> str:
        """Return all columns and values, packed."""
        values = {name: numbered.listed for name, numbered in self.values.items()}
        return packed({"kinds": KINDS, "packed": PACKED, "columns": self.columns, "values": values})


def collect(documents: Iterable[Document], fields: Fields) -> Collected:
    """Return the data of a report over documents."""
    collected = Collected(fields)
    for document in documents:
        collected.add(document)
    collected.pack()
    return collected


def packed(data: Any) -> str:
    """Return JSON, compressed, in the alphabet of base64: nothing in it can end a script element."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    content = LONE_SURROGATE.sub("�", written).encode("utf-8")
    return base64.b64encode(gzip.compress(content, compresslevel=6, mtime=0)).decode("ascii")


def context(document: Document, quote: Quote) -> list[Any]:
    """Return the paragraphs around a quote, not longer than `AROUND` on either side, and what is marked in them.

    Offsets count UTF-16 units, as JavaScript does.
    """
    text = document.text
    first = min((span.start for span in quote.spans), default=0)
    last = max((span.end for span in quote.spans), default=0)
    named = [("cue", quote.cue), ("speaker", quote.speaker.mention if quote.speaker else None)]
    start = max(first - AROUND, paragraph_start(text, min([first, *(span.start for _, span in named if span)])), 0)
    end = min(last + AROUND, paragraph_end(text, max([last, *(span.end for _, span in named if span)])), len(text))
    spans: list[tuple[str, Span | None]] = [*(("quote", span) for span in quote.spans), *named]
    marks = [
        [units(text[start : span.start]), units(text[start : span.end]), name]
        for name, span in spans
        if span and start <= span.start < span.end <= end
    ]
    return [text[start:end], marks, start > 0, end < len(text.rstrip())]


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def paragraph_start(text: str, place: int) -> int:
    """Return where the paragraph of a place begins."""
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def paragraph_end(text: str, place: int) -> int:
    """Return where the paragraph of a place ends."""
    found = BREAK.search(text, place)
    return found.start() if found else len(text)


def headline(text: str) -> str:
    """Return the first line of a text, cut where it is long."""
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= 120 else f"{line[:119]}…"


def string(meta: Mapping[str, Any], name: str) -> str | None:
    """Return a field of meta as a string; None where it is missing or empty."""
    value = meta.get(name)
    return str(value) if value not in (None, "") else None


def iso_date(written: str | None) -> str | None:
    """Return the day of a date as ``2031-05-04``, from that or from ``04.05.2031``; None for anything else."""
    if written is None:
        return None
    if found := ISO_DATE.match(written):
        year, month, day = found.groups()
    elif found := RUSSIAN_DATE.match(written):
        day, month, year = found.groups()
    else:
        return None
    return f"{year}-{int(month):02}-{int(day):02}"


def is_web(url: str) -> bool:
    """Whether an address leads to the web, and not to a script."""
    return bool(re.match(r"https?://", url, re.IGNORECASE))
