"""What the rule stages read: a tagged Doc as plain Python objects, white space left out.

Rules look at a word's neighbours, head and children thousands of times a document; plain slots are many times faster
than spaCy's proxies, and a test can make them by hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@lru_cache(maxsize=65536)
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
    children: list[int] = field(default_factory=list)

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


def read(doc: "Doc") -> Text:
    """The plain view of a Doc that has tags, lemmas, a tree and sentence boundaries; O(tokens)."""
    place: list[int] = []
    tokens: list[Token] = []
    for token in doc:
        place.append(len(tokens))
        if not token.is_space:
            tokens.append(token)
    words = [
        Word(
            i=i,
            text=token.text,
            norm=fold(token.text),
            start=token.idx,
            end=token.idx + len(token.text),
            pos=token.pos_,
            feats=features(str(token.morph)),
            lemma=fold(token.lemma_ or token.text),
            head=i if token.head.is_space else place[token.head.i],
            dep=token.dep_,
            sentence=0,
        )
        for i, token in enumerate(tokens)
    ]
    sentences: list[tuple[int, int]] = []
    first = 0
    for i, token in enumerate(tokens):
        if i and _starts(doc, tokens[i - 1].i, token.i):
            sentences.append((first, i))
            first = i
        words[i].sentence = len(sentences)
        if words[i].head != i:
            words[words[i].head].children.append(i)
    if tokens:
        sentences.append((first, len(tokens)))
    names = [
        NamedSpan(place[ent.start], place[ent.end - 1] + 1, ent.label_)
        for ent in doc.ents
        if not ent[-1].is_space and not ent[0].is_space
    ]
    return Text(doc.text, words, sentences, names)


def _starts(doc: "Doc", previous: int, token: int) -> bool:
    """Whether a sentence starts at `token` or at the white space between it and the word before."""
    return any(doc[i].is_sent_start for i in range(previous + 1, token + 1))


def ancestors(text: Text, i: int) -> Iterator[int]:
    """The heads above word `i`, nearest first."""
    while text.words[i].head != i:
        i = text.words[i].head
        yield i
