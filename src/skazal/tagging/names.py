"""Names from the tags of slovnet's entity head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `stop` (end exclusive) of a unit are a name; `label` is PER, LOC or ORG."""

    start: int
    stop: int
    label: str


def spans_from_bio(tags: Iterable[str]) -> list[NameSpan]:
    """Spans of B-/I-/O tags, read as slovnet reads them: `I` goes on with an open span whatever its label,
    and is dropped where no span is open."""
    spans: list[NameSpan] = []
    start, stop, label = 0, 0, ""
    for index, tag in enumerate(tags):
        part = tag[0]
        if part == "I":
            stop = index + 1
            continue
        if label:
            spans.append(NameSpan(start, stop, label))
            label = ""
        if part == "B":
            start, stop, label = index, index + 1, tag[2:]
    if label:
        spans.append(NameSpan(start, stop, label))
    return spans
