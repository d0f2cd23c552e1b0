"""spaCy's own container: Docs with tags, entities and quotes, for `DocBin().from_disk` and `spacy train`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import DocBin

from skazal.document import Document
from skazal.export.tagged import tagged


def write_docbin(documents: Iterable[Document], path: Path) -> None:
    """Write documents as a DocBin with user data: ``doc.user_data["skazal_id"]`` and ``["skazal_meta"]`` are theirs."""
    DocBin(docs=(doc for _, doc in tagged(documents)), store_user_data=True).to_disk(path)
