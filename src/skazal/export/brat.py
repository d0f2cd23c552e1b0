"""brat standoff: a ``.txt`` and an ``.ann`` for each document, and the ``annotation.conf`` that declares the types.

Mentions are text-bound annotations PER, LOC, ORG with an attribute for their kind, joined by ``Equiv``; quotes are
text-bound annotations, in as many fragments as they have parts, with relations to their cue, speaker and relay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from skazal.document import Document, Quote, Span

CONF = """[entities]
PER
LOC
ORG
Quote
Cue
Speaker
Relay

[relations]
Said\tArg1:Quote, Arg2:PER|LOC|ORG|Speaker
Introduced\tArg1:Quote, Arg2:Cue
Relayed\tArg1:Quote, Arg2:PER|LOC|ORG|Relay
Within\tArg1:Quote, Arg2:Quote
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Kind\tArg:PER|LOC|ORG, Value:name|nominal|pronoun
Speech\tArg:Quote, Value:direct|mixed|indirect
"""
# Bytes of a file's name, with room for a number and an ending: file systems take 255.
LONGEST_NAME = 200
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def write_brat(documents: Iterable[Document], path: Path) -> None:
    """Write documents into a folder that brat opens as a collection."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "annotation.conf").write_text(CONF, encoding="utf-8")
    taken: dict[str, int] = {}
    for document in documents:
        name = file_name(document.id, taken)
        write_unchanged(path / f"{name}.txt", document.text)
        write_unchanged(path / f"{name}.ann", standoff(document))


def write_unchanged(path: Path, text: str) -> None:
    """Write text with the line ends it has; half a surrogate pair, which UTF-8 cannot carry, is written ``�``."""
    path.write_text(LONE_SURROGATE.sub("�", text), encoding="utf-8", newline="")


def file_name(key: str, taken: dict[str, int]) -> str:
    """Return a name for a document's files that no other document has, whatever its id.

    Adds it to ``taken``, which tells of each name the number that was last put behind it.
    """
    whole = re.sub(r"[^\w.-]", "_", key).encode("utf-8", "replace")
    wanted = whole[:LONGEST_NAME].decode("utf-8", "ignore").lstrip(".") or "document"
    name = wanted
    while name.casefold() in taken:
        taken[wanted.casefold()] = number = taken[wanted.casefold()] + 1
        name = f"{wanted}_{number}"
    taken[name.casefold()] = 1
    return name


def standoff(document: Document) -> str:
    """Return the content of a document's ``.ann``."""
    return "".join(f"{line}\n" for line in Standoff(document).lines)


class Standoff:
    """Numbers a document's annotations and keeps their lines in order."""

    def __init__(self, document: Document) -> None:
        self.lines: list[str] = []
        self.counts = {"T": 0, "R": 0, "A": 0, "#": 0}
        # Where mentions stand, so that a speaker is pointed to and not annotated twice.
        self.bounds: dict[tuple[int, int], str] = {}
        for entity in document.entities:
            keys = [self.mention(entity.type, mention, mention.kind) for mention in entity.mentions]
            self.note(keys[0], "; ".join([entity.name, *entity.roles])) if keys else None
            if len(keys) > 1:
                self.lines.append(f"*\tEquiv {' '.join(keys)}")
        quotes = {quote.id: self.quote(quote) for quote in document.quotes}
        for quote in document.quotes:
            if quote.within in quotes:
                self.relation("Within", quotes[quote.id], quotes[quote.within])

    def add(self, sort: str, content: str) -> str:
        """Add a line of a sort (T, R, A, #) and return its id."""
        self.counts[sort] += 1
        key = f"{sort}{self.counts[sort]}"
        self.lines.append(f"{key}\t{content}")
        return key

    def bound(self, label: str, spans: Sequence[Span]) -> str:
        """Add a text-bound annotation."""
        parts = [part for span in spans for part in fragments(span)]
        offsets = ";".join(f"{start} {end}" for start, end, _ in parts)
        return self.add("T", f"{label} {offsets}\t{' '.join(text for _, _, text in parts)}")

    def mention(self, label: str, span: Span, kind: str) -> str:
        """Add a mention of an entity."""
        key = self.bound(label, [span])
        self.bounds.setdefault((span.start, span.end), key)
        self.add("A", f"Kind {key} {kind}")
        return key

    def quote(self, quote: Quote) -> str:
        """Add a quote with its relations."""
        key = self.bound("Quote", quote.spans)
        self.add("A", f"Speech {key} {quote.kind}")
        self.note(key, f"{quote.speaker or '?'}; confidence {quote.confidence:.3f}; {quote.rule}")
        if quote.cue:
            self.relation("Introduced", key, self.bound("Cue", [quote.cue]))
        if quote.speaker and quote.speaker.mention:
            self.relation("Said", key, self.pointed("Speaker", quote.speaker.mention))
        if quote.relay and quote.relay.mention:
            self.relation("Relayed", key, self.pointed("Relay", quote.relay.mention))
        return key

    def pointed(self, label: str, span: Span) -> str:
        """Return the annotation of these words, a new one where there is none."""
        place = (span.start, span.end)
        if place not in self.bounds:
            self.bounds[place] = self.bound(label, [span])
        return self.bounds[place]

    def relation(self, label: str, one: str, other: str) -> None:
        """Add a relation between two annotations."""
        self.add("R", f"{label} Arg1:{one} Arg2:{other}")

    def note(self, key: str, text: str) -> None:
        """Add a note to an annotation, on one line."""
        self.add("#", f"AnnotatorNotes {key}\t{' '.join(text.split())}")


def fragments(span: Span) -> Iterator[tuple[int, int, str]]:
    """Yield a span's lines with their offsets: brat has no annotation across a line break."""
    for line in re.finditer(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+", span.text):
        yield span.start + line.start(), span.start + line.end(), line[0]
