"""The documentation's code runs and prints what the pages say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .pages import BLOCK, PAGES, ROOT, rewritten

TELLING = [page for page in PAGES if BLOCK.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", TELLING, ids=[str(page.relative_to(ROOT)) for page in TELLING])
def test_a_page_says_what_its_code_prints(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert without_shares(rewritten(text)) == without_shares(text), "if the new output is right: make pages"


def without_shares(text: str) -> str:
    """A page without confidences and the like, which change with every training."""
    return re.sub(r"\b[01]\.\d+\b", "0.…", text)


def test_pages_have_code() -> None:
    assert len(TELLING) >= 8
