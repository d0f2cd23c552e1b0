"""SpaCy's attributes of words are what they are without skazal."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest
import spacy
from spacy.attrs import IDS
from spacy.language import Language

import skazal
from skazal import lexemes

LETTERS = """
Москва москва МОСКВА мОСКВА Ёж ёж ё Ё я Я iPhone Нью-Йорк Нью-Йорку сто Двадцать стодвадцать третий и не который Который
ß ẞ ǅ ǆ ﬁ ª İ ʼ ʼн O'Нил д’Арк x² 世界 שלום ааааа Ааааа ааАА аб1 1аб _ а_б
"""
OTHERS = """
12 1,5 -3 +7 ½ 3/4 ±2 « » „ " ' `` '' ( ) [ ] < … . - — № $ ₽ € ¢ ㎡ ‚ ❮ ‹ ` 🙂 ❤️
www.ru а.ру http://дом https://a.b ящик@почта.рф mail@mail.ru t.me/мост дом. .дом
"""
LONG = [" ", "\n", "\t\n ", "я" * 99, "я" * 100, "Я" + "я" * 99, "Я" * 100, "а" * 99 + "Я"]
WORDS = [*LETTERS.split(), *OTHERS.split(), *LONG]


def questions(nlp: Language) -> dict[int, Callable[[str], Any]]:
    found: dict[int, Callable[[str], Any]] = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]
    return found


def test_the_answers_are_those_of_spacy() -> None:
    ours, theirs = questions(skazal.load(exclude=["skazal_tagger"])), questions(spacy.blank("ru"))
    names = {number: name for name, number in IDS.items()}
    for attribute, ask in theirs.items():
        faster = ours[attribute]
        assert [(word, faster(word)) for word in WORDS] == [(word, ask(word)) for word in WORDS], names[attribute]
    assert ours.keys() == theirs.keys()


def test_nothing_of_somebody_else_is_replaced() -> None:
    nlp = spacy.blank("ru")
    own = lambda word: True  # noqa: E731
    questions(nlp)[IDS["IS_BRACKET"]] = own
    lexemes.ask_faster(nlp.vocab)
    assert questions(nlp)[IDS["IS_BRACKET"]] is own
    assert questions(nlp)[IDS["LOWER"]] is str.lower


@pytest.mark.parametrize("word", ["Москва", "12", "«"])
def test_a_vocabulary_can_be_pickled(word: str) -> None:
    vocab = skazal.load(exclude=["skazal_tagger"]).vocab
    again = pickle.loads(pickle.dumps(vocab))
    assert again[word].shape_ == vocab[word].shape_
