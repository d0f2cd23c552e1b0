"""Units for the tagger: quotes apart, and one tree for the sentence again."""

from hypothesis import given
from hypothesis import strategies as st

from skazal.text.sentences import Extent
from skazal.text.units import LONG, graft, units

STARTS = [2 * i for i in range(20)]
"""Where twenty words of one letter begin."""


def chain(size: int) -> tuple[list[int], list[str]]:
    """A tree in which every word hangs on the one before it."""
    return [max(i - 1, 0) for i in range(size)], ["root", *["dep"] * (size - 1)]


def test_a_long_quote_is_read_apart_and_leaves_one_placeholder() -> None:
    [sentence] = units(STARTS[:10], [(0, 10)], [Extent(2, 2 + 2 * LONG)])
    outer, inner = sentence
    assert inner.words == list(range(1, 1 + LONG))
    assert outer.words == [0, 1, *range(1 + LONG, 10)]
    assert outer.holes == {1: inner}


def test_a_short_name_in_marks_stays_in_its_clause() -> None:
    [sentence] = units(STARTS[:10], [(0, 10)], [Extent(2, 6)])
    assert [unit.words for unit in sentence] == [list(range(10))]


def test_the_quotes_root_takes_the_placeholders_head() -> None:
    [sentence] = units(STARTS[:10], [(0, 10)], [Extent(0, 2 * LONG)])
    joined = graft(
        sentence, [([1, 1, *[1] * (len(sentence[0].words) - 2)], ["obj", "root", *["dep"] * 4]), chain(LONG)]
    )
    assert joined[0] == (LONG, "obj")


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 20)), max_size=6))
def test_whatever_is_read_apart_one_tree_covers_every_word_once(spans: list[tuple[int, int]]) -> None:
    nested = [span for span in sorted(spans, key=lambda s: (s[0], -s[1])) if span[0] < span[1]]
    insides = [Extent(2 * start, 2 * stop) for start, stop in nested]
    [sentence] = units(STARTS, [(0, 20)], insides)
    joined = graft(sentence, [chain(len(unit.words)) for unit in sentence])
    assert sorted(joined) == list(range(20))
    assert sum(head == word for word, (head, _) in joined.items()) == 1
    for word in joined:
        above = word
        for _ in range(20):
            above = joined[above][0]
        assert joined[above][0] == above
