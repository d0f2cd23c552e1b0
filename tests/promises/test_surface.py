"""What users may call, read and catch changes only on purpose."""

from __future__ import annotations

from difflib import unified_diff

from .surface import KEPT, surface


def test_the_public_surface_is_what_it_was() -> None:
    wanted, found = KEPT.read_text(encoding="utf-8").splitlines(), surface().splitlines()
    changes = unified_diff(wanted, found, KEPT.name, "now", lineterm="", n=1)
    assert wanted == found, "\n".join(["the surface has changed; `make golden` takes it over", *changes])
