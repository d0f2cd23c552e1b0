"""Who said what in the texts of this folder, as files that a person can read and a diff can show.

    python -m tests.golden.said        # `make golden`: writes said/ anew; read the difference before you commit it

The texts are invented. What stands in `said/` is what skazal answers, right or wrong: a change of it is a decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import skazal
from skazal.document import Document, Entity, Quote

HERE = Path(__file__).parent
TEXTS = sorted((HERE / "texts").glob("*.txt"))


def said(path: Path) -> str:
    """What is found in a text, a line for each quote's speaker, its words and its rules, and one for each entity."""
    document = skazal.annotate(path.read_text(encoding="utf-8"))
    return "".join(f"{line}\n" for line in lines(document))


def lines(document: Document) -> Iterator[str]:
    """Quotes in the order of the text, then the entities."""
    for quote in document.quotes:
        yield from (attribution(quote), f"    {quote.text}".replace("\n", " ⏎ "), f"    [{rules(quote)}]", "")
    yield "Entities"
    yield from (f"    {described(entity)}" for entity in document.entities)


def attribution(quote: Quote) -> str:
    """`Инна Лужина, мэр Орловки (PER) · сообщила · direct · via Вестник · within q1`."""
    speaker = quote.speaker
    who = "nobody" if speaker is None else ", ".join(filter(None, [speaker.name, speaker.role])) + f" ({speaker.type})"
    cue = quote.cue.text if quote.cue else "—"
    notes = [f"via {quote.relay}" if quote.relay else "", f"within {quote.within}" if quote.within else ""]
    return " · ".join([f"{quote.id} {who}", cue, quote.kind, *filter(None, notes)])


def rules(quote: Quote) -> str:
    """`direct: marks; behind dash`: what found the quote, and where its speaker was found."""
    return "; ".join(filter(None, [quote.rule, quote.speaker_rule]))


def described(entity: Entity) -> str:
    """`PER Инна Лужина, fem: Инна Лужина, Лужина ×2, она`."""
    times = Counter(mention.text for mention in entity.mentions)
    forms = ", ".join(f"{form} ×{count}" if count > 1 else form for form, count in times.items())
    return f"{entity.type} {entity.name}{f', {entity.gender}' if entity.gender else ''}: {forms}"


def golden(path: Path) -> Path:
    """Where the answer for a text is kept."""
    return HERE / "said" / path.name


def main() -> None:
    """Write all answers anew and tell which have changed."""
    for path in TEXTS:
        old, new = golden(path), said(path)
        if not old.exists() or old.read_text(encoding="utf-8") != new:
            old.write_text(new, encoding="utf-8")
            print(old.relative_to(HERE.parents[1]))
    for path in set((HERE / "said").glob("*.txt")) - {golden(text) for text in TEXTS}:
        path.unlink()


if __name__ == "__main__":
    main()
