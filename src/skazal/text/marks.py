"""Quotation marks: a typed scanner over raw text that builds regions by what each mark can do, never by parity.

A mark opens or closes by its shape («, », „, “, ”, ") and its neighbours. What a paragraph leaves open is settled afterwards,
from certain to bold: a closing mark shared with an inner region, a paragraph that opens the mark again, a closing mark some
paragraphs further on, the author's dash, the end of the paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from skazal.text.sentences import Extent, paragraphs

MARK = re.compile("[«»„“”\"‹›‟〝〞❝❞]|''")
FAMILY = {
    "«": "«", "»": "«", "‹": "‹", "›": "‹", "„": "„", "“": "“", "”": "“", "‟": "“", "〝": "“", "〞": "“", "❝": "“", "❞": "“", '"': '"',
}  # fmt: skip
OPENS_BEFORE = frozenset(" \t\xa0\u202f\u2009([{—–-/'«„“‹\u200b\ufeff")
CLOSES_AFTER = frozenset(" \t\xa0\u202f\u2009.,!?…:;)]}—–-/'»”“›\u200b\ufeff")
FAR = 15
"""Paragraphs after which a mark that was never closed is taken for a slip."""
LEAD = 6
"""Characters (dashes, apostrophes, spaces) that may stand before the mark that opens a paragraph."""
AUTHOR_DASH = re.compile(r"[,!?…]\s*[—–-]\s")
SPEECH_END = re.compile(r"[,.!?…]*\s*(?:[—–-]|$)|[.!?…]+\s")


class Mark(NamedTuple):
    """A quotation mark at a character position and what it can do there."""

    at: int
    shape: str
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Region:
    """What stands between an opening mark at `opened` and a closing one at `closed` (-1: there is none).

    `start` and `end` bound the inside without the white space at its ends; `parent` is the index of the region around it,
    `continues` that of the region in the paragraph before that this one goes on from.
    """

    opened: int
    start: int
    end: int
    closed: int
    shape: str
    parent: int | None = None
    continues: int | None = None


@dataclass(slots=True)
class _Open:
    mark: Mark
    paragraph: int
    children: list[tuple[int, int]]


def regions(text: str) -> list[Region]:
    """All regions of `text` in the order of their opening marks, nested ones after the one around them; O(characters)."""
    lines = list(paragraphs(text))
    found: list[Region] = []
    unclosed: list[_Open] = []
    stray: list[tuple[int, Mark]] = []
    for number, line in enumerate(lines):
        closed, left, extra = _paragraph(text, line, number)
        found.extend(closed)
        unclosed.extend(left)
        stray.extend((number, mark) for mark in extra)
    found.extend(_settle(text, lines, unclosed, stray))
    return _nested(_linked(text, lines, found))


def _marks(text: str, line: Extent) -> Iterator[Mark]:
    for match in MARK.finditer(text, line.start, line.end):
        shape, at = match.group(), match.start()
        if shape == "''":
            continue
        before = text[at - 1] if at > line.start else " "
        after = text[at + 1] if at + 1 < line.end else " "
        blank_before, blank_after = before in OPENS_BEFORE or before == '"', after in CLOSES_AFTER or after == '"'
        if shape in "«„‹〝❝":
            turned = not blank_before and blank_after and after not in "'«„"
            yield Mark(at, shape, not turned, turned)
        elif shape in "»”›〞❞":
            turned = blank_before and not blank_after and before not in "'»"
            yield Mark(at, shape, turned, not turned)
        elif blank_before != blank_after:
            yield Mark(at, shape, blank_before, blank_after)
        else:
            yield Mark(at, shape, True, True)


def _closes(opened: Mark, mark: Mark) -> bool:
    """Whether `mark` is of the kind that closes `opened`: „ takes “ and ”."""
    return FAMILY[opened.shape] == FAMILY[mark.shape] or (opened.shape == "„" and mark.shape in "“”")


def _paragraph(text: str, line: Extent, number: int) -> tuple[list[Region], list[_Open], list[Mark]]:
    """Regions closed within one paragraph, marks left open (outermost first), closing marks that close nothing."""
    stack: list[_Open] = []
    closed: list[Region] = []
    extra: list[Mark] = []
    for mark in _marks(text, line):
        partner = next((i for i in range(len(stack) - 1, max(-1, len(stack) - 8), -1) if _closes(stack[i].mark, mark)), None)
        if mark.closes and partner is None and stack and not mark.opens:
            partner = len(stack) - 1
        if mark.closes and partner is not None and not (mark.opens and mark.at - stack[partner].mark.at < 2):
            opened = stack[partner]
            del stack[partner:]
            closed.append(_region(text, opened.mark, opened.mark.at + 1, mark.at, mark.at))
            if stack:
                stack[-1].children.append((opened.mark.at, mark.at))
        elif mark.opens:
            stack.append(_Open(mark, number, []))
        else:
            extra.append(mark)
    return closed, stack, extra


def _region(text: str, mark: Mark, start: int, end: int, closed: int) -> Region:
    inside = text[start:end]
    lead = len(inside) - len(inside.lstrip())
    return Region(mark.at, min(start + lead, end), start + max(len(inside.rstrip()), lead), closed, mark.shape)


def _settle(text: str, lines: Sequence[Extent], unclosed: Sequence[_Open], stray: Sequence[tuple[int, Mark]]) -> Iterator[Region]:
    """Ends for the marks that their paragraph left open; one inside a region settled before is a slip and is dropped."""
    used, settled = 0, -1
    for position, item in enumerate(unclosed):
        if item.mark.at < settled:
            continue
        while used < len(stray) and stray[used][1].at < item.mark.at:
            used += 1
        next_open = unclosed[position + 1].paragraph if position + 1 < len(unclosed) else len(lines)
        far = stray[used] if used < len(stray) and stray[used][0] <= min(item.paragraph + FAR, next_open) else None
        region = _shared(text, lines, item) or _reopened(text, lines, item) or _closed_later(text, item, far) or _never(text, lines, item)
        settled = region.end
        yield region


def _shared(text: str, lines: Sequence[Extent], item: _Open) -> Region | None:
    """`«Мы читали «Тихий Дон», — сказал он.`: one closing mark for two openings."""
    end = lines[item.paragraph].end
    close = next((close for _, close in reversed(item.children) if SPEECH_END.match(text, close + 1, end)), None)
    return None if close is None else _region(text, item.mark, item.mark.at + 1, close, close)


def _reopened(text: str, lines: Sequence[Extent], item: _Open) -> Region | None:
    """The next paragraph opens the same mark again: the quote goes on there, and this piece ends with its paragraph."""
    following = item.paragraph + 1
    if following >= len(lines) or text[lines[following].start : lines[following].end].lstrip("—–- '")[:1] != item.mark.shape:
        return None
    return _region(text, item.mark, item.mark.at + 1, lines[item.paragraph].end, -1)


def _closed_later(text: str, item: _Open, far: tuple[int, Mark] | None) -> Region | None:
    """One pair of marks around several paragraphs."""
    if far is None or not _closes(item.mark, far[1]):
        return None
    return _region(text, item.mark, item.mark.at + 1, far[1].at, far[1].at)


def _never(text: str, lines: Sequence[Extent], item: _Open) -> Region:
    """No closing mark at all: up to the author's dash if there is one, else to the end of the paragraph."""
    end = lines[item.paragraph].end
    dash = AUTHOR_DASH.search(text, item.mark.at, end)
    return _region(text, item.mark, item.mark.at + 1, dash.start() + (text[dash.start()] != ",") if dash else end, -1)


def _linked(text: str, lines: Sequence[Extent], found: Sequence[Region]) -> list[Region]:
    """Regions that open a paragraph and go on from one that was left open at the end of the paragraph before."""
    ordered = sorted(found, key=lambda region: (region.opened, -region.end))
    left_open = {region.end: i for i, region in enumerate(ordered) if region.closed < 0}
    starts = [line.start for line in lines]
    linked = []
    for region in ordered:
        number = bisect_right(starts, region.opened) - 1
        opens_line = region.opened - starts[number] <= LEAD and not text[starts[number] : region.opened].strip("—–- '\t\xa0")
        linked.append(replace(region, continues=left_open.get(lines[number - 1].end)) if number and opens_line else region)
    return linked


def _nested(ordered: Sequence[Region]) -> list[Region]:
    result: list[Region] = []
    around: list[int] = []
    for i, region in enumerate(ordered):
        while around and result[around[-1]].end < region.end:
            around.pop()
        result.append(replace(region, parent=around[-1] if around else None))
        around.append(i)
    return result
