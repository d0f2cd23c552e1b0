"""What the rule stages see: a tagged text as plain Python objects, white space left out, and how a Doc is laid out.

Rules look at a word's neighbours, head and children thousands of times a document; plain slots are many times faster
than spaCy's proxies, and a test can make them by hand. A Doc is read as arrays, never token by token.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

Key = TypeVar("Key")
Made = TypeVar("Made")
Array = npt.NDArray[np.int64]
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


def of_string(make: Callable[[str], Made]) -> Remembered[int, Made]:
    """A table of what is made of single strings."""
    return Remembered(lambda key, strings: make(strings[key]))


def _spelled(text: str) -> tuple[str, str]:
    return text, text.lower().replace("ё", "е")


WORDS = of_string(_spelled)
LAYOUT: list[int | str] = ["ORTH", "SPACY", "SENT_START"]
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
    return laid_out(doc, doc.to_array(LAYOUT).view(np.int64))


def laid_out(doc: "Doc", values: Array) -> Layout:
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


def ancestors(text: Text, i: int) -> Iterator[int]:
    """The heads above word `i`, nearest first."""
    while text.words[i].head != i:
        i = text.words[i].head
        yield i
