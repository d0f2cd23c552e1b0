"""Reads Russian news: who is named in it, and who said what.

>>> import skazal
>>> document = skazal.annotate("«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина.")
>>> document.quotes[0].speaker.name
'Инна Лужина'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skazal.lazy import fetched

if TYPE_CHECKING:
    from skazal.corpus.running import annotate, annotate_many, explain
    from skazal.document import Cue, Document, Entity, Mention, Quote, Quotes, Span, Speaker
    from skazal.pipeline import load
    from skazal.tables import frames

__version__ = "0.1.0"

__all__ = [
    "Cue",
    "Document",
    "Entity",
    "Mention",
    "Quote",
    "Quotes",
    "Span",
    "Speaker",
    "__version__",
    "annotate",
    "annotate_many",
    "explain",
    "frames",
    "load",
]

# spaCy takes a second to import, and not every user of the results needs it.
__getattr__, __dir__ = fetched(
    __name__,
    {
        "document": "Cue Document Entity Mention Quote Quotes Span Speaker",
        "corpus.running": "annotate annotate_many explain",
        "tables": "frames",
        "pipeline": "load",
    },
)
