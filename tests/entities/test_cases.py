"""Texts with the mentions of each entity marked: see tests/cases/entities.txt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from skazal.document import Entity
from skazal.entities import resolve
from skazal.pipeline import load
from skazal.reading import read

CASES = Path(__file__).parents[1] / "cases" / "entities.txt"
MARKED = re.compile(r"\[([^\[\]]*)\](\d)")


@dataclass(frozen=True)
class Expected:
    type: str
    name: str
    gender: str | None
    roles: tuple[str, ...] | None


def cases() -> Iterator[object]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            failing = line.startswith("xfail ")
            marks = [pytest.mark.xfail(reason="not understood yet", strict=True)] if failing else []
            yield pytest.param(line.removeprefix("xfail "), marks=marks, id=line[:60])


def parse(line: str) -> tuple[str, dict[str, list[tuple[int, int]]], dict[str, Expected]]:
    """The text, the spans of each number, the entity of each number."""
    marked, _, right = line.partition("→")
    spans: dict[str, list[tuple[int, int]]] = {}
    text, end = "", 0
    marked = marked.strip().replace("⏎", "\n")
    for match in MARKED.finditer(marked):
        text += marked[end : match.start()]
        spans.setdefault(match.group(2), []).append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        end = match.end()
    return text + marked[end:], spans, dict(expected(right))


def expected(right: str) -> Iterator[tuple[str, Expected]]:
    for item in filter(None, map(str.strip, right.split(";"))):
        head, *rest = [part.strip() for part in item.split("|")]
        number, type_, name = head.split(" ", 2)
        roles = tuple(role.strip() for role in rest[1].split(",")) if len(rest) > 1 else None
        yield number, Expected(type_, name, rest[0] if rest else None, roles)


@cache
def entities(text: str) -> tuple[Entity, ...]:
    nlp = pipeline()
    return tuple(resolve(read(nlp(text))))


@cache
def pipeline():  # type: ignore[no-untyped-def]
    return load(exclude=["skazal_entities", "skazal_quotes"])


def entity_at(found: tuple[Entity, ...], start: int, end: int) -> list[Entity]:
    return [one for one in found if any((m.start, m.end) == (start, end) for m in one.mentions)]


@pytest.mark.parametrize("line", list(cases()))
def test_mentions_belong_to_their_entities(line: str) -> None:
    text, spans, wanted = parse(line)
    found = entities(text)
    for number, places in spans.items():
        for start, end in places:
            here = entity_at(found, start, end)
            if number == "0":
                assert not here, (text[start:end], [one.name for one in here])
                continue
            want = wanted[number]
            assert [(one.type, one.name) for one in here] == [(want.type, want.name)], text[start:end]
            assert want.gender is None or here[0].gender == want.gender
            assert want.roles is None or here[0].roles == want.roles
