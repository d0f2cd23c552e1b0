"""What the rule stages read: a tagged Doc as plain Python objects, white space left out.

Rules look at a word's neighbours, head and children thousands of times a document; plain slots are many times faster
than spaCy's proxies, and a test can make them by hand. A Doc is read as arrays, never token by token.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary, ref

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

Key = TypeVar("Key")
Made = TypeVar("Made")
Array = npt.NDArray[np.int64]
ACTING = ("исполняющ", "и.о.", "и. о.", "и.\xa0о.", "врио")
"""What a text has in small letters where somebody acts for another: `исполняющий обязанности`, `и. о.`, `врио`."""
REMEMBERED = 256
"""Docs whose layout is remembered at most."""
KEPT = 16_384
"""Strings of a kind whose plain form is remembered in each of two tables: the old one goes when the new one is full."""


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Small letters, `ё` as `е`: how words are compared."""
    return text.lower().replace("ё", "е")


@lru_cache(maxsize=8192)
def features(morph: str) -> Mapping[str, str]:
    """Universal features as a mapping: `Case=Nom|Number=Sing` to {"Case": "Nom", "Number": "Sing"}."""
    return MappingProxyType(dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair))


@dataclass(slots=True, eq=False)
class Word:
    """A token that is not white space. `head` and `children` are indices into the text's words; a root is its own
    head.
    """

    i: int
    text: str
    norm: str
    start: int
    end: int
    pos: str
    feats: Mapping[str, str]
    lemma: str
    head: int
    dep: str
    sentence: int
    children: Sequence[int] = ()

    @property
    def case(self) -> str | None:
        return self.feats.get("Case")

    @property
    def gender(self) -> str | None:
        return self.feats.get("Gender")

    @property
    def number(self) -> str | None:
        return self.feats.get("Number")

    @property
    def capitalized(self) -> bool:
        return self.text[:1].isupper()


@dataclass(slots=True, frozen=True)
class NamedSpan:
    """An entity span of the tagger: word indices, end exclusive, and its label (PER, LOC, ORG)."""

    start: int
    stop: int
    label: str


@dataclass(slots=True, eq=False)
class Text:
    """A tagged text. `sentences` are (first, last + 1) word indices in order."""

    text: str
    words: Sequence[Word]
    sentences: Sequence[tuple[int, int]]
    names: Sequence[NamedSpan]

    def subtree(self, i: int) -> list[int]:
        """Indices of word `i` and all that hangs on it, in order."""
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(self.words[j].children)
        return sorted(found)

    def slice(self, start: int, stop: int) -> str:
        """The text of the words `start` to `stop` (exclusive), with what stands between them."""
        return self.text[self.words[start].start : self.words[stop - 1].end] if stop > start else ""


class Remembered(Generic[Key, Made]):
    """What is made of strings, by spaCy's hashes of them, which are the same in every vocabulary; bounded."""

    def __init__(self, make: "Callable[[Key, StringStore], Made]") -> None:
        self.make = make
        self.known: dict[Key, Made] = {}
        self.before: dict[Key, Made] = {}

    def of(self, keys: Sequence[Key], strings: "StringStore") -> list[Made]:
        """What is made of the string, or strings, behind each key."""
        known, before = self.known, self.before
        try:
            return list(map(known.__getitem__, keys))
        except KeyError:
            for key in set(keys).difference(known):
                known[key] = before[key] if key in before else self.make(key, strings)
            found = list(map(known.__getitem__, keys))
        if len(known) > KEPT:
            # What is in use moves on from there; new tables, because other threads may be reading the old ones.
            self.before, self.known = known, {}
        return found


def _of_string(make: Callable[[str], Made]) -> Remembered[int, Made]:
    return Remembered(lambda key, strings: make(strings[key]))


def _spelled(text: str) -> tuple[str, str]:
    return text, text.lower().replace("ё", "е")


STRINGS, FOLDED, FEATURES, WORDS = _of_string(str), _of_string(fold), _of_string(features), _of_string(_spelled)
LAYOUT: list[int | str] = ["ORTH", "SPACY", "SENT_START"]
ANNOTATION: list[int | str] = ["POS", "MORPH", "LEMMA", "DEP", "HEAD"]
TOKENS: list[int | str] = ["IDX", "IS_SPACE"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A Doc's text and its words: their texts, these folded, spaCy's hashes of them, their tokens, first characters.

    `begins` tells of each word whether a sentence starts there or at the white space before it.
    """

    text: str
    words: list[str]
    norms: list[str]
    keys: list[int]
    tokens: Array
    starts: list[int]
    begins: npt.NDArray[np.bool_]

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences as (first, last + 1) indices of words."""
        firsts = np.flatnonzero(self.begins).tolist()
        return list(zip(firsts, [*firsts[1:], len(self.words)], strict=True)) if firsts else []


laid: "WeakKeyDictionary[Doc, tuple[Array, Layout]]" = WeakKeyDictionary()
"""What was made of the Docs that are still there, and of which columns: every stage asks for it."""


def layout(doc: "Doc") -> Layout:
    """Where the words of a Doc stand, and its sentences as far as they are marked; O(tokens)."""
    return _laid(doc, doc.to_array(LAYOUT).view(np.int64))


def _laid(doc: "Doc", values: Array) -> Layout:
    """The layout of a Doc whose columns LAYOUT are `values`."""
    before, found = laid.get(doc, (None, None))
    if before is None or found is None or not np.array_equal(before[:, :2], values[:, :2]):
        found = _layout(doc, values)
    elif not np.array_equal(before[:, 2], values[:, 2]):
        found = replace(found, begins=_begins(values[:, 2], found.tokens))
    else:
        return found
    if len(laid) >= REMEMBERED:
        laid.clear()
    laid[doc] = values, found
    return found


def _layout(doc: "Doc", values: Array) -> Layout:
    orths, spaces, sentence = values.T
    starts, blank = doc.to_array(TOKENS).view(np.int64).T
    keys = orths.view(np.uint64).tolist()
    words = WORDS.of(keys, doc.vocab.strings)
    whole = "".join([text + " " if space else text for (text, _), space in zip(words, spaces.tolist(), strict=True)])
    tokens = np.flatnonzero(blank == 0)
    if len(tokens) < len(words):
        keep = tokens.tolist()
        keys, words = [keys[i] for i in keep], [words[i] for i in keep]
    texts, norms = [text for text, _ in words], [norm for _, norm in words]
    return Layout(whole, texts, norms, keys, tokens, starts[tokens].tolist(), _begins(sentence, tokens))


def _begins(sentence: Array, tokens: Array) -> npt.NDArray[np.bool_]:
    """Of each word whether a sentence starts there or at the white space before it."""
    found: npt.NDArray[np.bool_] = np.diff(np.cumsum(sentence == 1)[tokens], prepend=-1) > 0
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """A Doc that was read, what was in it then, and its plain view."""

    doc: "ref[Doc]"
    values: Array
    layout: Layout
    text: Text


latest: list[Reading] = []
"""The Doc that was read last: the stages read one after the other, and mostly find it as the one before left it."""


def read(doc: "Doc") -> Text:
    """The plain view of a Doc that has tags, lemmas, a tree and sentence boundaries; O(tokens)."""
    values = doc.to_array([*LAYOUT, *ANNOTATION]).view(np.int64)
    last = next(iter(latest), None)
    if last is None or last.doc() is not doc or not np.array_equal(last.values, values):
        found = _laid(doc, np.ascontiguousarray(values[:, : len(LAYOUT)]))
        last = Reading(ref(doc, _forget), values, found, _read(doc, found, values[:, len(LAYOUT) :]))
        latest[:] = [last]
    return Text(last.text.text, last.text.words, last.text.sentences, _names(doc, last.layout))


def _forget(doc: "ref[Doc]") -> None:
    if latest and latest[0].doc is doc:
        latest.clear()


def _read(doc: "Doc", found: Layout, annotation: Array) -> Text:
    strings, tokens = doc.vocab.strings, found.tokens
    pos, morph, lemmas, dep = annotation[tokens, :4].view(np.uint64).T.tolist()
    begins = found.begins.copy()
    begins[:1] = False
    heads = _heads(tokens, annotation[:, 4])
    children: dict[int, list[int]] = {}
    for i, head in enumerate(heads):
        if head != i:
            children.setdefault(head, []).append(i)
    count = range(len(found.words))
    words = map(
        Word,
        count,
        found.words,
        found.norms,
        found.starts,
        [start + len(text) for start, text in zip(found.starts, found.words, strict=True)],
        STRINGS.of(pos, strings),
        FEATURES.of(morph, strings),
        [lemma or norm for lemma, norm in zip(FOLDED.of(lemmas, strings), found.norms, strict=True)],
        heads,
        STRINGS.of(dep, strings),
        np.cumsum(begins).tolist(),
        [children.get(i, ()) for i in count],
    )
    read_words = list(words)
    text = found.text.lower()
    if any(sign in text for sign in ACTING):
        _name_offices(read_words)
    return Text(found.text, read_words, found.sentences(), ())


def _name_offices(words: Sequence[Word]) -> None:
    """Make nouns of `исполняющая обязанности`, `и. о.` and `врио`, which tags take for verbs, letters and names."""
    for i, word in enumerate(words):
        if word.norm.startswith(ACTING[0]) and i + 1 < len(words) and words[i + 1].norm == "обязанности":
            _name_office(words, word, "исполняющий")
            words[i + 1].dep = "nmod"
        elif word.norm == "и" and [other.norm for other in words[i + 1 : i + 4]] == [".", "о", "."]:
            _name_office(words, word, "и.о.")
            for other in words[i + 1 : i + 4]:
                other.pos, other.dep, other.head = "X", "fixed", i
        elif word.norm == "врио":
            _name_office(words, word, "врио")


def _name_office(words: Sequence[Word], word: Word, lemma: str) -> None:
    """Make a word the noun of an office. One of one form stands in the case of the name behind it, a subject in the
    nominative.
    """
    feats = {"Animacy": "Anim", "Number": "Sing", "Case": "Nom", **word.feats}
    feats = {name: value for name, value in feats.items() if name in ("Animacy", "Case", "Gender", "Number")}
    if lemma != "исполняющий":
        named = (words[child] for child in word.children if child > word.i and words[child].dep == "appos")
        case = next((name.case for name in named if name.case), None)
        feats["Case"] = case or ("Nom" if word.dep == "nsubj" else feats["Case"])
    word.pos, word.lemma, word.feats = "NOUN", lemma, MappingProxyType({**feats, "Animacy": "Anim"})
    if word.dep == "acl" and words[word.head].feats.get("VerbForm") == "Fin":
        word.dep = "nsubj"


def _heads(tokens: Array, steps: Array) -> list[int]:
    """The head of each word, itself for a root and for what hangs on white space."""
    place = np.full(len(steps), -1)
    place[tokens] = np.arange(len(tokens))
    heads = place[tokens + steps[tokens]]
    own = np.arange(len(tokens))
    found: list[int] = np.where(heads < 0, own, heads).tolist()
    return found


def _names(doc: "Doc", found: Layout) -> list[NamedSpan]:
    """The entity spans of a Doc that begin and end with a word."""
    spans = doc.ents
    if not spans:
        return []
    place = np.full(len(doc), -1)
    place[found.tokens] = np.arange(len(found.tokens))
    places = place.tolist()
    names = ((places[span.start], places[span.end - 1], span.label_) for span in spans)
    return [NamedSpan(first, last + 1, label) for first, last, label in names if label and first >= 0 and last >= 0]


def ancestors(text: Text, i: int) -> Iterator[int]:
    """The heads above word `i`, nearest first."""
    while text.words[i].head != i:
        i = text.words[i].head
        yield i
