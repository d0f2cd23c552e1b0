"""What the heads see of a token: its lower-cased form if the vocabulary knows it, and its shape.

Everything else about a token is lost on them, so a text of a million tokens holds some tens of thousands of distinct
(word, shape) pairs, and whatever is computed once per pair is nearly free.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from skazal.errors import ArtefactError

PairCodes = npt.NDArray[np.int32]

ENDING = b"\n<unk>\n<pad>"
GAP = -1  # the code of what stands between sentences

PUNCTUATION = "!#$%&()[]\\/*+,.:;<=>?@^_{|}~-‐−‒⁃–—―`\"'«»„“ʼʻ”№…"
TYPE = re.compile(
    rf"(?P<RU>[а-яё]+)|(?P<EN>[a-z]+)|(?P<NUM>[+-]?\d+)|(?P<PUNCT>[{re.escape(PUNCTUATION)}]+)", re.IGNORECASE
)


def shape_of(word: str) -> str:
    """The shape slovnet was trained with: alphabet and outline of letters, the mark itself, NUM or OTHER.

    СИЗО-6 → RU_XX, 2011-2020 → NUM, Санкт-Петербург → RU_Xx-Xx, ?! → PUNCT_OTHER
    """
    kind = _kind_of(word[:2])
    if kind in {"RU", "EN"}:
        return f"{kind}_{_outline(word)}"
    if kind == "PUNCT":
        return f"PUNCT_{word if len(word) == 1 else 'OTHER'}"
    return kind


@lru_cache(maxsize=4096)
def _kind_of(beginning: str) -> str:
    """The alphabet of the first character, or NUM, PUNCT or OTHER; a second one tells the sign of a number."""
    match = TYPE.match(beginning)
    return (match and match.lastgroup) or "OTHER"


def _outline(word: str) -> str:
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "XX"
    if word.islower():
        return "xx"
    if _is_title(word):
        return "Xx"
    left, dash, right = word.partition("-")
    return "Xx-Xx" if dash and _is_title(left) and _is_title(right) else "OTHER"


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


class Vocabulary:
    """Ids of a sorted word list kept as one string of bytes: a tenth of a dict's memory, nothing to build at start.

    The list is cut into blocks; a word's block is found by bisection over their first words, its id by counting lines.
    """

    BLOCK = 64

    def __init__(self, lines: bytes) -> None:
        """lines: the words in order, one a line, then `<unk>` and `<pad>`."""
        if not lines.endswith(ENDING):
            raise ArtefactError(
                f"a vocabulary ends with <unk> and <pad>, natasha's with {lines[-len(ENDING) :]!r}; reinstall natasha"
            )
        words = lines.removesuffix(ENDING)
        self._lines = b"\n" + words + b"\n"
        ends = np.flatnonzero(np.frombuffer(self._lines, np.uint8) == ord("\n"))
        self.unknown = len(ends) - 1
        self._starts: list[int] = ends[:-1][:: self.BLOCK].tolist()
        self._firsts = [self._lines[start + 1 : self._lines.index(b"\n", start + 1)] for start in self._starts]
        self._starts.append(len(self._lines) - 1)
        if sorted(self._firsts) != self._firsts:
            raise ArtefactError("a vocabulary is sorted, natasha's is not; reinstall natasha 1.6")

    def id_of(self, word: str) -> int:
        """The word's place in the list, the id of `<unk>` if it is not there."""
        if "\n" in word:
            return self.unknown
        line = word.encode("utf-8", "surrogatepass")
        block = bisect_right(self._firsts, line) - 1
        if block < 0:
            return self.unknown
        start = self._starts[block]
        place = self._lines.find(b"\n" + line + b"\n", start, self._starts[block + 1] + 1)
        if place < 0:
            return self.unknown
        return block * self.BLOCK + self._lines.count(b"\n", start, place)


class PairCoder:
    """Codes of (word, shape) pairs: word id × number of shapes + shape id."""

    REMEMBERED = 1 << 16  # token strings, about 10 MB; forgotten all at once when full
    LONGEST = 64  # characters of a token string worth remembering

    def __init__(self, vocabulary: Vocabulary, shapes: Sequence[str]) -> None:
        self._shapes = len(shapes)
        self._vocabulary = vocabulary
        self._shape_ids = {shape: index for index, shape in enumerate(shapes)}
        self._known: dict[str, int] = {}

    def __call__(self, tokens: list[str]) -> PairCodes:
        codes = list(map(self._known.get, tokens))
        if None in codes:
            codes = [self._code(token) if code is None else code for token, code in zip(tokens, codes, strict=True)]
        return np.array(codes, dtype=np.int32)

    def _code(self, token: str) -> int:
        known = self._known.get(token)
        if known is not None:  # it came twice among the same tokens
            return known
        code = self._vocabulary.id_of(token.lower()) * self._shapes + self._shape_ids[shape_of(token)]
        # Threads may both find the memory full and clear it twice, or add a few too many: harmless.
        if len(self._known) >= self.REMEMBERED:
            self._known.clear()
        if len(token) <= self.LONGEST:
            self._known[token] = code
        return code

    def split(self, codes: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Word ids and shape ids of codes."""
        words, shapes = np.divmod(codes, self._shapes)
        return words, shapes
