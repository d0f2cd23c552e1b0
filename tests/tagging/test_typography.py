"""The heads see one shape of marks and dashes, whichever the author typed."""

import pytest

import skazal
from skazal.tagging import plain_marks

SHAPES = ["«Мост» — это", "„Мост“ – это", "“Мост” - это", '"Мост" — это', "‹Мост› − это"]


@pytest.mark.parametrize("text", SHAPES)
def test_marks_and_dashes_have_one_shape(text: str) -> None:
    words = [text[0], "Мост", text[5], text[7], "это"]
    assert plain_marks(words, (0, 1, 5, 7, 9), {5}) == ["«", "Мост", "»", "—", "это"]


def test_longer_tokens_stay() -> None:
    words = ["премьер-министр", "...", "----", "''", "&quot;"]
    assert plain_marks(words, range(5), ()) == words


def test_two_or_three_hyphens_are_a_dash() -> None:
    assert plain_marks(["--", "---"], range(2), ()) == ["—", "—"]


@pytest.mark.parametrize("marks", ["„“", "“”", '""'])
@pytest.mark.parametrize("dash", "–-")
def test_tags_and_trees_do_not_depend_on_the_shape(marks: str, dash: str) -> None:
    text = "Капитан «Зари» — человек осторожный — ответил: «На „Чайке“ течь, мы — у острова»."
    plain = text.replace("„", "").replace("“", "")
    other = plain.translate(str.maketrans("«»", marks)).replace("—", dash)
    tags = [
        [(token.pos_, str(token.morph), token.dep_, token.head.i) for token in skazal.load()(typed)]
        for typed in (plain, other)
    ]
    assert tags[0] == tags[1]
