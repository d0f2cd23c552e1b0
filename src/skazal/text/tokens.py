"""Tokens by razdel, in the shape spaCy keeps them: every character of the text belongs to a token or is the one
space after it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import razdel

from skazal.errors import TextError

SURROGATE = re.compile("[\ud800-\udfff]")


class Piece(NamedTuple):
    """A token's text and whether one plain space follows it; `"".join(text + " " * space)` over all pieces is the
    input.
    """

    text: str
    space: bool


def pieces(text: str) -> Iterator[Piece]:
    """Cut `text` into tokens. White space other than a single space between two tokens becomes tokens of its own.

    Raises TextError for lone surrogates, which no UTF-8 consumer (spaCy, JSON, Parquet) can hold.
    """
    if bad := SURROGATE.search(text):
        raise TextError(
            f"the text has a lone surrogate {bad.group()!r} at character {bad.start()}: it is not Unicode text; "
            'decode the source again, or replace it with text.encode("utf-8", "replace").decode("utf-8")'
        )
    bounds = [(0, 0), *((token.start, token.stop) for token in razdel.tokenize(text)), (len(text), len(text))]
    for (start, stop), (following, _) in pairwise(bounds):
        gap = text[stop:following]
        space = stop > start and gap.startswith(" ")
        if stop > start:
            yield Piece(text[start:stop], space)
        if blank := gap[1:] if space else gap:
            yield from _blank(blank)


def _blank(gap: str) -> Iterator[Piece]:
    """White space as a token; its last plain space, if it has another character before it, is the token's own space."""
    if len(gap) > 1 and gap.endswith(" "):
        yield Piece(gap[:-1], True)
    else:
        yield Piece(gap, False)
