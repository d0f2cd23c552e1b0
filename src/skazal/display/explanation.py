"""Explanations of quotes as trees for a terminal."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from skazal.display.terminal import NOTHING, cell
from skazal.quotes import Evidence, Explanation, Option

SPACE = Text("  ")


def explanation_tree(explanation: Explanation) -> Tree:
    """Return a quote with what spoke for it, and its candidates for the speaker, best first."""
    quote = explanation.quote
    confidence = Text(f"confidence {quote.confidence:.2f}", "dim")
    tree = Tree(SPACE.join((Text(quote.kind, "bold"), cell(quote.text), confidence)))
    sure = "certain by its form, " if explanation.certain else ""
    found = tree.add(cell(f"found as {quote.rule}: {sure}probability {explanation.probability:.2f}"))
    add_evidence(found, explanation.evidence)
    speaker = quote.speaker.name if quote.speaker else NOTHING
    chosen = tree.add(cell(f"speaker {speaker}, chosen by: {quote.speaker_rule or NOTHING}"))
    for option in explanation.options:
        add_evidence(chosen.add(option_line(option)), option.evidence)
    return tree


def option_line(option: Option) -> Text:
    """Return a candidate in one line: share, name, phrase, cue, and the sieve that proposed it."""
    share = "not weighed" if option.probability is None else f"{option.probability:.2f}"
    words = f" («{option.phrase}»)" if option.phrase and option.phrase != option.speaker else ""
    cue = f", cue «{option.cue}»" if option.cue else ""
    return SPACE.join((Text(share, "bold"), cell(f"{option.speaker or NOTHING}{words}{cue}, {option.where}")))


def add_evidence(tree: Tree, evidence: tuple[Evidence, ...]) -> None:
    """Hang the features that weighed most below a line."""
    listed = "; ".join(f"{item.feature} {item.weight:+.2f}" for item in evidence)
    if listed:
        tree.add(cell(listed, "dim"))
