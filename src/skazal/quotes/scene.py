"""A tagged text with its entities, marks and cues, indexed by word: what every rule of this stage looks at."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skazal import lexicon
from skazal.document import Entity, Mention
from skazal.quotes.cues import CueSite, find_cues
from skazal.text.marks import Region, regions
from skazal.text.sentences import paragraphs
from skazal.words import Text, Word, fold

DASHES = frozenset("—–-‒―−")
OPENING = frozenset("«„“\"'”")
CLOSING = frozenset("»“”\"'")
NARRATOR = -1
"""The layer of words that nobody is quoted with."""
HOLDING = frozenset({"считать", "полагать", "думать", "надеяться", "опасаться", "верить", "рассчитывать"})
"""Verbs of thought that take `что` only of those who can think."""
MINDS = frozenset({"think", "feel", "promise", "gesture", "voice", "ask"})
"""Classes of cues that only somebody with a mind can be the subject of."""


@dataclass(frozen=True, slots=True)
class Named:
    """The entity mention that a word belongs to."""

    entity: Entity
    mention: Mention


@dataclass(slots=True)
class Scene:
    """`lines` are paragraphs as (first, last + 1) word indices; lists run parallel to `text.words`.

    `copies` runs parallel to `regions`: how many of them hold the same words.
    `line_at` is the word's paragraph, `named_at` its entity mention or None, `cue_at` the cue whose `word` it is or
    None, `layer` the number of the utterance that the word is spoken in, -1 for the narrator's words (filled once
    speech is known). `persons` counts the persons among the entities.
    """

    text: Text
    entities: Sequence[Entity]
    regions: Sequence[Region]
    copies: Sequence[int]
    lines: list[tuple[int, int]]
    cues: list[CueSite]
    starts: list[int]
    openings: list[int]
    line_at: list[int]
    named_at: list[Named | None]
    cue_at: list[CueSite | None]
    layer: list[int] = field(default_factory=list)
    words: Sequence[Word] = field(init=False)
    persons: int = field(init=False)

    def __post_init__(self) -> None:
        self.words = self.text.words
        self.persons = sum(entity.type == "PER" for entity in self.entities)

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

    def cues_in(self, start: int, stop: int, layer: int | None = None) -> Iterator[CueSite]:
        """Cues whose word lies in `start` to `stop` (exclusive), in order; those of one layer only if it is given."""
        for i in range(max(start, 0), min(stop, len(self.cue_at))):
            site = self.cue_at[i]
            if site is not None and (layer is None or self.layer[i] == layer):
                yield site


def set_scene(text: Text, entities: Sequence[Entity]) -> Scene:
    """Index a text; O(words + mentions + marks)."""
    starts = [word.start for word in text.words]
    lines = [(bisect_left(starts, line.start), bisect_left(starts, line.end)) for line in paragraphs(text.text)]
    line_at = [number for number, (first, last) in enumerate(lines) for _ in range(first, last)]
    marked = regions(text.text)
    openings = [region.opened for region in marked]
    nothing: list[CueSite | None] = [None] * len(starts)
    scene = Scene(
        text,
        entities,
        marked,
        _copies(text.text, marked),
        lines,
        [],
        starts,
        openings,
        line_at,
        [None] * len(starts),
        nothing,
        [NARRATOR] * len(starts),
    )
    _place_mentions(scene)
    scene.cues = [site for site in find_cues(text) if not _of_a_thing(scene, site)]
    for site in scene.cues:
        if scene.cue_at[site.word] is None:
            scene.cue_at[site.word] = site
    return scene


def _of_a_thing(scene: Scene, site: CueSite) -> bool:
    """Whether a verb of thought, feeling or manner has a thing for its subject: `отношения переживают кризис`."""
    if site.entry.pos != "VERB" or site.entry.kind not in MINDS or _holds(scene, site):
        return False
    subjects = [child for child in scene.words[site.word].children if scene.words[child].dep == "nsubj"]
    return bool(subjects) and all(_is_thing(scene, child) for child in subjects)


def _holds(scene: Scene, site: CueSite) -> bool:
    """`Защита считает, что …`, `Большая часть жителей надеется, что …`: with `что` these verbs have no thing for a
    subject.
    """
    behind = scene.words[site.stop : site.stop + 2]
    return site.entry.lemma in HOLDING and [word.norm for word in behind] == [",", "что"]


def _is_thing(scene: Scene, i: int) -> bool:
    """Whether a word is an inanimate noun that neither names nor describes somebody."""
    noun = scene.words[i]
    if noun.pos != "NOUN" or noun.feats.get("Animacy") != "Inan" or noun.text.isupper():
        return False
    role = lexicon.find_role(noun.lemma) or lexicon.find_role(noun.norm)
    return scene.named_at[i] is None and role is None


def _copies(text: str, marked: Sequence[Region]) -> list[int]:
    insides = [fold(text[region.start : region.end]) for region in marked]
    counts = Counter(insides)
    return [counts[inside] for inside in insides]


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
