"""One shape for quotation marks and one for dashes: which of them an author types says nothing about the words.

The heads have seen some shapes far more often than others, and tag the words around `„` otherwise than around `«`.
"""

from collections.abc import Container, Sequence

from skazal.text.tokens import TYPED

DASHES = frozenset("-–−‐‑‒―—") | TYPED
MARKS = frozenset('"«»„“”‟‹›〝〞❝❞')
SIGNS = DASHES | MARKS


def plain_marks(words: Sequence[str], starts: Sequence[int], closing: Container[int]) -> list[str]:
    """The same tokens with quotation marks as `«` and `»` and each dash that stands by itself as `—`.

    `starts` are the tokens' first characters; a mark at one of the characters `closing` closes, any other opens.
    """
    return [
        _plain(word, start in closing) if word in SIGNS else word for word, start in zip(words, starts, strict=True)
    ]


def _plain(sign: str, closes: bool) -> str:
    if sign in DASHES:
        return "—"
    return "»" if closes else "«"
