"""Tokens are razdel's, whatever the text, but for pictures; white space is kept."""

import pytest
import razdel
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skazal.errors import TextError
from skazal.text.tokens import EMOJI, tokens_of

from .growth import grows_linearly

PARTS = [
    *"аяЁbZ19.,!?…:;)(-—–_/\\'\"«»=*σ²",
    " ",
    "  ",
    "\n",
    "\t",
    "\u00a0",
    "\u0301",
    "\u200b",
    "кое",
    "yahoo",
    "2010",
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join) | st.text(max_size=20)


@given(TEXTS)
@settings(max_examples=1500, deadline=None)
def test_tokens_are_razdels(text: str) -> None:
    assume(not EMOJI.search(text))
    words, _ = tokens_of(text)
    assert [word for word in words if not word.isspace()] == [token.text for token in razdel.tokenize(text)]


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_every_character_is_kept(text: str) -> None:
    words, spaces = tokens_of(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    assert all(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Кое -что и кое- что", "Кое|-что|и|кое-|что"),
        ("в 2010, 15 раз; в 2010, раз", "в|2010,|15|раз|;|в|2010|,|раз"),
        ("«Мост», — сказал он?!", "«|Мост|»|,|—|сказал|он|?!"),
        ("ул.\nЛенина,  д. 5", "ул|.|\n|Ленина|,| |д|.|5"),
        (" а ", " |а"),
        ("❗️Мэр и 🔥Мост.", "❗️|Мэр|и|🔥|Мост|."),
        ("🇷🇺РФ: дом→сад", "🇷|🇺|РФ|:|дом|→|сад"),
        ("", ""),
    ],
)
def test_examples(text: str, expected: str) -> None:
    assert "|".join(tokens_of(text)[0]) == expected


@pytest.mark.parametrize("text", ["Мост \ud83d открыт", "\udfff", "конец\ud800"])
def test_a_lone_surrogate_is_refused_and_its_place_told(text: str) -> None:
    place = next(i for i, ch in enumerate(text) if "\ud800" <= ch <= "\udfff")
    with pytest.raises(TextError, match=f"at character {place}:"):
        tokens_of(text)


@pytest.mark.parametrize("unit", ["—", "а-", "1,", "а ", "\n", "1, 2", "й", "а" * 30 + "-", " - "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    assert grows_linearly(tokens_of, unit, 500)
