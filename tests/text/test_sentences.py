"""Sentences and paragraphs: cases a linguist can edit, and what holds for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skazal.text.sentences import paragraphs, sentences

from .growth import grows_linearly

FILE = Path(__file__).parents[1] / "cases" / "sentences.txt"
LINES = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
KNOWN = pytest.mark.xfail(reason="known error, marked in the case", strict=True)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "line", [pytest.param(line.lstrip("?"), marks=[KNOWN] if line[0] == "?" else []) for line in LINES]
)
def test_sentences_end_where_the_case_says(line: str) -> None:
    text = " ".join(part.strip() for part in line.split("|"))
    assert found(text.replace("¦", "")) == [part.strip() for part in re.split("[|¦]", line)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", " \n ", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_a_line_break_ends_a_sentence(end: str) -> None:
    lines = ["Мост откроют осенью", "мэр Инна Лужина осмотрела", "— Фото: пресс-служба"]
    assert found(end.join(lines)) == lines


def test_white_space_at_the_ends_belongs_to_no_sentence() -> None:
    assert found(" \n\tМост открыт. \n ") == ["Мост открыт."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028\xa0"])
def test_blank_texts_have_no_sentences(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("аБв.!?…«»— \n\t\x0bг.С1\u2028"), max_size=80))
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    covered = {i for start, end in sentences(text) for i in range(start, end)}
    assert covered >= {i for i, ch in enumerate(text) if not ch.isspace()}


@given(st.text(max_size=80))
def test_sentences_come_in_order_and_stay_in_their_paragraphs(text: str) -> None:
    lines = list(paragraphs(text))
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert any(line.start <= start and end <= line.end for line in lines)
        last = end


@pytest.mark.parametrize("unit", ["а. ", "А. ", "«а. ", "! — ", '"', ". ", "а", "1. ", "— а\n", "ул. ", "»! "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    assert grows_linearly(lambda text: list(sentences(text)), unit, 400)
