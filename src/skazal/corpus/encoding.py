"""Articles annotated together and put into the form in which they travel: what a worker does with a batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from skazal.corpus.articles import Article, Rejected, rejected
from skazal.corpus.settings import PIPELINE, Form
from skazal.document import Document

if TYPE_CHECKING:
    from spacy.language import Language

LOADING = Lock()
WORDS = 40_000
"""Words of a vocabulary at most, some 20 MB: two thousand documents of news have as many."""

loaded: dict[str, Language] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of some articles.

    Attributes:
        payload: the documents in order, in one of the forms: objects, JSON lines as bytes, Arrow streams as bytes.
        rejected: by the index of the article.
    """

    payload: list[Any] = field(default_factory=list)
    rejected: Mapping[int, Rejected] = field(default_factory=dict)


def pipeline_of(name: str) -> Language:
    """Return this process's pipeline that ``module:function`` makes, loaded when first asked for.

    Ours is made anew when it has seen so many words that its vocabulary, which never forgets one, would grow without
    end. That takes some hundredths of a second; whoever still uses the one before keeps it.
    """
    with LOADING:
        known = loaded.get(name)
        if known is None or (name == PIPELINE and len(known.vocab) > WORDS):
            known = loaded[name] = loader(name)()
        return known


def loader(pipeline: str) -> Callable[[], Language]:
    """Return the function that ``module:function`` names."""
    module, _, name = pipeline.partition(":")
    return cast("Callable[[], Language]", getattr(import_module(module), name))


def answer(nlp: Language, articles: list[Article], form: Form) -> Answer:
    """Annotate articles together, or each alone when one of them raises; only that one is then rejected."""
    try:
        return Answer(ENCODERS[form](annotated(nlp, articles)))
    except MemoryError:
        raise
    except Exception as error:
        if len(articles) == 1:
            return Answer([], {0: rejected(articles[0], "failed", described(error))})
    return joined([answer(nlp, [article], form) for article in articles])


def joined(answers: list[Answer]) -> Answer:
    """Return the answers to single articles as one."""
    payload = [part for single in answers for part in single.payload]
    return Answer(payload, {i: single.rejected[0] for i, single in enumerate(answers) if single.rejected})


def described(error: Exception) -> str:
    """Return an exception in one line."""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message[:500]}" if message else type(error).__name__


def annotated(nlp: Language, articles: list[Article]) -> list[Document]:
    """Return the articles' documents."""
    from skazal.pipeline import to_document

    docs = nlp.pipe([article.text for article in articles], batch_size=max(len(articles), 1))
    return [to_document(doc, id=article.id, meta=article.meta) for doc, article in zip(docs, articles, strict=True)]


def json_lines(documents: list[Document]) -> list[bytes]:
    """Return documents as lines."""
    return [document.to_json().encode("utf-8") + b"\n" for document in documents]


def arrow_stream(documents: list[Document]) -> list[bytes]:
    """Return documents as one Arrow stream."""
    from skazal.corpus.arrow import to_stream

    return [to_stream(documents)] if documents else []


def as_they_are(documents: list[Document]) -> list[Document]:
    """Return the documents themselves."""
    return documents


ENCODERS: dict[Form, Callable[[list[Document]], list[Any]]] = {
    "documents": as_they_are,
    "lines": json_lines,
    "arrow": arrow_stream,
}
