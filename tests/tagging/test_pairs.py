"""What the heads see of a token is what slovnet's own code would show them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slovnet.shape import word_shape

from skazal.errors import ArtefactError
from skazal.tagging.pairs import PairCoder, Vocabulary, shape_of
from skazal.tagging.weights import natasha_data, read_head, unpacked


@given(st.text(alphabet=st.characters() | st.sampled_from("абвЁёЯabcXY-+.1%«»…"), max_size=8))
def test_shapes_are_slovnets(word: str) -> None:
    assert shape_of(word) == word_shape(word)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("СИЗО-6", "RU_XX"),
        ("Санкт-Петербург", "RU_Xx-Xx"),
        ("2011-2020", "NUM"),
        ("«", "PUNCT_«"),
        ("?!", "PUNCT_OTHER"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert shape_of(word) == shape


def test_every_word_of_the_vocabulary_has_its_place() -> None:
    lines = unpacked(read_head(natasha_data(), "ner", "tag").words)
    words = lines.decode().split("\n")
    vocabulary = Vocabulary(lines)
    some = [0, 1, 63, 64, 65, 127, 128, len(words) - 3, *random.Random(1).sample(range(len(words) - 2), 5000)]
    assert [vocabulary.id_of(words[place]) for place in some] == some
    assert vocabulary.unknown == words.index("<unk>")


@pytest.mark.parametrize("word", ["", "а\nб", "\n", "<unk>", "<pad>", "щщщ", "\ud800", "\x00", "\uffff", "я" * 10_000])
def test_other_words_are_unknown(word: str) -> None:
    vocabulary = Vocabulary("а\nб\nдом\nёж\n<unk>\n<pad>".encode())
    assert vocabulary.id_of(word) == vocabulary.unknown == 4


def test_a_vocabulary_of_another_form_is_refused() -> None:
    with pytest.raises(ArtefactError, match=r"ends with .* reinstall"):
        Vocabulary("а\nб\nв".encode())
    with pytest.raises(ArtefactError, match=r"sorted.* reinstall"):
        Vocabulary("\n".join(["я"] * Vocabulary.BLOCK + ["а", "<unk>", "<pad>"]).encode())


def test_memory_of_tokens_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PairCoder, "REMEMBERED", 3)
    coder = PairCoder(Vocabulary("а\nб\n<unk>\n<pad>".encode()), ["RU_x", "RU_xx", "OTHER", "NUM"])
    tokens = ["а", "б", "в", "аб", "1", "а", "я" * 100]
    assert coder(tokens).tolist() == coder(tokens).tolist() == [0, 4, 8, 9, 11, 0, 9]
    assert len(coder._known) <= 3
