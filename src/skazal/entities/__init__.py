"""Who and what the text is about: name spans repaired, mentions grouped, canonical names, roles, pronouns."""

from skazal.document import Entity
from skazal.entities.deeds import deeds
from skazal.entities.finding import find_names
from skazal.entities.mentions import join_mentions
from skazal.entities.persons import persons
from skazal.entities.referents import frozen
from skazal.entities.roles import add_roles, holdings, names_of
from skazal.entities.things import things
from skazal.words import Text


def resolve(text: Text) -> list[Entity]:
    """Entities of a tagged text in the order of their first mention, ids `e1`, `e2`, …; O(words)."""
    names = find_names(text)
    found = persons(text, [name for name in names if name.label == "PER"])
    found += things(text, [name for name in names if name.label == "LOC"], "LOC")
    found += things(text, [name for name in names if name.label == "ORG"], "ORG")
    by_word = names_of(text, found)
    held = holdings(text, found, by_word)
    add_roles(text, held)
    join_mentions(text, found, by_word, held, deeds(text, by_word, held))
    return frozen(text, found)
