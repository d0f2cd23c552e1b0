"""Quotation marks: a typed scanner over raw text that builds regions by what each mark can do, never by parity.

A mark opens or closes by its shape («, », „, “, ”, ") and its neighbours. What a paragraph leaves open is settled
afterwards, from certain to bold: a closing mark shared with an inner region, a paragraph that opens the mark again,
a closing mark some paragraphs further on, the author's dash, the end of the paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from skazal.text.sentences import Extent, paragraphs

MARK = re.compile("[«»„“”\"‹›‟〝〞❝❞]|''|&(?:la|ra|bd|ld|rd)quo;|&quot;")
WRITTEN_OUT = {"&laquo;": "«", "&raquo;": "»", "&bdquo;": "„", "&ldquo;": "“", "&rdquo;": "”", "&quot;": '"'}
"""HTML entities that were never decoded."""
FAMILY = {"»": "«", **dict.fromkeys("“”‟〝〞❝❞", "“"), **{shape: shape for shape in '«‹›„"'}}
"""The opening mark that stands for all marks of its kind."""
OPENS_BEFORE = frozenset(" \t\xa0\u202f\u2009([{—–-/'«„“‹\u200b\ufeff")
CLOSES_AFTER = frozenset(" \t\xa0\u202f\u2009.,!?…:;)]}—–-/'»”“›\u200b\ufeff")
REMEMBERED = 64
"""Texts whose regions are remembered: more than are tagged together."""
FAR = 15
"""Paragraphs after which a mark that was never closed is taken for a slip."""
DEEPEST = 8
"""Marks within marks at most: no author goes so deep, and rules that look around a quote must not take for ever."""
LEAD = 6
"""Characters (dashes, apostrophes, spaces) that may stand before the mark that opens a paragraph."""
AUTHOR_DASH = re.compile(r"[,!?…]\s*[—–-]{1,3}\s")
AUTHOR_BEHIND = re.compile(r"[,.!?…]*\s*[—–-]{1,3}\s")
SENTENCE_BEHIND = re.compile(r"[.!?…]*\s*$|[.!?…]+\s")


class Mark(NamedTuple):
    """A quotation mark, characters `at` to `stop` (exclusive), its shape and what it can do there."""

    at: int
    stop: int
    shape: str
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Region:
    """What stands between an opening mark at `opened` and a closing one at `closed` (-1: there is none).

    `start` and `end` bound the inside without the white space at its ends; `stop` is where the closing mark ends;
    `parent` is the index of the region around it, `continues` that of the region in the paragraph before that this
    one goes on from.
    """

    opened: int
    start: int
    end: int
    closed: int
    stop: int
    shape: str
    parent: int | None = None
    continues: int | None = None


@dataclass(slots=True)
class _Open:
    mark: Mark
    paragraph: int
    children: list[tuple[Mark, Mark]]


@lru_cache(maxsize=REMEMBERED)
def regions(text: str) -> tuple[Region, ...]:
    """All regions of `text` in the order of their opening marks, nested ones after the one around them;
    O(characters). Three stages ask for them, so those of the last texts are remembered.
    """
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
        at, stop = match.span()
        shape = WRITTEN_OUT.get(match.group(), match.group())
        if shape == "''":
            continue
        before = text[at - 1] if at > line.start else " "
        after = text[stop] if stop < line.end else " "
        blank_before, blank_after = before in OPENS_BEFORE or before == '"', after in CLOSES_AFTER or after == '"'
        if shape in "«„‹〝❝":
            turned = not blank_before and blank_after and after not in "'«„"
            yield Mark(at, stop, shape, not turned, turned)
        elif shape in "»”›〞❞":
            turned = blank_before and not blank_after and before not in "'»"
            yield Mark(at, stop, shape, turned, not turned)
        elif blank_before != blank_after:
            yield Mark(at, stop, shape, blank_before, blank_after)
        else:
            yield Mark(at, stop, shape, True, True)


def _closes(opened: Mark, mark: Mark) -> bool:
    """Whether `mark` is of the kind that closes `opened`: „ takes “ and ”."""
    return FAMILY[opened.shape] == FAMILY[mark.shape] or (opened.shape == "„" and mark.shape in "“”")


def _paragraph(text: str, line: Extent, number: int) -> tuple[list[Region], list[_Open], list[Mark]]:
    """Regions closed within one paragraph, marks left open (outermost first), closing marks that close nothing."""
    stack: list[_Open] = []
    closed: list[Region] = []
    extra: list[Mark] = []
    for mark in _marks(text, line):
        partner = next(
            (i for i in range(len(stack) - 1, max(-1, len(stack) - 8), -1) if _closes(stack[i].mark, mark)), None
        )
        if mark.closes and partner is None and stack and not mark.opens:
            partner = len(stack) - 1
        if mark.closes and partner is not None and not (mark.opens and mark.at - stack[partner].mark.at < 2):
            opened = stack[partner]
            del stack[partner:]
            closed.append(_region(text, opened.mark, mark))
            if stack:
                stack[-1].children.append((opened.mark, mark))
        elif not mark.opens:
            extra.append(mark)
        elif len(stack) < DEEPEST:
            stack.append(_Open(mark, number, []))
    return closed, stack, extra


def _region(text: str, mark: Mark, closing: Mark | None, end: int = 0) -> Region:
    """The region from `mark` to its closing mark, or to `end` where it has none."""
    start, end = mark.stop, closing.at if closing else end
    inside = text[start:end]
    lead = len(inside) - len(inside.lstrip())
    last = start + max(len(inside.rstrip()), lead)
    return Region(
        mark.at,
        min(start + lead, end),
        last,
        closing.at if closing else -1,
        closing.stop if closing else last,
        mark.shape,
    )


def _settle(
    text: str, lines: Sequence[Extent], unclosed: Sequence[_Open], stray: Sequence[tuple[int, Mark]]
) -> Iterator[Region]:
    """Ends for the marks that their paragraph left open; one inside a region settled before is a slip and is
    dropped.
    """
    used, settled = 0, -1
    for position, item in enumerate(unclosed):
        if item.mark.at < settled:
            continue
        while used < len(stray) and stray[used][1].at < item.mark.at:
            used += 1
        next_open = unclosed[position + 1].paragraph if position + 1 < len(unclosed) else len(lines)
        far = stray[used] if used < len(stray) and stray[used][0] <= min(item.paragraph + FAR, next_open) else None
        region = (
            _shared(text, lines, item)
            or _reopened(text, lines, item)
            or _closed_later(text, item, far)
            or _never(text, lines, item)
        )
        settled = region.end
        yield region


def _shared(text: str, lines: Sequence[Extent], item: _Open) -> Region | None:
    """`«Мы читали «Тихий Дон», — сказал он.`: one closing mark for two openings."""
    end = lines[item.paragraph].end
    closings = [closing for _, closing in item.children if _closes(item.mark, closing)]
    for pattern in (AUTHOR_BEHIND, SENTENCE_BEHIND):
        for closing in closings:
            if pattern.match(text, closing.stop, end):
                return _region(text, item.mark, closing)
    return None


def _reopened(text: str, lines: Sequence[Extent], item: _Open) -> Region | None:
    """The next paragraph opens the same mark again: the quote goes on there, and this piece ends with its paragraph."""
    following = item.paragraph + 1
    if (
        following >= len(lines)
        or text[lines[following].start : lines[following].end].lstrip("—–- '")[:1] != item.mark.shape
    ):
        return None
    return _region(text, item.mark, None, lines[item.paragraph].end)


def _closed_later(text: str, item: _Open, far: tuple[int, Mark] | None) -> Region | None:
    """One pair of marks around several paragraphs."""
    if far is None or not _closes(item.mark, far[1]):
        return None
    return _region(text, item.mark, far[1])


def _never(text: str, lines: Sequence[Extent], item: _Open) -> Region:
    """No closing mark at all: up to the author's dash if there is one, else to the end of the paragraph."""
    end = lines[item.paragraph].end
    dash = AUTHOR_DASH.search(text, item.mark.at, end)
    return _region(text, item.mark, None, dash.start() + (text[dash.start()] != ",") if dash else end)


def _linked(text: str, lines: Sequence[Extent], found: Sequence[Region]) -> list[Region]:
    """Regions that open a paragraph and go on from one that was left open at the end of the paragraph before."""
    ordered = sorted(found, key=lambda region: (region.opened, -region.end))
    left_open = {region.end: i for i, region in enumerate(ordered) if region.closed < 0}
    starts = [line.start for line in lines]
    linked = []
    for region in ordered:
        number = bisect_right(starts, region.opened) - 1
        opens_line = region.opened - starts[number] <= LEAD and not text[starts[number] : region.opened].strip(
            "—–- '\t\xa0"
        )
        linked.append(
            replace(region, continues=left_open.get(lines[number - 1].end)) if number and opens_line else region
        )
    return linked


def _nested(ordered: Sequence[Region]) -> tuple[Region, ...]:
    result: list[Region] = []
    around: list[int] = []
    for i, region in enumerate(ordered):
        while around and result[around[-1]].end < region.end:
            around.pop()
        result.append(replace(region, parent=around[-1] if around else None))
        around.append(i)
    return tuple(result)
