"""Whom the reader has in mind at a word: what was mentioned last, and how prominently."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skazal.entities.referents import Referent
from skazal.text.marks import regions
from skazal.words import Text

WINDOW = 40
"""Mentions that are remembered; older ones are out of mind."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention: `who` is None when the text does not name whom it denotes. `gender` is None where nothing tells it."""

    who: Referent | None
    word: int
    sentence: int
    subject: bool
    clause: int
    gender: str | None
    type: str
    region: int | None
    pronoun: bool = False


@dataclass(slots=True)
class Focus:
    """Mentions in the order of the text, the latest last."""

    text: Text
    region_of: list[int | None]
    seen: list[Seen] = field(default_factory=list)

    def add(self, who: Referent | None, word: int, gender: str | None, type: str, pronoun: bool = False) -> None:
        """Remember a mention whose head is `word`."""
        head = self.text.words[word]
        top = self.top(word)
        self.seen.append(
            Seen(who, word, head.sentence, self.text.words[top].dep in SUBJECTS, self.text.words[top].head, gender, type, self.region_of[word], pronoun)
        )

    def top(self, word: int) -> int:
        """The word through which an apposition hangs in its clause: `президент` of `президент Иванов`."""
        words = self.text.words
        for _ in range(4):
            if words[word].dep not in ("appos", "flat:name", "flat") or words[word].head == word:
                break
            word = words[word].head
        return word

    def recent(self, word: int) -> Iterator[Seen]:
        """Mentions before `word`, the latest first."""
        for one in self.seen[: -WINDOW - 1 : -1]:
            if one.word < word:
                yield one


def regions_of_words(text: Text) -> list[int | None]:
    """For each word the innermost pair of quotation marks around it that holds speech, by number."""
    found: list[int | None] = [None] * len(text.words)
    spans = [(region.start, region.end) for region in regions(text.text)]
    starts = [word.start for word in text.words]
    from bisect import bisect_left

    for number, (start, end) in enumerate(spans):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first >= 5:
            for i in range(first, last):
                found[i] = number
    return found
