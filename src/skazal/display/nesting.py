"""Marks over a text turned into elements that nest, however the marks overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from skazal.display.markup import Markup, escaped, joined, opening


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``text[start:end]`` to be marked.

    Attributes:
        depth: of two marks with the same offsets the one with the lower depth goes outside.
        tag: the element that shows it.
        attributes: of the element, on each of its parts.
        label: words shown before its first part.
    """

    start: int
    end: int
    depth: int
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    label: str | None = None


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """Return the text as HTML with its marks; a mark that crosses another is shown in two parts.

    The characters of the text stay as they are and in their order: labels are attributes, which the style shows.
    """
    starting: dict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: (-mark.end, mark.depth)):
        if 0 <= mark.start < mark.end <= len(text):
            starting[mark.start].append(mark)
    ends = {mark.end for group in starting.values() for mark in group}
    written: list[str] = []
    open_: list[Mark] = []
    at = 0
    for position in sorted(ends | set(starting)):
        written.append(text[at:position])
        written.extend(close_ended(open_, position))
        for mark in starting.get(position, ()):
            written.append(start_tag(mark, mark.label))
            open_.append(mark)
        at = position
    return joined(*written, escaped(text[at:]))


def close_ended(open_: list[Mark], position: int) -> Iterator[Markup]:
    """Yield the tags that end the marks ending here; marks inside them that go on are closed and opened again."""
    going_on: list[Mark] = []
    while any(mark.end == position for mark in open_):
        mark = open_.pop()
        yield Markup(f"</{mark.tag}>")
        if mark.end != position:
            going_on.append(mark)
    for mark in reversed(going_on):
        yield start_tag(mark, None)
        open_.append(mark)


def start_tag(mark: Mark, label: str | None) -> Markup:
    """Return the start tag of a part of a mark."""
    return opening(mark.tag, **mark.attributes, data_label=label)
