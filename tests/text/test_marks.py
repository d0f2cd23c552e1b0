"""Quotation marks: what is found between which, whatever the kind, the nesting and the slips."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skazal.text.marks import Region, regions

from .growth import grows_linearly

FILE = Path(__file__).parents[1] / "cases" / "marks.txt"


def cases() -> Iterator[object]:
    """The text and the expected lines of each case, by what it shows."""
    _, *blocks = FILE.read_text(encoding="utf-8").split("\n== ")
    for block in blocks:
        shows, *lines = block.strip("\n").split("\n")
        text = [line for line in lines if not line.startswith(">")]
        yield pytest.param("\n".join(text), [line for line in lines if line.startswith(">")], id=shows)


def outline(text: str) -> list[str]:
    """What `regions` finds, written as in the cases."""
    found = regions(text)
    lines = []
    for region in found:
        arrows = ">" * (depth(found, region) + 1) + "+" * (region.continues is not None)
        lines.append(f"{arrows} {text[region.start : region.end]}".replace("\n", "\\n"))
    return lines or ["> none"]


def depth(found: Sequence[Region], region: Region) -> int:
    return 0 if region.parent is None else depth(found, found[region.parent]) + 1


@pytest.mark.parametrize(("text", "wanted"), list(cases()))
def test_what_stands_between_marks(text: str, wanted: list[str]) -> None:
    assert outline(text) == wanted


def test_two_openings_share_one_closing_mark() -> None:
    outer, inner, _ = regions("«Мы читали «Тихую реку», — сказал он. «И всё», — добавил.")
    assert outer.closed == inner.closed > 0
    assert inner.parent == 0


def test_what_is_never_closed_has_no_closing_mark() -> None:
    [region] = regions("«Воды нет, — жалуется она.")
    assert region.closed == -1
    assert region.stop == region.end


def test_a_mark_that_is_never_closed_does_not_swallow_the_text() -> None:
    first, *_ = regions("«Начало.\n" + "Строка.\n" * 40 + "Конец».")
    assert first.end == len("«Начало.")


def test_an_empty_pair_holds_nothing() -> None:
    [region] = regions("Прораб сказал «» и ушёл.")
    assert region.start == region.end == region.closed


def test_nameless_white_space_before_a_mark_lets_it_open() -> None:
    assert outline('\u200b«Мост открыт», — сказал прораб завода\xa0"Заря".') == ["> Мост открыт", "> Заря"]


MARKED = st.lists(st.sampled_from([*"аБ .,—\n«»„“”‹›\"'", "&laquo;", "&quot;"]), max_size=60).map("".join)


@given(MARKED)
def test_regions_lie_in_the_text_in_order(text: str) -> None:
    found = regions(text)
    assert [region.opened for region in found] == sorted(region.opened for region in found)
    for region in found:
        assert 0 <= region.opened < region.start <= region.end <= region.stop <= len(text)
        assert region.closed == -1 or region.end <= region.closed < region.stop


@given(MARKED)
def test_regions_nest_or_stand_apart(text: str) -> None:
    found = regions(text)
    for number, region in enumerate(found):
        if region.parent is not None:
            outer = found[region.parent]
            assert region.parent < number
            assert outer.opened < region.opened
            assert region.end <= outer.end
        for other in found[:number]:
            assert other.end <= region.opened or region.end <= other.end


@given(MARKED)
def test_what_goes_on_goes_on_from_the_paragraph_before(text: str) -> None:
    found = regions(text)
    for region in found:
        if region.continues is not None:
            before = found[region.continues]
            assert before.closed == -1
            assert text[before.end : region.opened].strip("—–- '\t\xa0\n") == ""


HOSTILE = ["«", "»", '"', "«а ", "«а»", "«абв\n", "«а», — б ", 'а"б ', "„«“ ", "«а\n— ", ", ", "'", "&quot;"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    assert grows_linearly(regions, unit, 2000)
