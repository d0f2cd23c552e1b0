"""A tagged Doc read for the rules: its words as plain objects, their tags mended where the dictionary contradicts them.

The tags of a Doc stay as the tagger gave them. Its network guesses at words that it has not learned (`порицает` an
adjective, `Уроженец` another); the dictionary of pymorphy3 has most of them, with all their readings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import ref

import numpy as np

from skazal.lexicon import find_role
from skazal.morphology import dictionary_tag
from skazal.namesakes import name_women
from skazal.text.tokens import TYPED
from skazal.words import (
    LAYOUT,
    Array,
    Layout,
    NamedSpan,
    Remembered,
    Text,
    Word,
    features,
    fold,
    laid_out,
    of_string,
)

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

ACTING = ("исполняющ", "и.о.", "и. о.", "и.\xa0о.", "врио")
"""What a text has in small letters where somebody acts for another: `исполняющий обязанности`, `и. о.`, `врио`."""
ANNOTATION: list[int | str] = ["POS", "MORPH", "LEMMA", "DEP", "HEAD"]
Tag = tuple[str, Mapping[str, str]]
"""A part of speech and the features."""


def _tags(key: tuple[int, int, int], strings: "StringStore") -> tuple[Tag, Tag | None]:
    """The tag of a word by spaCy's hashes of its text, part of speech and features, and what the dictionary makes of
    it where that contradicts.
    """
    word, pos, morph = (strings[one] for one in key)
    return (pos, features(morph)), dictionary_tag(word, f"{pos}|{morph}")


STRINGS, FOLDED, TAGS = of_string(str), of_string(fold), Remembered(_tags)


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
        found = laid_out(doc, np.ascontiguousarray(values[:, : len(LAYOUT)]))
        last = Reading(ref(doc, _forget), values, found, _read(doc, found, values[:, len(LAYOUT) :]))
        latest[:] = [last]
    return Text(last.text.text, last.text.words, last.text.sentences, _names(doc, last.layout))


def _forget(doc: "ref[Doc]") -> None:
    if latest and latest[0].doc is doc:
        latest.clear()


def _read(doc: "Doc", found: Layout, annotation: Array) -> Text:
    strings, tokens = doc.vocab.strings, found.tokens
    pos, morph, lemmas, dep = annotation[tokens, :4].view(np.uint64).T.tolist()
    tags = TAGS.of(list(zip(found.keys, pos, morph, strict=True)), strings)
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
        [pos for (pos, _), _ in tags],
        [feats for (_, feats), _ in tags],
        [lemma or norm for lemma, norm in zip(FOLDED.of(lemmas, strings), found.norms, strict=True)],
        heads,
        STRINGS.of(dep, strings),
        np.cumsum(begins).tolist(),
        [children.get(i, ()) for i in count],
    )
    read_words = list(words)
    for word, (_, known) in zip(read_words, tags, strict=True):
        if known is not None and not _may_be_name(read_words, word):
            word.pos, word.feats = known
        elif word.dep == "nsubj" and word.feats.get("VerbForm") == "Part":
            _name_somebody(word)
    if not TYPED.isdisjoint(found.words):
        _spell_dashes(read_words)
    text = found.text.lower()
    if any(sign in text for sign in ACTING):
        _name_offices(read_words)
    name_women(read_words)
    return Text(found.text, read_words, found.sentences(), ())


def _spell_dashes(words: Sequence[Word]) -> None:
    """Show the rules one shape of dash, however many characters it has in the text."""
    for word in words:
        if word.text in TYPED:
            word.text = word.norm = "—"


def _may_be_name(words: Sequence[Word], word: Word) -> bool:
    """Whether a capital may be that of a name: within a sentence, or before another one (`Лью Вега`)."""
    if not word.capitalized:
        return False
    before, behind = words[max(word.i - 1, 0)], words[min(word.i + 1, len(words) - 1)]
    opens = before is word or before.sentence != word.sentence or before.pos == "PUNCT"
    return not opens or (behind is not word and behind.capitalized)


def _name_somebody(word: Word) -> None:
    """Make a noun of a participle that is a subject and that the lexicon has for a person: `Задержанный сказал`."""
    role = find_role(word.norm)
    if role is not None and role.kind in ("person", "office"):
        feats = {name: value for name, value in word.feats.items() if name in ("Case", "Gender", "Number")}
        word.pos, word.lemma, word.feats = "NOUN", word.norm, MappingProxyType({"Animacy": "Anim", **feats})


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
