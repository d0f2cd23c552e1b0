"""Documents joined with spaCy Docs that have the tags, tree and lemmas of their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import TYPE_CHECKING

from spacy.util import filter_spans

from skazal.document import Document
from skazal.pipeline import load

if TYPE_CHECKING:
    from spacy.tokens import Doc


def tagged(documents: Iterable[Document]) -> Iterator[tuple[Document, Doc]]:
    """Yield each document with a Doc of its text, tagged, with the document's entities and quotes, id and meta."""
    nlp = load(exclude=["skazal_entities", "skazal_quotes"])
    for_tags, kept = tee(documents)
    for doc, document in zip(nlp.pipe(document.text for document in for_tags), kept, strict=True):
        write_results(doc, document)
        yield document, doc


def write_results(doc: Doc, document: Document) -> None:
    """Write to a Doc what the stages for entities and quotes would write."""
    doc._.skazal_entities = [entity.to_dict() for entity in document.entities]
    doc._.skazal_quotes = [quote.to_dict() for quote in document.quotes]
    names = [
        span
        for entity in document.entities
        for mention in entity.mentions
        if mention.kind == "name"
        and (span := doc.char_span(mention.start, mention.end, label=entity.type, kb_id=entity.name)) is not None
    ]
    doc.ents = filter_spans(names)
    doc.user_data |= {"skazal_id": document.id, "skazal_meta": dict(document.meta)}
