"""Quotes and entities as tables for a terminal."""

from __future__ import annotations

import re
from collections import Counter

from rich import box
from rich.table import Table
from rich.text import Text

from skazal.document import Document, Entity, Quote, Speaker

# A text is somebody else's: its control characters must not move the reader's cursor or colour the screen.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
NOTHING = "—"
# Shares of the terminal's width; a column that is not here is as wide as its words.
COLUMN_RATIOS = {"Speaker": 3, "Cue": 2, "Quote": 6, "Entity": 3, "Roles": 3, "Mentions": 4}


def heading(document: Document) -> Text:
    """Return the document's id with the number of its quotes and entities."""
    counts = f"{len(document.quotes)} quotes, {len(document.entities)} entities"
    return cell(document.id, "bold").append(f"  {counts}", "dim")


def quotes_table(document: Document) -> Table:
    """Return one row for each quote: speaker, cue, quote, kind."""
    table = blank_table("Speaker", "Cue", "Quote", "Kind")
    table.show_lines = True
    for quote in document.quotes:
        table.add_row(speaker_cell(quote), cell(quote.cue.text if quote.cue else NOTHING), cell(quote.text), quote.kind)
    return table


def entities_table(document: Document) -> Table:
    """Return one row for each entity: canonical name, type, roles, how often and under which words it is mentioned."""
    table = blank_table("Entity", "Type", "Roles", "Mentions")
    for entity in document.entities:
        table.add_row(cell(entity.name, "bold"), entity.type, cell(", ".join(entity.roles)), mentions_cell(entity))
    return table


def blank_table(*columns: str) -> Table:
    """Return a table with these headings and no rows."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, ratio=COLUMN_RATIOS.get(column))
    return table


def speaker_cell(quote: Quote) -> Text:
    """Return who spoke, under which words if others than the name, and who relayed it."""
    if quote.speaker is None:
        return cell(NOTHING)
    lines = cell(quote.speaker.name, "bold")
    for note in speaker_notes(quote.speaker, quote):
        lines.append("\n").append_text(cell(note, "dim"))
    return lines


def speaker_notes(speaker: Speaker, quote: Quote) -> list[str]:
    """Return what stands under a speaker's name."""
    notes = []
    if speaker.mention and speaker.mention.text != speaker.name:
        notes.append(speaker.mention.text)
    if quote.relay:
        notes.append(f"via {quote.relay.name}")
    return notes


def mentions_cell(entity: Entity) -> Text:
    """Return the number of mentions and their forms, the most frequent first."""
    forms = Counter(mention.text for mention in entity.mentions)
    listed = ", ".join(form if count == 1 else f"{form} ×{count}" for form, count in forms.most_common())
    return cell(f"{len(entity.mentions)}: {listed}")


def cell(text: str, style: str = "") -> Text:
    """Return text as it is: no markup is read in it, line breaks are spaces, control characters are shown as ``�``."""
    return Text(CONTROL.sub("�", " ".join(text.split())), style)
