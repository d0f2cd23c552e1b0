"""Reads Russian news: who is named in it, and who said what.

>>> import skazal
>>> document = skazal.annotate("«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина.")
>>> document.quotes[0].speaker.name
'Инна Лужина'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

HOMES = {
    "Cue": "document",
    "Document": "document",
    "Entity": "document",
    "Mention": "document",
    "Quote": "document",
    "Quotes": "document",
    "Span": "document",
    "Speaker": "document",
    "annotate": "corpus.running",
    "annotate_many": "corpus.running",
    "explain": "corpus.running",
    "frames": "tables",
    "load": "pipeline",
}


def __getattr__(name: str) -> Any:
    # Names are fetched when first used (PEP 562): spaCy takes a second to import, and not every user of the
    # results needs it.
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
