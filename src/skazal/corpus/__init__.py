"""Corpora: articles read from any size of input, annotated by many processes, written so that none is lost.

``annotate`` turns a corpus on disk into tables or JSON Lines, ``annotate_many`` an iterable of texts into documents.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skazal.corpus.annotation import annotate
    from skazal.corpus.arrow import annotate_batches
    from skazal.corpus.queries import Choice, Corpus
    from skazal.corpus.running import annotate_many
    from skazal.corpus.settings import Settings, Summary

__all__ = ["Choice", "Corpus", "Settings", "Summary", "annotate", "annotate_batches", "annotate_many"]

HOMES = {
    "Choice": "queries",
    "Corpus": "queries",
    "Settings": "settings",
    "Summary": "settings",
    "annotate": "annotation",
    "annotate_batches": "arrow",
    "annotate_many": "running",
}


def __getattr__(name: str) -> Any:
    # As in skazal itself: who only writes files need not wait for spaCy, pyarrow or DuckDB.
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    globals()[name] = value
    return value
