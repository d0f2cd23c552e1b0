"""Texts to documents: one by one, or many in their order while only a few are held in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from skazal.corpus.reading import Article
from skazal.document import Document, Entity
from skazal.pipeline import load, to_document
from skazal.quotes import Explanation
from skazal.quotes import explain as explain_quotes
from skazal.words import read

if TYPE_CHECKING:
    from spacy.language import Language

LOADING = Lock()
# Batches that may wait for each worker: one to work on, one to take up next.
AHEAD = 2

loaded: list[Language] = []


def default_pipeline() -> Language:
    """Return this process's pipeline, loaded when first asked for, whichever thread asks."""
    with LOADING:
        if not loaded:
            loaded.append(load())
        return loaded[0]


def annotate(text: str, *, id: str = "", meta: Mapping[str, Any] | None = None) -> Document:
    """Find the entities and quotes of a Russian text.

    Args:
        text: any string; it comes back unchanged in ``Document.text``.
        id: the caller's name for it.
        meta: JSON values to carry along.
    """
    return to_document(default_pipeline()(text), id=id, meta=dict(meta or {}))


def explain(text: str) -> list[Explanation]:
    """Tell of each quote in a text why it is one and why it has its speaker; see ``skazal.quotes.explanation``."""
    doc = default_pipeline()(text)
    return explain_quotes(read(doc), [Entity.from_dict(entity) for entity in doc._.skazal_entities])


def annotate_many(texts: Iterable[str], *, workers: int = 1, batch_size: int = 32) -> Iterator[Document]:
    """Annotate texts as they come and yield their documents in the same order.

    Texts are taken from the iterable only as documents are asked for, at most ``2 * workers * batch_size`` ahead.

    Args:
        texts: any iterable, endless ones included.
        workers: processes that share the work; with 1, all is done in this process.
        batch_size: texts that are tagged together.
    """
    return annotate_articles((Article("", text) for text in texts), workers=workers, batch_size=batch_size)


def annotate_articles(articles: Iterable[Article], *, workers: int = 1, batch_size: int = 32) -> Iterator[Document]:
    """Do what ``annotate_many`` does for texts with ids and meta."""
    for name, value in (("workers", workers), ("batch_size", batch_size)):
        if value < 1:
            raise ValueError(f"{name} is at least 1, {value} came")
    batches = batched(articles, batch_size)
    if workers == 1:
        return (document for batch in batches for document in annotate_batch(batch))
    return spread(batches, workers)


def batched(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """Yield lists of ``size`` articles, the last one shorter."""
    rest = iter(articles)
    while batch := list(islice(rest, size)):
        yield batch


def annotate_batch(batch: list[Article]) -> list[Document]:
    """Annotate articles together."""
    docs = default_pipeline().pipe([article.text for article in batch], batch_size=len(batch))
    return [to_document(doc, id=article.id, meta=article.meta) for doc, article in zip(docs, batch, strict=True)]


def spread(batches: Iterator[list[Article]], workers: int) -> Iterator[Document]:
    """Annotate batches in processes of their own, a bounded number at a time, and yield in order."""
    with ProcessPoolExecutor(workers, initializer=default_pipeline) as pool:
        waiting: deque[Future[list[Document]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(annotate_batch, batch))
            if len(waiting) == workers * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
