"""What the rules of this stage build: a referent with its places in the text, before it is frozen into an Entity."""

from dataclasses import dataclass, field
from typing import NamedTuple

from skazal.document import Entity, EntityType, Gender, Mention, MentionKind
from skazal.names import PersonName
from skazal.words import Text


class Place(NamedTuple):
    """Words `start` to `stop` (exclusive) denote the referent; `rule` says what joined them to it."""

    start: int
    stop: int
    kind: MentionKind
    rule: str


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something in the document's world.

    `person` holds the parts of a person's name, `known` the gazetteer's key, `head_nouns` the folded nouns that the
    text puts before the name (`город`, `компания`).
    """

    type: EntityType
    name: str
    gender: Gender | None = None
    roles: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    person: PersonName | None = None
    known: str | None = None
    head_nouns: set[str] = field(default_factory=set)

    def first(self) -> int:
        return min(place.start for place in self.places)


def frozen(text: Text, referents: list[Referent]) -> list[Entity]:
    """Entities in the order of their first mention, ids `e1`, `e2`, …."""
    ordered = sorted((referent for referent in referents if referent.places), key=Referent.first)
    return [entity(text, f"e{number}", referent) for number, referent in enumerate(ordered, 1)]


def entity(text: Text, key: str, referent: Referent) -> Entity:
    """A referent under an id, its mentions in order."""
    places = sorted(referent.places, key=lambda place: (place.start, place.stop))
    mentions = tuple(mention(text, place) for place in places)
    return Entity(key, referent.type, referent.name, referent.gender, tuple(referent.roles), mentions)


def mention(text: Text, place: Place) -> Mention:
    """A place in characters."""
    start, end = text.words[place.start].start, text.words[place.stop - 1].end
    return Mention(start, end, text.text[start:end], place.kind, place.rule)
