"""Every public entry on any text, on texts made to be hard, and on what is no text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import skazal
from skazal.errors import SkazalError, TextError
from skazal.names import parse_name

from . import entries
from .texts import PIECES, TEXTS

NEWS = "«Мост откроют осенью», — сообщила мэр Орловки Инна Лужина. По её словам, он готов."


def tried(examples: int) -> settings:
    """So many texts, however slow the machine is."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tried(100)
@given(TEXTS)
@example('СКАЗАЛ"‒')
@example('"‒ сказал мэр')
@example("Мэр сказал: «—»")
@example("По словам «Мост откроют осенью», — сообщила мэр Орловки Инна Лужина.")
def test_a_document_of_any_text(text: str) -> None:
    entries.annotated(text)


@pytest.mark.parametrize(
    ("entry", "examples"),
    [(entries.cut, 200), (entries.named, 200), (entries.looked_up, 100), (entries.read_back, 5), (entries.exported, 15),
     (entries.reported, 10)],
)  # fmt: skip
def test_an_entry_takes_any_text(entry: Callable[[str], None], examples: int) -> None:
    tried(examples)(given(TEXTS)(entry))()


@tried(30)
@given(st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_a_file_of_any_content_is_read_or_refused(content: bytes) -> None:
    entries.read_as_file(content)


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_a_piece_anywhere_in_a_text(piece: str) -> None:
    middle = NEWS.index(" осенью")
    for text in (piece, piece * 3, piece + NEWS, NEWS + piece, NEWS[:middle] + piece + NEWS[middle:]):
        entries.check(text, skazal.annotate(text))


@pytest.mark.parametrize("text", ["", " ", "\n", "\t\r\n \xa0\u2028", "\u200b", "\ufeff", "\x00", "\xad"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    document = skazal.annotate(text)
    entries.check(text, document)
    assert (document.entities, document.quotes) == ((), ())


@pytest.mark.parametrize("text", ["\ud800", "Мост \udfff закрыт", "\ude00\ud83d", NEWS + "\udcff"])
def test_half_a_surrogate_pair_is_refused_with_its_place_and_a_way_out(text: str) -> None:
    with pytest.raises(TextError, match=r"lone surrogate .* at character \d+: .* replace it with") as caught:
        skazal.annotate(text)
    assert isinstance(caught.value, SkazalError)
    assert parse_name(text).nominative is not None


@pytest.mark.parametrize("line", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_kind_of_line_end_parts_paragraphs_alike(line: str) -> None:
    text = f"Мост закроют\n«Мост откроют», — сообщила мэр Инна Лужина.\n{NEWS}"
    unix, other = skazal.annotate(text), skazal.annotate(text.replace("\n", line))
    entries.check(text.replace("\n", line), other)
    assert [str(quote) for quote in other.quotes] == [str(quote) for quote in unix.quotes]


@pytest.mark.parametrize(
    "unit", ["экс-", "не", "Супер", "Иванов-", "вице-президент-", "сверх", "и\u0306", "нью-", "д'"]
)
def test_a_word_without_end(unit: str) -> None:
    word = unit * 2_000
    for text in (word, f"Мэр {word} Лужина сказала: «{word}»."):
        entries.check(text, skazal.annotate(text))
    assert parse_name(word).nominative


@pytest.mark.slow
@pytest.mark.parametrize("unit", [NEWS + " ", "Мост откроют осенью, ", "«", "и"])
def test_one_line_of_two_megabytes(unit: str) -> None:
    text = unit * (2_000_000 // len(unit.encode()))
    began = time.process_time()
    document = skazal.annotate(text)
    entries.check(text, document)
    assert time.process_time() - began < 600
