"""Units for the tagger: quotes apart, and one tree for the sentence again."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from skazal.text.sentences import Extent
from skazal.text.units import LONG, Unit, graft, units

WORDS = 30
STARTS = [2 * i for i in range(WORDS)]
"""Where thirty words of one letter begin."""
Tree = tuple[list[int], list[str]]


def read_apart(size: int, *spans: tuple[int, int]) -> list[Unit]:
    """The units of one sentence of `size` words of which those of `spans` are to be read apart."""
    [sentence] = units(STARTS[:size], [(0, size)], [Extent(2 * start, 2 * stop) for start, stop in spans])
    return sentence


def chain(size: int) -> Tree:
    """A tree in which every word hangs on the one before it."""
    return [max(i - 1, 0) for i in range(size)], ["root", *["dep"] * (size - 1)]


def test_a_long_quote_is_read_apart_and_leaves_one_placeholder() -> None:
    outer, inner = read_apart(10, (1, 1 + LONG))
    assert inner.words == list(range(1, 1 + LONG))
    assert outer.words == [0, 1, *range(1 + LONG, 10)]
    assert outer.holes == {1: inner}


def test_a_short_name_in_marks_stays_in_its_clause() -> None:
    [whole] = read_apart(10, (1, LONG))
    assert whole.words == list(range(10))
    assert whole.holes == {}


def test_a_quote_that_is_the_whole_sentence_is_no_hole_in_it() -> None:
    [whole] = read_apart(10, (0, 10))
    assert whole.words == list(range(10))


def test_a_quote_within_a_quote_is_a_hole_in_the_hole() -> None:
    outer, middle, inner = read_apart(20, (2, 18), (4, 4 + LONG))
    assert outer.holes == {2: middle}
    assert middle.holes == {2: inner}
    assert inner.words == list(range(4, 4 + LONG))


def test_two_quotes_are_two_holes() -> None:
    outer, first, second = read_apart(20, (1, 8), (9, 16))
    assert outer.words == [0, 1, 8, 9, *range(16, 20)]
    assert outer.holes == {1: first, 3: second}


def test_a_quote_over_several_sentences_is_apart_in_each() -> None:
    first, second = units(STARTS[:20], [(0, 10), (10, 20)], [Extent(2 * 2, 2 * 16)])
    assert [unit.words for unit in first] == [[0, 1, 2], list(range(2, 10))]
    assert [unit.words for unit in second] == [[10, *range(16, 20)], list(range(10, 16))]


def test_the_quotes_root_takes_the_placeholders_head() -> None:
    sentence = read_apart(10, (0, LONG))
    outer: Tree = [1] * len(sentence[0].words), ["obj", "root", "dep", "dep", "dep", "dep"]
    joined = graft(sentence, [outer, chain(LONG)])
    assert joined[0] == (LONG, "obj")
    assert joined[1] == (0, "dep")


def test_a_placeholder_that_is_the_root_gives_the_root_to_the_quote() -> None:
    sentence = read_apart(10, (0, LONG))
    joined = graft(sentence, [chain(len(sentence[0].words)), chain(LONG)])
    assert joined[0] == (0, "root")
    assert joined[LONG] == (0, "dep")


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[Extent]]:
    """Sentences of thirty words, and stretches to read apart: nested or apart, in order, whatever the sentences."""
    inner_ends = draw(st.sets(st.integers(1, WORDS - 1), max_size=4))
    bounds = [0, *sorted(inner_ends), WORDS]
    spans: list[tuple[int, int]] = []
    for start, stop in draw(st.lists(st.tuples(st.integers(0, WORDS), st.integers(0, WORDS)), max_size=10)):
        if start <= stop and all(nested_or_apart((start, stop), other) for other in spans):
            spans.append((start, stop))
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    return list(pairwise(bounds)), [Extent(2 * start, 2 * stop) for start, stop in ordered]


def nested_or_apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    (a, b), (c, d) = one, other
    return b <= c or d <= a or c <= a <= b <= d or a <= c <= d <= b


def some_tree(draw: st.DrawFn, size: int) -> Tree:
    """Any tree: words in a drawn order, each but the first hanging on one that is in the tree already."""
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    heads[order[0]] = order[0]
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]
    return heads, ["root" if heads[i] == i else "dep" for i in range(size)]


@given(cut_texts(), st.data())
def test_whatever_is_read_apart_one_tree_covers_every_word_once(
    text: tuple[list[tuple[int, int]], list[Extent]], data: st.DataObject
) -> None:
    sentences, insides = text
    cut = units(STARTS, sentences, insides)
    assert len(cut) == len(sentences)
    for (first, last), sentence in zip(sentences, cut, strict=True):
        assert sorted(spoken_words(sentence)) == list(range(first, last))
        joined = graft(sentence, [data.draw(st.composite(some_tree)(len(unit.words))) for unit in sentence])
        assert sorted(joined) == list(range(first, last))
        assert one_root(joined)


def spoken_words(sentence: Sequence[Unit]) -> list[int]:
    """The words of all units without the placeholders."""
    return [word for unit in sentence for place, word in enumerate(unit.words) if place not in unit.holes]


def one_root(tree: dict[int, tuple[int, str]]) -> bool:
    """Whether exactly one word is its own head, named so, and every other leads to it."""
    roots = [word for word, (head, _) in tree.items() if head == word]
    reached = set(roots)
    for _ in tree:
        reached |= {word for word, (head, _) in tree.items() if head in reached}
    return len(roots) == 1 and tree[roots[0]][1] == "root" and reached == set(tree)
