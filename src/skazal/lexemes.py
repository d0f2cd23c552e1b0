"""What spaCy asks of every word that it has not seen before: the same answers in a quarter of the time.

A new word is asked some twenty questions, most of them for what no word of letters is: a number, an address, a mark. In
news every fifth token of a new text is a new word to somebody.
"""

from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any

from spacy.lang import lex_attrs
from spacy.lang.ru import lex_attrs as russian
from spacy.vocab import Vocab

Question = Callable[[str], Any]

LONG, RUN = 100, 4
"""Characters from which on spaCy gives a word no shape, and how often it writes the same character in one."""
NUMERALS: frozenset[str] = frozenset(getattr(russian, "_num_words", ()))
"""SpaCy's Russian numerals."""


def ask_faster(vocab: Vocab) -> None:
    """Replace the questions of a vocabulary that have a faster form here; those of others stay as they are."""
    questions: dict[int, Question] = vocab.lex_attr_getters  # type: ignore[attr-defined]  # not in spaCy's stubs
    questions.update({attribute: FASTER[ask] for attribute, ask in questions.items() if ask in FASTER})


def is_numeral(word: str) -> bool:
    """The answer of spaCy's `like_num`, whose search of a list takes a third of the time of each new word."""
    if NUMERALS and word.isalpha():
        return word.lower() in NUMERALS
    return bool(russian.like_num(word))  # type: ignore[no-untyped-call]  # as spaCy ships it


def shape(word: str) -> str:
    """The answer of spaCy's `word_shape`: `Xxxxx` for `Москва`."""
    if word.isalpha() and len(word) < LONG:
        if word.islower():
            return "x" * min(len(word), RUN)
        if word[0].isupper() and word[1:].islower():
            return "X" + "x" * min(len(word) - 1, RUN)
    return lex_attrs.word_shape(word)


def _unless_letters(ask: Question, word: str) -> Any:
    return not word.isalpha() and ask(word)


FASTER: dict[Question, Question] = {
    lex_attrs.lower: str.lower,
    lex_attrs.prefix: itemgetter(0),
    lex_attrs.suffix: itemgetter(slice(-3, None)),
    lex_attrs.is_alpha: str.isalpha,
    lex_attrs.is_digit: str.isdigit,
    lex_attrs.is_lower: str.islower,
    lex_attrs.is_space: str.isspace,
    lex_attrs.is_title: str.istitle,
    lex_attrs.is_upper: str.isupper,
    lex_attrs.is_ascii: str.isascii,
    lex_attrs.word_shape: shape,
    russian.like_num: is_numeral,
    **{
        ask: partial(_unless_letters, ask)
        for ask in (
            lex_attrs.like_email, lex_attrs.like_url, lex_attrs.is_punct, lex_attrs.is_currency, lex_attrs.is_bracket,
            lex_attrs.is_quote, lex_attrs.is_left_punct, lex_attrs.is_right_punct,
        )
    },
}  # fmt: skip
