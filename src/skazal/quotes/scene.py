"""A tagged text with its entities, marks and cues, indexed by word: what every rule of this stage looks at."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skazal.document import Entity, Mention
from skazal.quotes.cues import CueSite, find_cues
from skazal.text.marks import Region, regions
from skazal.text.sentences import paragraphs
from skazal.words import Text, Word

DASHES = frozenset("—–-‒―−")
OPENING = frozenset("«„“\"'”")
CLOSING = frozenset("»“”\"'")


@dataclass(frozen=True, slots=True)
class Named:
    """The entity mention that a word belongs to."""

    entity: Entity
    mention: Mention


@dataclass(slots=True)
class Scene:
    """`lines` are paragraphs as (first, last + 1) word indices; lists run parallel to `text.words`.

    `line_at` is the word's paragraph, `named_at` its entity mention or None, `cue_at` the cue whose `word` it is or
    None, `layer` the number of the utterance that the word is spoken in, -1 for the narrator's words (filled once
    speech is known).
    """

    text: Text
    entities: Sequence[Entity]
    regions: Sequence[Region]
    lines: list[tuple[int, int]]
    cues: list[CueSite]
    starts: list[int]
    openings: list[int]
    line_at: list[int]
    named_at: list[Named | None]
    cue_at: list[CueSite | None]
    layer: list[int] = field(default_factory=list)

    @property
    def words(self) -> Sequence[Word]:
        return self.text.words

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """Words that begin in characters `start` to `end` (exclusive), as indices, end exclusive."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def sentence(self, i: int) -> tuple[int, int]:
        """First and last + 1 word of the sentence of word `i`."""
        return self.text.sentences[self.words[i].sentence]

    def regions_near(self, start: int, end: int) -> Sequence[Region]:
        """Regions whose opening mark stands in characters `start` to `end` (exclusive)."""
        return self.regions[bisect_left(self.openings, start) : bisect_left(self.openings, end)]

    def line(self, i: int) -> tuple[int, int]:
        """First and last + 1 word of the paragraph of word `i`."""
        return self.lines[self.line_at[i]]

    def cues_in(self, start: int, stop: int) -> Iterator[CueSite]:
        """Cues whose word lies in `start` to `stop` (exclusive), in order."""
        for i in range(max(start, 0), min(stop, len(self.cue_at))):
            site = self.cue_at[i]
            if site is not None:
                yield site


def set_scene(text: Text, entities: Sequence[Entity]) -> Scene:
    """Index a text; O(words + mentions + marks)."""
    starts = [word.start for word in text.words]
    lines = [(bisect_left(starts, line.start), bisect_left(starts, line.end)) for line in paragraphs(text.text)]
    line_at = [number for number, (first, last) in enumerate(lines) for _ in range(first, last)]
    cues = find_cues(text)
    cue_at: list[CueSite | None] = [None] * len(text.words)
    for site in cues:
        if cue_at[site.word] is None:
            cue_at[site.word] = site
    marked = regions(text.text)
    openings = [region.opened for region in marked]
    scene = Scene(
        text, entities, marked, lines, cues, starts, openings, line_at, [None] * len(starts), cue_at, [-1] * len(starts)
    )
    _place_mentions(scene)
    return scene


def _place_mentions(scene: Scene) -> None:
    """Names over nominals over pronouns; of two of a kind the longer."""
    rank = {"name": 2, "nominal": 1, "pronoun": 0}
    found = [
        (rank[mention.kind], mention.end - mention.start, entity, mention)
        for entity in scene.entities
        for mention in entity.mentions
    ]
    for _, _, entity, mention in sorted(found, key=lambda row: row[:2]):
        first, last = scene.word_range(mention.start, mention.end)
        for i in range(first, last):
            scene.named_at[i] = Named(entity, mention)
