"""What comes back: a text with its entities and quotes, as plain frozen objects that know nothing of spaCy.

Offsets count characters (Python ``str`` indices) of ``Document.text``, end exclusive, and for every span
``document.text[span.start:span.end] == span.text``. The JSON form of each class has the class's fields under the
same names; ``schema/document.schema.json`` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, Self, SupportsIndex, overload

from skazal.errors import ArgumentError, ArgumentTypeError, DocumentError, UnknownIdError
from skazal.record import Record, read_record, shown

if TYPE_CHECKING:
    from skazal.tables import Engine

EntityType = Literal["PER", "LOC", "ORG"]
SpeakerType = Literal["PER", "ROLE", "GROUP", "ORG", "DOC"]
MentionKind = Literal["name", "nominal", "pronoun"]
QuoteKind = Literal["direct", "mixed", "indirect"]
Gender = Literal["masc", "fem"]


@dataclass(frozen=True, slots=True)
class Span(Record):
    """A stretch of the document's text: ``text[start:end]``."""

    start: int
    end: int
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence, headline or caption. Its JSON form has the offsets alone."""

    def to_dict(self) -> dict[str, Any]:
        """Return start and end; the text stands in the document."""
        return {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """A place in the text that denotes an entity.

    Attributes:
        kind: a name, a noun such as ``министр``, or a pronoun.
        rule: what joined it to its entity.
    """

    kind: MentionKind
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entity(Record):
    """Someone or something in the document's world, with all its mentions in the order of the text.

    Attributes:
        id: unique within the document: ``e1``, ``e2``.
        name: the canonical name, in the nominative.
        gender: of a person, where the text or the name tells.
        roles: of a person, nominative, in the order found.
    """

    id: str
    type: EntityType
    name: str
    gender: Gender | None
    roles: tuple[str, ...]
    mentions: tuple[Mention, ...]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Cue(Span):
    """The words that introduce a quote: ``сказал``, ``по словам``, ``уверен``.

    Attributes:
        lemma: dictionary form of the word that carries the meaning.
        semantic_class: the kind of speech act that the lexicon gives for it.
        stance: what it says about the author's attitude, where it says anything.
    """

    lemma: str
    semantic_class: str | None = None
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Relay(Record):
    """Who passed the quote on: ``передаёт Приморье.инфо``."""

    name: str
    mention: Span | None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Speaker(Record):
    """Whose words a quote gives.

    Attributes:
        name: the canonical name of the entity, or the role or group as the text gives it, in the nominative.
        entity: id of the entity in the document; None for whom the document does not name.
        role: the role under which the text introduces the speaker.
        mention: the words that name the speaker at this quote; None when the sentence leaves them out.
    """

    name: str
    type: SpeakerType
    entity: str | None
    role: str | None
    gender: Gender | None
    mention: Span | None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Quote(Record):
    """Words that the text gives as somebody's.

    Attributes:
        id: unique within the document: ``q1``, ``q2``.
        spans: the parts of an interrupted quote in the order of the text, without the outer marks.
        text: the parts joined with a space.
        speaker: None where the text does not tell.
        within: id of the quote that this one stands in.
        confidence: from 0 to 1.
        rule: what found the quote.
        speaker_rule: what chose its speaker.
    """

    id: str
    kind: QuoteKind
    spans: tuple[Span, ...]
    text: str
    speaker: Speaker | None
    cue: Cue | None
    relay: Relay | None
    within: str | None
    confidence: float
    rule: str
    speaker_rule: str = ""

    def __str__(self) -> str:
        return f"{self.speaker or '?'}: {self.text}"

    def _repr_html_(self) -> str:
        from skazal.display.html import render_quote

        return render_quote(self)


class Quotes(tuple[Quote, ...]):
    """Quotes in a tuple that shows itself as a table in a notebook; a slice of it does so too."""

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex) -> Quote: ...

    @overload
    def __getitem__(self, key: slice) -> Quotes: ...

    def __getitem__(self, key: SupportsIndex | slice) -> Quote | Quotes:
        found = super().__getitem__(key)
        return found if isinstance(found, Quote) else Quotes(found)

    def _repr_html_(self) -> str:
        from skazal.display.html import render_quotes

        return render_quotes(self)


@dataclass(frozen=True, slots=True, repr=False)
class Document(Record):
    """A text and what was found in it.

    Attributes:
        id: the caller's name for the text; may be empty.
        text: the input, unchanged.
        meta: the caller's own fields, JSON values, carried along.
    """

    id: str
    text: str
    # Left out of the hash, so that documents can stand in sets and as keys.
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "quotes", Quotes(self.quotes))

    def __repr__(self) -> str:
        return (
            f"Document(id={self.id!r}, {len(self.text)} characters, {len(self.sentences)} sentences, "
            f"{len(self.entities)} entities, {len(self.quotes)} quotes)"
        )

    def __str__(self) -> str:
        from skazal.display.outline import outline

        return outline(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the same in IPython's terminal as ``print`` does."""
        printer.text(str(self))

    def _repr_html_(self) -> str:
        from skazal.display.html import render

        return render(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what ``to_dict`` returned and check that its offsets and ids agree.

        Raises:
            DocumentError: when a field is missing or holds what it must not, an offset misses its text, or an id
                leads nowhere.
        """
        document = read_record(cls, with_sentence_texts(data))
        check_spans(document)
        check_ids(document)
        return document

    def to_frame(self, table: str = "quotes", engine: Engine = "pandas") -> Any:
        """Return the quotes, or the table ``documents``, ``entities`` or ``mentions``, as a data frame.

        Args:
            table: one of ``documents``, ``entities``, ``mentions``, ``quotes``.
            engine: ``pandas``, ``polars`` or ``arrow``; needs the extra ``skazal[tables]``.
        """
        from skazal.tables import COLUMNS, frames

        if table not in tuple(COLUMNS):
            raise ArgumentError(f"table is one of {', '.join(COLUMNS)}; {table!r} came")
        return getattr(frames([self], engine), table)

    def entity(self, key: str) -> Entity:
        """Return the entity with this id.

        Raises:
            UnknownIdError: a KeyError, when there is none.
        """
        for entity in self.entities:
            if entity.id == key:
                return entity
        there = ", ".join(entity.id for entity in self.entities[:3]) + ", …" * (len(self.entities) > 3)
        way = f"take one of {there}" if there else "the document has no entities"
        raise UnknownIdError(f"no entity has the id {key!r}; {way}")


def check_several(documents: object) -> None:
    """Raise ArgumentTypeError for a single document, or anything else that cannot be gone through."""
    if not isinstance(documents, Iterable):
        raise ArgumentTypeError(
            f"documents is an iterable of Documents, {type(documents).__name__} came; put it into a list"
        )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document's JSON form."""
    schema = files("skazal").joinpath("schema", "document.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(schema)
    return loaded


def with_sentence_texts(data: Any) -> Any:
    """Add to each sentence of a document's JSON form the text between its offsets, where both can be made out."""
    if not isinstance(data, Mapping) or not isinstance(data.get("sentences"), list | tuple):
        return data
    text = data.get("text")
    if not isinstance(text, str):
        return data
    return {**data, "sentences": [with_text(sentence, text) for sentence in data["sentences"]]}


def with_text(sentence: Any, text: str) -> Any:
    """Add to a sentence's JSON form its text; what cannot be a sentence stays for the reader to refuse."""
    if not isinstance(sentence, Mapping):
        return sentence
    start, end = sentence.get("start"), sentence.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return {"text": "", **sentence}
    return {**sentence, "text": text[start:end]}


def check_spans(document: Document) -> None:
    """Raise DocumentError for the first span whose text is not what stands at its offsets."""
    for path, span in spans_of(document):
        if span.end > len(document.text) or span.start > span.end:
            came = f"start {shown(span.start)}, end {shown(span.end)}"
            raise DocumentError(f"a span within 0 to {len(document.text)} is wanted, {came} came", path)
        standing = document.text[span.start : span.end]
        if standing != span.text:
            raise DocumentError(f"the text at its offsets is {shown(standing)}, not {shown(span.text)}", path)


def spans_of(document: Document) -> Iterator[tuple[str, Span]]:
    """Yield every span of a document with the path to it."""
    for i, sentence in enumerate(document.sentences):
        yield f"sentences[{i}]", sentence
    for i, entity in enumerate(document.entities):
        for j, mention in enumerate(entity.mentions):
            yield f"entities[{i}].mentions[{j}]", mention
    for i, quote in enumerate(document.quotes):
        yield from ((f"quotes[{i}].{step}", span) for step, span in spans_of_quote(quote))


def spans_of_quote(quote: Quote) -> Iterator[tuple[str, Span]]:
    """Yield every span of a quote with the path to it."""
    for i, span in enumerate(quote.spans):
        yield f"spans[{i}]", span
    if quote.cue:
        yield "cue", quote.cue
    if quote.speaker and quote.speaker.mention:
        yield "speaker.mention", quote.speaker.mention
    if quote.relay and quote.relay.mention:
        yield "relay.mention", quote.relay.mention


def check_ids(document: Document) -> None:
    """Raise DocumentError for an id that is given twice or leads nowhere."""
    entities = unique_ids("entities", [entity.id for entity in document.entities])
    quotes = unique_ids("quotes", [quote.id for quote in document.quotes])
    for i, quote in enumerate(document.quotes):
        if quote.speaker and quote.speaker.entity is not None and quote.speaker.entity not in entities:
            raise DocumentError(f"no entity has the id {quote.speaker.entity!r}", f"quotes[{i}].speaker.entity")
        if quote.within is not None and (quote.within not in quotes or quote.within == quote.id):
            raise DocumentError(f"no other quote has the id {quote.within!r}", f"quotes[{i}].within")


def unique_ids(where: str, ids: list[str]) -> set[str]:
    """Return the ids as a set; raise DocumentError when one comes twice."""
    seen: set[str] = set()
    for i, key in enumerate(ids):
        if key in seen:
            raise DocumentError(f"the id {key!r} stands twice", f"{where}[{i}].id")
        seen.add(key)
    return seen
