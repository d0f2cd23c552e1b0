"""Every case in tests/cases/quotes is well formed, and the pipeline finds in its text the quotes written there."""

import pytest

import skazal
from skazal import Document, Quote

from .cases import KINDS, Case, Expected, read_cases

CASES = read_cases()


@pytest.fixture(scope="session")
def annotated() -> dict[str, Document]:
    """All texts through one pipeline, in one stream: a pipeline is slow to start and quick to run."""
    documents = skazal.annotate_many([case.text for case in CASES], workers=1)
    return {case.id: document for case, document in zip(CASES, documents, strict=True)}


def fold(text: str) -> str:
    return text.casefold().replace("ё", "е")


def pieces(quote: Quote) -> tuple[str, ...]:
    return tuple(span.text for span in quote.spans)


def agrees(quote: Quote, expected: Expected) -> bool:
    return quote.kind == expected.kind and pieces(quote) == expected.pieces


def complaints(found: list[Quote], expected: tuple[Expected, ...]) -> list[str]:
    """What differs, a line each; empty when all is as expected."""
    left, lines = list(found), []
    for want in expected:
        quote = next((quote for quote in left if agrees(quote, want)), None)
        if quote is not None:
            left.remove(quote)
            lines += differences(quote, want)
        elif not want.optional:
            lines.append(f"missing   {show(want.kind, want.pieces, want.speaker, want.cue)}")
    return lines + [f"extra     {show(quote.kind, pieces(quote), *named(quote))}" for quote in left]


def differences(quote: Quote, want: Expected) -> list[str]:
    speaker, cue = named(quote)
    relay = quote.relay.name if quote.relay else None
    compared = [("speaker", speaker, want.speaker)]
    compared += [("cue", cue, want.cue)] if want.cue is not None else []
    compared += [("relay", relay, want.relay)] if want.relay is not None else []
    return [
        f"{label:<9} {got!r} for {wanted!r} in {show(quote.kind, pieces(quote))}"
        for label, got, wanted in compared
        if fold(got or "") != fold(wanted or "")
    ]


def named(quote: Quote) -> tuple[str | None, str | None]:
    return quote.speaker.name if quote.speaker else None, quote.cue.text if quote.cue else None


def show(kind: str, parts: tuple[str, ...], *rest: str | None) -> str:
    return " | ".join([kind, " || ".join(parts), *(part or "-" for part in rest)])


def parameters() -> list[object]:
    marks = pytest.mark.xfail(reason="known error, marked in the case", strict=True)
    return [pytest.param(case, id=case.id, marks=[marks] if case.fails else []) for case in CASES]


@pytest.mark.parametrize("case", parameters())
def test_quotes_of_a_case(case: Case, annotated: dict[str, Document]) -> None:
    lines = complaints(list(annotated[case.id].quotes), case.expected)
    assert not lines, "\n".join(["", f"{case.id}: {case.shows}", case.text, *lines])


def test_names_of_cases_are_unique() -> None:
    ids = [case.id for case in CASES]
    assert sorted({case_id for case_id in ids if ids.count(case_id) > 1}) == []


def test_pieces_stand_in_the_text_in_order() -> None:
    assert [
        (case.id, want.pieces) for case in CASES for want in case.expected if not in_order(case.text, want.pieces)
    ] == []


def in_order(text: str, parts: tuple[str, ...]) -> bool:
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def test_cues_stand_in_the_text() -> None:
    assert [(c.id, w.cue) for c in CASES for w in c.expected if w.cue and fold(w.cue) not in fold(c.text)] == []


def test_every_kind_and_many_texts_without_quotes_are_covered() -> None:
    assert {want.kind for case in CASES for want in case.expected} == set(KINDS)
    assert sum(not case.expected for case in CASES) >= 80
    assert len(CASES) >= 450
