"""Sentences and paragraphs: cases a linguist can edit, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skazal.text.sentences import paragraphs, sentences

FOLDER = Path(__file__).parents[1] / "cases"
LINES = [
    line for line in (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
]


@pytest.mark.parametrize("line", LINES)
def test_sentences_end_where_the_case_says(line: str) -> None:
    wanted = [part.strip() for part in line.split("|")]
    text = " ".join(wanted)
    assert [text[start:end] for start, end in sentences(text)] == wanted


def test_a_line_break_ends_a_sentence() -> None:
    text = "Мост откроют осенью\nМэр Инна Лужина осмотрела\r\nФото: пресс-служба\u2028конец"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Мост откроют осенью",
        "Мэр Инна Лужина осмотрела",
        "Фото: пресс-служба",
        "конец",
    ]


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
