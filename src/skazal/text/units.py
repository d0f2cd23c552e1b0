"""What the tagger reads as one sentence: the narrator's words with a placeholder for each longer quote, and the
quote apart.

A parser trained on whole sentences loses the subject of `сказал` when ten lines of speech stand in the clause. With one
word in their place the cue and its subject are neighbours again (the idea is BookNLP's and the Guardian's).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from skazal.text.sentences import Extent

PLACEHOLDER = "это"
LONG = 5
"""Words inside marks from which on they are read apart; shorter ones (names, titles, terms) stay in the clause."""


@dataclass(slots=True)
class Unit:
    """Word indices in order; `holes` maps a position in `words` to the unit that stands there as one placeholder."""

    words: list[int]
    holes: dict[int, "Unit"]


def units(starts: Sequence[int], sentences: Sequence[tuple[int, int]], insides: Sequence[Extent]) -> list[list[Unit]]:
    """For each sentence (word indices, end exclusive) its outermost unit and those in its holes, outermost first.

    `starts` are the words' first characters, `insides` the stretches to read apart: sorted, nested or apart. O(words).
    """
    spans = [(bisect_left(starts, inside.start), bisect_left(starts, inside.end)) for inside in insides]
    spans = [(first, last) for first, last in spans if last > first]
    found = []
    position = 0
    active: list[tuple[int, int]] = []
    for first, last in sentences:
        while position < len(spans) and spans[position][0] < last:
            active.append(spans[position])
            position += 1
        active = [span for span in active if span[1] > first]
        clipped = {(max(first, a), min(last, b)) for a, b in active}
        found.append(_of_sentence(first, last, sorted(clipped, key=lambda span: (span[0], -span[1]))))
    return found


@dataclass(slots=True)
class _Open:
    """A unit that is being filled: words `start` to `stop` (exclusive), those before `at` are in it."""

    unit: Unit
    start: int
    stop: int
    at: int

    def fill(self, stop: int) -> None:
        self.unit.words.extend(range(self.at, stop))
        self.at = stop


def _of_sentence(first: int, last: int, spans: Sequence[tuple[int, int]]) -> list[Unit]:
    """Words `first` to `last` with a hole for each span of at least LONG words that does not fill what is around it."""
    found = [Unit([], {})]
    around = [_Open(found[0], first, last, first)]
    for start, stop in spans:
        while around[-1].stop <= start:
            closed = around.pop()
            closed.fill(closed.stop)
        outer = around[-1]
        if start < outer.at or stop > outer.stop or not LONG <= stop - start < outer.stop - outer.start:
            continue
        outer.fill(start)
        inner = Unit([], {})
        outer.unit.holes[len(outer.unit.words)] = inner
        outer.unit.words.append(start)
        outer.at = stop
        around.append(_Open(inner, start, stop, start))
        found.append(inner)
    for left in around:
        left.fill(left.stop)
    return found


def graft(sentence: Sequence[Unit], trees: Sequence[tuple[Sequence[int], Sequence[str]]]) -> dict[int, tuple[int, str]]:
    """One tree for a sentence from those of its units: word index to (index of its head, relation), a root being its
    own head.

    `trees` has heads (positions in the unit, a root its own) and relations for each unit of `sentence`, in the same
    order. A quote's root takes the head and the relation of the placeholder that stood for it.
    """
    tree_of = {id(unit): tree for unit, tree in zip(sentence, trees, strict=True)}
    joined: dict[int, tuple[int, str]] = {}
    root_of: dict[int, int] = {}
    for unit in reversed(sentence):
        heads, labels = tree_of[id(unit)]
        words = [root_of[id(unit.holes[k])] if k in unit.holes else word for k, word in enumerate(unit.words)]
        for k, word in enumerate(words):
            joined[word] = (words[heads[k]], labels[k])
            if heads[k] == k:
                root_of[id(unit)] = word
    return joined
