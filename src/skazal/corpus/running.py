"""Texts to documents: one by one, or many in their order while only a few are held in memory."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from skazal.corpus.articles import Article, Item
from skazal.corpus.checks import Batch, Feed
from skazal.corpus.encoding import Answer, annotated, answer, pipeline_of
from skazal.corpus.settings import PIPELINE, Form, Job, Settings, check_count
from skazal.corpus.supervision import spread
from skazal.document import Document, Entity
from skazal.errors import ArgumentTypeError, CorpusError, TextError
from skazal.pipeline import MAX_LENGTH, to_document
from skazal.quotes import Explanation
from skazal.quotes import explain as explain_quotes
from skazal.reading import read
from skazal.text.tokens import check_unicode

if TYPE_CHECKING:
    from spacy.language import Language


def default_pipeline() -> Language:
    """Return this process's pipeline, loaded when first asked for, whichever thread asks."""
    return pipeline_of(PIPELINE)


def annotate(text: str, *, id: str = "", meta: Mapping[str, Any] | None = None) -> Document:
    """Find the entities and quotes of a Russian text.

    Args:
        text: any string; it comes back unchanged in ``Document.text``.
        id: the caller's name for it.
        meta: JSON values to carry along.

    Raises:
        TextError: for what is no string, is too long, or has half of a surrogate pair.
        ArgumentTypeError: for an id that is no string, or meta that is no mapping of JSON values.
    """
    if not isinstance(id, str):
        raise ArgumentTypeError(f"id is a string, {type(id).__name__} came; write str(id)")
    check_meta(id, meta)
    return to_document(default_pipeline()(a_text(text)), id=id, meta=dict(meta or {}))


def a_text(value: object) -> str:
    """Let a string through.

    Raises:
        TextError: for anything else, for a text that is too long, and for half of a surrogate pair. spaCy would take
            bytes for a Doc that somebody has saved, and read it.
    """
    if not isinstance(value, str):
        way = 'decode it, for example with .decode("utf-8")' if isinstance(value, bytes | bytearray) else "leave it out"
        raise TextError(f"a text is a string, {type(value).__name__} came; {way}")
    if len(value) > MAX_LENGTH:
        raise TextError(f"a text has at most {MAX_LENGTH} characters, {len(value)} came; cut it between paragraphs")
    check_unicode(value)
    return value


def check_meta(id: str, meta: object) -> None:
    """Raise ArgumentTypeError for an id or meta that JSON cannot hold."""
    if meta is not None and not isinstance(meta, Mapping):
        raise ArgumentTypeError(f"meta is a mapping of JSON values, {type(meta).__name__} came; write a dict")
    try:
        json.dumps([id, dict(meta or {})], ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ArgumentTypeError(
            f"id and meta are JSON values in Unicode: {error}; leave it out, or write it as text"
        ) from None


def explain(text: str) -> list[Explanation]:
    """Tell of each quote in a text why it is one and why it has its speaker; see ``skazal.quotes.explanation``."""
    doc = default_pipeline()(a_text(text))
    return explain_quotes(read(doc), [Entity.from_dict(entity) for entity in doc._.skazal_entities])


def annotate_many(texts: Iterable[str], *, workers: int = 1, batch_size: int = 32) -> Iterator[Document]:
    """Annotate texts as they come and yield their documents in the same order.

    Texts are taken from the iterable only as they are needed, a few batches for each worker ahead.

    Args:
        texts: any iterable, endless ones included.
        workers: processes that share the work; with 1, all is done in this process.
        batch_size: texts that are tagged together.

    Raises:
        CorpusError: when a worker dies or hangs over a text; what it raises in this process comes as it is.
        ArgumentTypeError: for one string, whose letters nobody wants to have annotated.
        TextError: when the iterable gives what is no string, is too long, or has half of a surrogate pair.
    """
    if isinstance(texts, str | bytes):
        raise ArgumentTypeError("texts is an iterable of strings, a single string came; put it into a list")
    if not isinstance(texts, Iterable):
        raise ArgumentTypeError(f"texts is an iterable of strings, {type(texts).__name__} came; put them into a list")
    return annotate_articles((Article("", a_text(text)) for text in texts), workers=workers, batch_size=batch_size)


def annotate_articles(articles: Iterable[Article], *, workers: int = 1, batch_size: int = 32) -> Iterator[Document]:
    """Do what ``annotate_many`` does for texts with ids and meta."""
    check_count("workers", workers)
    check_count("batch_size", batch_size)
    feed = Feed(articles)
    if workers == 1:
        return (
            document for batch in feed.batches(batch_size) for document in annotated(default_pipeline(), batch.articles)
        )
    return in_workers(feed, workers, batch_size)


def answers(items: Iterable[Item], form: Form, settings: Settings) -> Generator[tuple[Batch, Answer]]:
    """Annotate articles and yield them by batches with what came of them; one that fails is rejected alone.

    Several workers keep the limits; one, which is this process, does not.
    """
    batches = Feed(items).batches(settings.batch_size)
    if settings.workers > 1:
        return spread(batches, settings.workers, Job(form, settings.limits))
    return ((batch, answer(default_pipeline(), batch.articles, form)) for batch in batches)


def in_workers(feed: Feed, workers: int, batch_size: int) -> Iterator[Document]:
    """Yield documents that other processes annotate."""
    with closing(spread(feed.batches(batch_size), workers, Job("documents"))) as answered:
        for batch, found in answered:
            for index, rejected in found.rejected.items():
                raise CorpusError(f"text {batch.first + index} cannot be annotated: {rejected.message}; leave it out")
            yield from found.payload
