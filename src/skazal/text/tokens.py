"""Tokens by razdel, in the shape spaCy keeps them: every character of the text belongs to a token or is the one
space after it.

What stands between two spaces is a stretch. Razdel's rules never join across a space, so that it cuts a stretch the
same way everywhere, unless a dash, a full stop or the like stands at its edge: then it looks at the kind of the nearest
character beyond the space. Razdel is asked about each stretch once. Pictures are tokens of their own.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import razdel
from razdel.segmenters.punct import DASHES
from razdel.segmenters.tokenize import ATOM

from skazal.errors import TextError

SURROGATE = re.compile("[\ud800-\udfff]")
GAP = re.compile(r"(\A\s+|\s{2,}|[^\S ])")
"""White space other than one plain space between two stretches."""
WORD = re.compile('([«„"(]?)([а-яёА-ЯЁ]+(?:-[а-яёА-ЯЁ]+)*)([»")]?)([.,:;!?…]?)')
"""A word with marks around it, none of which any rule joins: most stretches, cut without razdel."""
EMOJI = re.compile("([\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f\u200d\u20e3]*)")
"""Pictures, which news channels put before a word without a space: razdel leaves them in the word."""
TYPED = frozenset({"--", "---"})
"""Tokens that stand for a dash on keyboards that have none."""
JOINING, IN_NUMBERS = frozenset(DASHES + "_"), frozenset(".,/\\")
"""Signs that join what stands on both sides of them: anything but marks, or digits."""
NEIGHBOURS = {"PUNCT": "!", "INT": "0"}
"""A stretch for each kind of neighbour that the rules tell from others; the ends of a text are like marks."""
LONG = 40
"""Characters of a stretch up to which its tokens are remembered."""
SMILE = 8
"""Characters of a token that are enough to see that it is no smile."""


def tokens_of(text: str) -> tuple[list[str], list[bool]]:
    """Cut `text` into tokens, and tell of each whether one plain space follows it; with these spaces they are the text.

    White space other than a single space between two tokens becomes tokens of its own.

    Raises TextError for lone surrogates.
    """
    check_unicode(text)
    words: list[str] = []
    spaces: list[bool] = []
    runs = GAP.split(text)
    tokens = iter(_tokens(text.split()))
    for run, gap in zip(runs[::2], [*runs[1::2], ""], strict=True):
        for _ in run.split():
            found = next(tokens)
            words += found
            spaces += [False] * (len(found) - 1)
            spaces.append(True)
        if run:
            spaces[-1] = run.endswith(" ") or gap.startswith(" ")
        for blank, space in _blank(gap[1:] if run and spaces[-1] else gap):
            words.append(blank)
            spaces.append(space)
    return words, spaces


def check_unicode(text: str) -> None:
    """Raise TextError for lone surrogates, which no UTF-8 consumer (spaCy, JSON, Parquet) can hold."""
    if bad := SURROGATE.search(text):
        raise TextError(
            f"the text has a lone surrogate {bad.group()!r} at character {bad.start()}: it is not Unicode text; "
            'decode the source again, or replace it with text.encode("utf-8", "replace").decode("utf-8")'
        )


def _blank(gap: str) -> list[tuple[str, bool]]:
    """White space as a token; its last plain space, if it has another character before it, is the token's own space."""
    if not gap:
        return []
    return [(gap[:-1], True)] if len(gap) > 1 and gap.endswith(" ") else [(gap, False)]


def _tokens(stretches: Sequence[str]) -> list[tuple[str, ...]]:
    """The tokens of each stretch of a text."""
    found = [_short(stretch) if len(stretch) <= LONG else _alone(stretch) for stretch in stretches]
    for i, tokens in enumerate(found):
        if not tokens:
            before = _kind(stretches[i - 1][-1]) if i else "PUNCT"
            after = _kind(stretches[i + 1][0]) if i + 1 < len(stretches) else "PUNCT"
            found[i] = _between(stretches[i], before, after)
    return found


def _alone(stretch: str) -> tuple[str, ...]:
    """The tokens of a stretch; none where its neighbours matter."""
    if word := WORD.fullmatch(stretch):
        return tuple(filter(None, word.groups()))
    if EMOJI.search(stretch):
        pieces = filter(None, EMOJI.split(stretch))
        return tuple(token for piece in pieces for token in ((piece,) if EMOJI.match(piece) else _razdel(piece)))
    return () if _is_open(stretch) else tuple(_razdel(stretch))


_short = lru_cache(maxsize=32_768)(_alone)


def _is_open(stretch: str) -> bool:
    """Whether a sign stands at the edge of a stretch that may join it with what it has beside it."""
    if len(stretch) == 1:
        return False
    first, last = stretch[0], stretch[-1]
    if first in JOINING or last in JOINING:
        return True
    return (first in IN_NUMBERS and stretch[1].isdigit()) or (last in IN_NUMBERS and stretch[-2].isdigit())


def _between(stretch: str, before: str, after: str) -> tuple[str, ...]:
    """The tokens of a stretch between neighbours of these kinds."""
    left, right = NEIGHBOURS.get(before, "а"), NEIGHBOURS.get(after, "а")
    return tuple(_razdel(f"{left} {stretch} {right}")[1:-1])


def _kind(character: str) -> str:
    found = ATOM.match(character)
    return str(found.lastgroup) if found else "PUNCT"


def _razdel(text: str) -> list[str]:
    """Razdel's tokens: its atoms and rules, in time that is linear even for one token of a million characters."""
    atoms = razdel.tokenize.split(text)
    tokens: list[list[str]] = [[next(atoms)]]
    for split in atoms:
        following = next(atoms)
        # Only the rule for smiles reads what has been joined so far, and no smile is as long.
        split.buffer = "".join(tokens[-1][:SMILE])
        joined = not split.delimiter and razdel.tokenize.join(split)
        if joined:
            tokens[-1].append(following)
        else:
            tokens.append([following])
    return ["".join(token) for token in tokens]
