"""The stages in order: every spaCy component of skazal is made here, registered here, and nothing else is.

A component wraps the function of its stage in a few lines. What it writes: tokens (the tokenizer), `is_sent_start`
(skazal_sentences), `pos_`, `morph`, `head`, `dep_`, `ents` (skazal_tagger), `lemma_` (skazal_lemmatizer),
`doc._.skazal_entities` (skazal_entities), `doc._.skazal_quotes` (skazal_quotes); the last two as plain lists of dicts.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_ID, ENT_IOB, ENT_KB_ID, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Span
from spacy.util import minibatch, registry
from spacy.vocab import Vocab

from skazal.document import Document, Entity, EntityType, Mention, Quote, Sentence
from skazal.entities import resolve
from skazal.errors import ArgumentError, ArgumentTypeError
from skazal.lexemes import ask_faster
from skazal.morphology import lemma
from skazal.needs import check_needs
from skazal.quotes import Settings, attribute
from skazal.reading import read
from skazal.record import Record, built
from skazal.tagging import Tagger, plain_marks
from skazal.text.marks import Region, regions
from skazal.text.sentences import Extent, sentences
from skazal.text.tokens import tokens_of
from skazal.text.units import PLACEHOLDER, Unit, graft, units
from skazal.words import Array, Layout, Remembered, layout

R = TypeVar("R", bound=Record)
STAGES = ("skazal_sentences", "skazal_tagger", "skazal_lemmatizer", "skazal_entities", "skazal_quotes")
BATCH = 32
IOB = ("", "I", "O", "B")
"""What the numbers in spaCy's column `ENT_IOB` stand for."""
MAX_LENGTH = 5_000_000
"""Characters of a text at most; one of two million takes about 800 MB."""
LONGEST = 300
"""Words of a sentence at most: no news has so many, and rules that look through a sentence must not take for ever."""
DEFAULT_SETTINGS = Settings()
LABELS: Mapping[str, EntityType] = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "ORG": "ORG",
}  # fmt: skip
"""Labels of other models' entity spans, and what they are here."""

for extension in ("skazal_entities", "skazal_quotes"):
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=None)


class Tokenizer:
    """spaCy's tokenizer interface over razdel; it has no state to save."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        ask_faster(vocab)

    def __call__(self, text: str) -> Doc:
        words, spaces = tokens_of(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **kwargs: Any) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> "Tokenizer":
        return self

    def to_disk(self, path: Path, **kwargs: Any) -> None:
        pass

    def from_disk(self, path: Path, **kwargs: Any) -> "Tokenizer":
        return self


@registry.tokenizers("skazal.tokenizer.v1")  # type: ignore[untyped-decorator]  # catalogue gives no types
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """`skazal.tokenizer.v1` in the registry `tokenizers`."""
    return lambda nlp: Tokenizer(nlp.vocab)


class Stage:
    """A component whose stage works on one document at a time."""

    def __init__(self, work: Callable[[Doc], None]) -> None:
        self.work = work

    def __call__(self, doc: Doc) -> Doc:
        self.work(doc)
        return doc


def mark_sentences(doc: Doc) -> None:
    """Write `is_sent_start` of every token; a sentence of more than LONGEST words is cut."""
    found = layout(doc)
    firsts = np.unique(np.searchsorted(found.starts, [extent.start for extent in sentences(found.text)]))
    values = np.full(len(doc), -1, dtype=np.int64)
    for first, last in pairwise([*firsts.tolist(), len(found.tokens)]):
        values[found.tokens[first:last:LONGEST]] = 1
    doc.from_array([SENT_START], values.astype(np.uint64))  # type: ignore[arg-type]  # thinc names its own arrays


class TaggerStage:
    """Slovnet's heads over the narrator's words and the quotes apart, many documents at once."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        for batch in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]  # as spaCy ships it
            docs = list(batch)
            self._tag(docs)
            yield from docs

    def _tag(self, docs: Sequence[Doc]) -> None:
        for doc in docs:
            check_needs(doc, "skazal_tagger")
        laid = [layout(doc) for doc in docs]
        marked = [regions(found.text) for found in laid]
        cut = [_units(found, inside) for found, inside in zip(laid, marked, strict=True)]
        plain = [
            plain_marks(found.words, found.starts, {region.closed for region in inside})
            for found, inside in zip(laid, marked, strict=True)
        ]
        flat = [
            _unit_words(words, unit)
            for words, doc_units in zip(plain, cut, strict=True)
            for unit in chain.from_iterable(doc_units)
        ]
        tags = iter(self.tagger.tags_and_trees(flat))
        names = self.tagger.names(plain)
        for doc, found, doc_units, spans in zip(docs, laid, cut, names, strict=True):
            _write_tags(doc, found.tokens, doc_units, tags)
            tokens = found.tokens.tolist()
            _write_names(doc, [(tokens[span.start], tokens[span.stop - 1] + 1, span.label, "") for span in spans])


def _write_names(doc: Doc, spans: Iterable[tuple[int, int, str, str]]) -> None:
    """Write `doc.ents`: first and last + 1 token, label and name of each, none of which overlap; many times as fast as
    by way of Spans.
    """
    add, found = doc.vocab.strings.add, list(spans)
    values = np.zeros((len(doc), 4), dtype=np.uint64)
    values[:, 0] = IOB.index("O")
    if found:
        starts = np.array([start for start, _, _, _ in found])
        lengths = np.array([stop - start for start, stop, _, _ in found])
        ids = np.array([(add(label), add(name)) for _, _, label, name in found], dtype=np.uint64)
        inside = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        values[inside, 0] = IOB.index("I")
        values[starts, 0] = IOB.index("B")
        values[inside, 1:3] = np.repeat(ids, lengths, axis=0)
    doc.from_array([ENT_IOB, ENT_TYPE, ENT_KB_ID, ENT_ID], values)  # type: ignore[arg-type]  # thinc names its own arrays


def _units(found: Layout, marked: Sequence[Region]) -> list[list[Unit]]:
    return units(found.starts, found.sentences(), [Extent(region.start, region.end) for region in marked])


def _unit_words(words: Sequence[str], unit: Unit) -> list[str]:
    texts = [words[i] for i in unit.words]
    for hole in unit.holes:
        texts[hole] = PLACEHOLDER
    return texts


def _write_tags(doc: Doc, tokens: Array, cut: Sequence[Sequence[Unit]], tags: Iterator[Any]) -> None:
    """Tags and tree of a Doc; white space hangs on the word before it, as spaCy has it."""
    strings = doc.vocab.strings
    places = np.arange(len(doc))
    values = np.zeros((len(doc), 4), dtype=np.uint64)
    values[:, 1:3] = strings.add("dep"), strings["SPACE"]
    heads = places.copy()
    if len(tokens):
        heads = tokens[np.maximum(np.searchsorted(tokens, places, side="right") - 1, 0)]
        of_words, labels, morphs = _joined(len(tokens), cut, tags)
        heads[tokens] = tokens[of_words]
        ids = {label: strings.add(label) for label in set(labels)}
        keys = {morph: _tag_keys(doc.vocab, morph) for morph in set(morphs)}
        values[tokens, 1] = np.array([ids[label] for label in labels], dtype=np.uint64)
        values[tokens, 2:] = np.array([keys[morph] for morph in morphs], dtype=np.uint64)
    values[:, 0] = (heads - places).astype(np.uint64)
    doc.from_array([HEAD, DEP, POS, MORPH], values)  # type: ignore[arg-type]  # thinc names its own arrays


def _joined(words: int, cut: Sequence[Sequence[Unit]], tags: Iterator[Any]) -> tuple[list[int], list[str], list[str]]:
    """Head, relation and tag of each word."""
    heads, labels, morphs = list(range(words)), [""] * words, [""] * words
    for sentence in cut:
        found = [next(tags) for _ in sentence]
        for unit, (morph, _) in zip(sentence, found, strict=True):
            for k, (word, tag) in enumerate(zip(unit.words, morph, strict=True)):
                if k not in unit.holes:
                    morphs[word] = tag
        for word, (head, label) in graft(sentence, [(tree.heads, tree.labels) for _, tree in found]).items():
            heads[word], labels[word] = head, label
    return heads, labels, morphs


def _tag_keys(vocab: Vocab, morph: str) -> tuple[int, int]:
    """The part of speech and the features of a tag, as spaCy numbers them."""
    pos, _, feats = morph.partition("|")
    return vocab.strings.add(pos), vocab.morphology.add(feats)


def write_lemmas(doc: Doc) -> None:
    """Write `lemma_` of every token, chosen to agree with its tag."""
    check_needs(doc, "skazal_lemmatizer")
    found, strings = layout(doc), doc.vocab.strings
    values = doc.to_array([POS, MORPH, LEMMA])
    keys = list(zip(found.keys, *values[found.tokens, :2].T.tolist(), strict=True))
    forms = LEMMAS.of(keys, strings)
    ids = {form: strings.add(form) for form in set(forms)}
    values[found.tokens, 2] = np.fromiter(map(ids.__getitem__, forms), np.uint64, len(forms))
    doc.from_array([LEMMA], values[:, 2])  # type: ignore[arg-type]  # thinc names its own arrays


def _lemma(key: tuple[int, int, int], strings: StringStore) -> str:
    """The lemma of a word by spaCy's hashes of its text, part of speech and features."""
    word, pos, feats = key
    return lemma(strings[word], f"{strings[pos]}|{strings[feats]}")


LEMMAS = Remembered(_lemma)


@cache
def default_tagger() -> Tagger:
    """The tagger that all pipelines of a process share; its weights are only read."""
    return Tagger.load()


@Language.factory("skazal_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Stage:
    """Sentences: a line break always ends one."""
    return Stage(mark_sentences)


@Language.factory(
    "skazal_tagger",
    requires=["token.is_sent_start"],
    assigns=["token.pos", "token.morph", "token.head", "token.dep", "doc.ents"],
)
def make_tagger(nlp: Language, name: str) -> TaggerStage:
    """Morphology, syntax and names by slovnet's weights."""
    return TaggerStage(default_tagger())


@Language.factory("skazal_lemmatizer", requires=["token.pos", "token.morph"], assigns=["token.lemma"])
def make_lemmatizer(nlp: Language, name: str) -> Stage:
    """Lemmas by pymorphy3."""
    return Stage(write_lemmas)


def write_entities(doc: Doc) -> None:
    """Write `doc._.skazal_entities` and, as their name mentions have them, `doc.ents`."""
    check_needs(doc, "skazal_entities")
    found = resolve(read(doc))
    doc._.skazal_entities = [entity.to_dict() for entity in found]
    _write_names(doc, _apart(_name_spans(layout(doc), found)))


def _name_spans(found: Layout, entities: Iterable[Entity]) -> Iterator[tuple[int, int, str, str]]:
    """First and last + 1 token of each name in the text, its label and canonical name."""
    tokens = found.tokens.tolist()
    for entity in entities:
        for mention in entity.mentions:
            if mention.kind == "name":
                first, last = bisect_left(found.starts, mention.start), bisect_left(found.starts, mention.end)
                yield tokens[first], tokens[last - 1] + 1, entity.type, entity.name


def _apart(spans: Iterable[tuple[int, int, str, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Of spans that overlap the longest, and of equals the first."""
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        inside = range(span[0], span[1])
        if taken.isdisjoint(inside):
            taken.update(inside)
            yield span


def write_quotes(doc: Doc, settings: Settings = DEFAULT_SETTINGS) -> None:
    """Write `doc._.skazal_quotes`; the speakers are looked for among `doc._.skazal_entities`, or else `doc.ents`."""
    check_needs(doc, "skazal_quotes")
    if doc._.skazal_entities is None:
        doc._.skazal_entities = [entity.to_dict() for entity in entities_of_spans(doc)]
    entities = records(Entity, doc._.skazal_entities)
    doc._.skazal_quotes = [quote.to_dict() for quote in attribute(read(doc), entities, settings)]


def entities_of_spans(doc: Doc) -> list[Entity]:
    """Entities made of somebody else's `doc.ents`: joined by their kb_id, or by their lemmas where there is none."""
    spans: dict[tuple[EntityType, str], list[Span]] = {}
    for span in doc.ents:
        label = LABELS.get(span.label_)
        if label is not None:
            spans.setdefault((label, span.kb_id_ or span.lemma_), []).append(span)
    return [
        Entity(f"e{i}", label, group[0].kb_id_ or group[0].text, None, (), tuple(map(_name_mention, group)))
        for i, ((label, _), group) in enumerate(spans.items(), 1)
    ]


def _name_mention(span: Span) -> Mention:
    return Mention(span.start_char, span.end_char, span.text, "name", "doc.ents")


@Language.factory(
    "skazal_entities",
    requires=["token.pos", "token.morph", "token.lemma", "doc.ents"],
    assigns=["doc._.skazal_entities", "doc.ents"],
)
def make_entities(nlp: Language, name: str) -> Stage:
    """Mentions of persons, places and organisations joined under canonical names."""
    return Stage(write_entities)


@Language.factory(
    "skazal_quotes",
    default_config={"speech": 0.5, "indirect": 0.5, "kinds": ["direct", "mixed", "indirect"]},
    requires=["token.pos", "token.morph", "token.dep", "token.lemma", "doc.ents"],
    assigns=["doc._.skazal_quotes"],
)
def make_quotes(nlp: Language, name: str, speech: float, indirect: float, kinds: list[str]) -> Stage:
    """Quotes with their cues and speakers.

    Its settings: `speech`, the least probability (0 to 1) at which words in marks are taken for speech; `indirect`, the
    least probability at which a clause is taken for reported speech; `kinds`, the kinds of quotes wanted.
    """
    return Stage(partial(write_quotes, settings=Settings(speech, indirect, tuple(kinds))))


def to_document(doc: Doc, id: str = "", meta: Mapping[str, Any] | None = None) -> Document:
    """What the stages wrote to `doc`, free of spaCy."""
    found = layout(doc)
    return Document(
        id,
        found.text,
        dict(meta or {}),
        tuple(_sentences(found)) if doc.has_annotation("SENT_START") else (),
        tuple(records(Entity, doc._.skazal_entities or ())),
        tuple(records(Quote, doc._.skazal_quotes or ())),
    )


def records(cls: type[R], written: Iterable[Mapping[str, Any]]) -> list[R]:
    """The entities or quotes that a stage wrote.

    Raises DocumentError for what is none, if another component wrote it.
    """
    try:
        return [built(cls, one) for one in written]
    except (KeyError, TypeError, AttributeError):
        return [cls.from_dict(one) for one in written]


def _sentences(found: Layout) -> Iterator[Sentence]:
    """Sentences without the white space around them."""
    for first, last in found.sentences():
        start, end = found.starts[first], found.starts[last - 1] + len(found.words[last - 1])
        yield Sentence(start, end, found.text[start:end])


def load(*, exclude: Iterable[str] = ()) -> Language:
    """A pipeline of all stages but the excluded ones; it takes texts of up to MAX_LENGTH characters.

    Raises ArgumentTypeError for a single name that is not in a list, ArgumentError for one that no stage has.

    spaCy does not save that limit with a pipeline: after `spacy.load`, set `nlp.max_length` for texts that are longer
    than its own limit of a million characters.
    """
    if isinstance(exclude, str):
        raise ArgumentTypeError(f"exclude is an iterable of names, a single string came; write [{exclude!r}]")
    excluded = set(exclude)
    if unknown := sorted(map(repr, excluded.difference(STAGES))):
        raise ArgumentError(f"exclude has names of {', '.join(STAGES)}; {', '.join(unknown)} came")
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "skazal.tokenizer.v1"}}})
    nlp.max_length = MAX_LENGTH
    for stage in STAGES:
        if stage not in excluded:
            nlp.add_pipe(stage)
    return nlp
