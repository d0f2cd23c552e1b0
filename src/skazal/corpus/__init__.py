"""Corpora: articles read from any size of input, annotated by many processes, written so that none is lost.

``annotate`` turns a corpus on disk into tables or JSON Lines, ``annotate_many`` an iterable of texts into documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skazal.lazy import fetched

if TYPE_CHECKING:
    from skazal.corpus.annotation import annotate
    from skazal.corpus.arrow import annotate_batches
    from skazal.corpus.queries import Choice, Corpus
    from skazal.corpus.running import annotate_many
    from skazal.corpus.settings import Limits, Summary

__all__ = ["Choice", "Corpus", "Limits", "Summary", "annotate", "annotate_batches", "annotate_many"]

# Who only writes files need not wait for spaCy, pyarrow or DuckDB.
__getattr__, __dir__ = fetched(
    __name__,
    {
        "annotation": "annotate",
        "arrow": "annotate_batches",
        "queries": "Choice Corpus",
        "running": "annotate_many",
        "settings": "Limits Summary",
    },
)
