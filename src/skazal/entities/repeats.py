"""What is named once is found everywhere: in the headline, in another case, by the surname alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from skazal.entities.spans import Name
from skazal.morphology import known_tags
from skazal.words import Text, Word

ENDINGS = frozenset(
    [
        "",
        *"а я о е у ю ы и й ь".split(),
        *"ой ою ей ею ом ем ым им ых их ые ие ого его ому ему ий ый ая яя ую юю ое ов ев ам ям ами ями ах ях".split(),
    ]
)
STEM = 3
"""Letters that two forms of a name share at least."""


def repeats(text: Text, capitalized: Sequence[Word], names: Sequence[Name]) -> list[Name]:
    """Names that the tagger missed, of persons and things that it found elsewhere; O(words).

    `capitalized` are the text's words with a capital.
    """
    taken = {i for name in names for i in range(name.start, name.stop)}
    index = by_beginning(text, names)
    found: list[Name] = []
    for word in capitalized:
        near = index.get(word.norm[:STEM])
        if not near or word.i in taken or len(word.text) < STEM or may_be_common(text, word):
            continue
        name = next(
            (name for name in candidates(text, near, word) if not taken & set(range(name.start, name.stop))), None
        )
        if name is None:
            continue
        taken.update(range(name.start, name.stop))
        if (
            found
            and found[-1].label == name.label == "PER"
            and found[-1].stop == name.start
            and found[-1].rule == "repeat"
        ):
            found[-1].stop = name.stop
        else:
            found.append(name)
    return found


def by_beginning(text: Text, names: Sequence[Name]) -> Mapping[str, Sequence[tuple[Name, int]]]:
    """Names by the first letters of the words that they are found by: any word of a person's, the first of others."""
    index: dict[str, dict[tuple[str, ...], tuple[Name, int]]] = defaultdict(dict)
    for name in names:
        for i in range(name.start, name.stop) if name.label == "PER" else (name.core,):
            word = text.words[i]
            if len(word.text) >= STEM and word.capitalized:
                shape = (
                    (word.norm,) if name.label == "PER" else tuple(w.norm for w in text.words[name.core : name.stop])
                )
                index[word.norm[:STEM]].setdefault((name.label, *shape), (name, i))
    return {start: list(found.values()) for start, found in index.items()}


def candidates(text: Text, near: Sequence[tuple[Name, int]], word: Word) -> Iterator[Name]:
    """Names that may stand at `word`, as the known ones that begin alike suggest."""
    for name, i in near:
        if name.label == "PER":
            if same_word(text.words[i].norm, word.norm):
                yield Name(word.i, word.i + 1, "PER", "repeat")
            continue
        length = name.stop - name.core
        if word.i + length <= len(text.words) and all(
            same_word(one.norm, other.norm)
            for one, other in zip(text.words[name.core : name.stop], text.words[word.i : word.i + length], strict=True)
        ):
            yield Name(word.i, word.i + length, name.label, "repeat")


def same_word(one: str, other: str) -> bool:
    """Whether two words can be forms of one name: a common stem and endings of cases."""
    if one == other:
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    stems = range(shared, max(shared - 2, STEM - 1), -1)
    return any(one[stem:] in ENDINGS and other[stem:] in ENDINGS for stem in stems)


def may_be_common(text: Text, word: Word) -> bool:
    """Whether a word has its capital from beginning a sentence: a dictionary has it, and its tag is no name's."""
    first, _ = text.sentences[word.sentence]
    before = text.words[word.i - 1].text if word.i > first else ""
    if (word.i != first and before not in '«„“"—–-•:') or word.pos == "PROPN":
        return False
    return bool(known_tags(word.norm))
