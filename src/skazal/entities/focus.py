"""Whom the reader has in mind at a word: what was mentioned last, and how prominently."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from skazal.entities.referents import Referent
from skazal.text.marks import regions
from skazal.words import Text

WINDOW = 40
"""Mentions that are remembered; older ones are out of mind."""
SPEECH = 5
"""Words in quotation marks from which on they are speech rather than a name."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
WEIGHTS: Mapping[str, float] = {
    "distance": -0.6, "subject": 1.4, "topic": 0.12, "inside": -1.0, "words": -0.01, "unnamed": -0.8,
}  # fmt: skip
"""What makes a mention salient: chosen on the training news by how often a pronoun finds its antecedent."""
TOPIC = 8
"""Mentions in the whole text from which on a person is no more its topic than with fewer."""


class Seen(NamedTuple):
    """A mention whose head is `word`; `who` is None when the text does not name whom it denotes.

    `step` counts sentences outside quotation marks, `region` is the pair of marks around it, `clause` the word that its
    phrase hangs on. `gender` is None where nothing tells it.
    """

    who: Referent | None
    word: int
    sentence: int
    step: int
    region: int | None
    clause: int
    subject: bool
    gender: str | None
    type: str


@dataclass(slots=True)
class Focus:
    """Mentions in the order of the text, the latest last.

    `counts` has how often the text names each referent, `people` the persons met so far; `first` is the person named
    first after the headline, as a subject, `main` the one that the text names far more often than any other.
    """

    text: Text
    counts: Mapping[int, int]
    regions: list[int | None] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    people: dict[int, Referent] = field(default_factory=dict)
    first: Referent | None = None
    main: Referent | None = None

    def __post_init__(self) -> None:
        self.regions = regions_of_words(self.text)
        self.steps = steps_of_words(self.text, self.regions)

    def look(self, who: Referent | None, word: int, gender: str | None, type: str) -> Seen:
        """What is to be known of a mention with the head `word`; a nominative that the tree takes for an object is a
        subject (`Письма передала музею внучка`).
        """
        words = self.text.words
        top = words[top_of_phrase(self.text, word)]
        subject = top.dep in SUBJECTS or (top.dep == "conj" and words[top.head].dep in SUBJECTS)
        subject = subject or (top.dep == "obj" and top.case == "Nom")
        return Seen(
            who, word, words[word].sentence, self.steps[word], self.regions[word], top.head, subject, gender, type
        )

    def add(self, seen: Seen) -> None:
        """Remember a mention."""
        self.seen.append(seen)
        if seen.who is not None and seen.type == "PER":
            self.people[id(seen.who)] = seen.who

    def recent(self, word: int) -> Iterator[Seen]:
        """Persons mentioned before `word`, the latest first."""
        return (one for one in self.seen[: -WINDOW - 1 : -1] if one.word < word and one.type == "PER")

    def things(self, word: int) -> Iterator[Seen]:
        """Organisations mentioned before `word`, the latest first."""
        return (one for one in self.seen[: -WINDOW - 1 : -1] if one.word < word and one.type == "ORG")

    def salience(self, one: Seen, here: Seen) -> float:
        """How much a mention is in mind at another word."""
        score = WEIGHTS["distance"] * (here.step - one.step) + WEIGHTS["words"] * (here.word - one.word)
        score += WEIGHTS["subject"] * one.subject
        score += WEIGHTS["topic"] * min(self.counts.get(id(one.who), 0), TOPIC)
        return score + WEIGHTS["inside"] * (one.region != here.region) + WEIGHTS["unnamed"] * (one.who is None)


def top_of_phrase(text: Text, word: int) -> int:
    """The word through which an apposition hangs in its clause: `президент` of `президент Иванов`."""
    words = text.words
    for _ in range(4):
        if words[word].dep not in ("appos", "flat:name", "flat") or words[word].head == word:
            break
        word = words[word].head
    return word


def regions_of_words(text: Text) -> list[int | None]:
    """For each word the innermost pair of quotation marks around it that holds speech, by number."""
    found: list[int | None] = [None] * len(text.words)
    starts = [word.start for word in text.words]
    for number, region in enumerate(regions(text.text)):
        first, last = bisect_left(starts, region.start), bisect_left(starts, region.end)
        if last - first >= SPEECH:
            found[first:last] = [number] * (last - first)
    return found


def steps_of_words(text: Text, inside: list[int | None]) -> list[int]:
    """The sentences that end before each word, those within quotation marks not counted."""
    steps, step = [], 0
    for start, stop in text.sentences:
        steps.extend([step] * (stop - start))
        step += any(inside[i] is None and text.words[i].pos != "PUNCT" for i in range(start, stop))
    return steps
