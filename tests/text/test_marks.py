"""Quotation marks: what is found between which, whatever the kind, the nesting and the slips."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skazal.text.marks import Region, regions

FOUND = {
    "«Уходите!» – крикнул он из «Зари».": ["Уходите!", "Зари"],
    '"Завод "Заря" закрыт", - сказал он.': ['Завод "Заря" закрыт', "Заря"],
    "„Вода ушла“, — сказал он. “Пусто”": ["Вода ушла", "Пусто"],
    "«Мы читали „Тихую реку“», — сказал он.": ["Мы читали „Тихую реку“", "Тихую реку"],
    "''«Спросите»'', — заявил он.": ["Спросите"],
    "&laquo;Склад цел&raquo;, сказал он.": ["Склад цел"],
    "»Пусто« сказал он": ["Пусто"],
    "Сказал: «Да». «Нет», - ответил.": ["Да", "Нет"],
    "«»": [""],
    "5 » 3 и всё": [],
}


def insides(text: str) -> list[str]:
    return [text[region.start : region.end] for region in regions(text)]


@pytest.mark.parametrize(("text", "wanted"), FOUND.items())
def test_what_stands_between_marks(text: str, wanted: list[str]) -> None:
    assert insides(text) == wanted


def test_one_closing_mark_for_two_openings_closes_both_at_the_authors_dash() -> None:
    text = "«Мы читали «Тихую реку», — сказал он. «И всё», — добавил."
    assert insides(text) == ["Мы читали «Тихую реку", "Тихую реку", "И всё"]
    outer, inner, _ = regions(text)
    assert outer.closed == inner.closed
    assert inner.parent == 0


def test_a_missing_closing_mark_ends_at_the_authors_dash() -> None:
    assert insides("«Воды нет, — жалуется она. Дом на горе.") == ["Воды нет"]


def test_a_missing_closing_mark_without_a_dash_ends_with_the_paragraph() -> None:
    assert insides("Он сказал: «Воды нет.\nДом на горе.") == ["Воды нет."]


def test_paragraphs_that_open_the_mark_again_go_on() -> None:
    found = regions("«Первое.\n\n«Второе.\n\n«Третье», — сказал он.")
    assert [region.continues for region in found] == [None, 0, 1]


def test_one_pair_of_marks_may_hold_several_paragraphs() -> None:
    assert insides("Он сказал: «Первое.\nВторое.\nТретье».") == ["Первое.\nВторое.\nТретье"]


def test_a_mark_that_is_never_closed_does_not_swallow_the_text() -> None:
    text = "«Начало.\n" + "Строка.\n" * 40 + "Конец»."
    assert insides(text)[0] == "Начало."


@given(st.text(alphabet=st.sampled_from("аБ .,—\n«»„“”\"'"), max_size=60))
def test_regions_lie_in_the_text_and_nest(text: str) -> None:
    found = regions(text)
    for region in found:
        assert 0 <= region.opened < region.start <= region.end <= region.stop <= len(text)
        if region.parent is not None:
            assert within(region, found[region.parent])


def within(inner: Region, outer: Region) -> bool:
    return outer.opened <= inner.opened and inner.end <= outer.end


@pytest.mark.parametrize("unit", ["«", '"', "«а ", "«а»", "«абв\n", "»"])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * size
        start = time.process_time()
        regions(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(40_000) < 30 * max(seconds(4_000), 0.002)
