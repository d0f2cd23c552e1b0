"""Who said what in invented news stays what it was, unless somebody decides otherwise: `make golden` writes it anew."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from .said import HERE, TEXTS, golden, said


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_who_said_what_has_not_changed(path: Path) -> None:
    wanted, found = golden(path).read_text(encoding="utf-8").splitlines(), said(path).splitlines()
    changes = unified_diff(wanted, found, f"said/{path.name}", "now", lineterm="", n=1)
    assert wanted == found, "\n".join(["answers have changed; `make golden` takes them over", *changes])


def test_every_answer_has_its_text() -> None:
    assert sorted(path.name for path in (HERE / "said").glob("*.txt")) == [path.name for path in TEXTS]
    assert len(TEXTS) >= 20
