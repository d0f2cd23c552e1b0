"""Changes of a text that say nothing new about it: who said what must stay as it was.

A change takes an annotated text and gives its edits. With them every quote of the text as it was can be looked for in
the text as it is now: at the characters where its own have gone, by the speaker's name as it is written now.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from skazal import Document
from skazal.document import Entity
from skazal.names import parse_name
from skazal.names.forms import is_given_name
from skazal.text.marks import regions
from skazal.words import fold

STAND_INS = Path(__file__).with_name("stand_ins.toml")
OPENS = re.compile(r'(?<![^\s(\[—–«„-])"|(?<!\S)"')
DASH = r"(?:(?<![^\s»”“\"…,.!?]){}|^{})(?=\s)"
NAME = re.compile(r"(?<![\w-])[А-ЯЁ][А-Яа-яЁё]+(?![\w-])")
PATRONYMIC = re.compile(r"(?:вич|ьич|вн|ичн)(?:а|у|ем|е|ы|ой)?")
HEADLINE = re.compile(r"\s*[^\n]*[\w»”\"]\s*(?:\n\s*|\Z)")
"""A first line without a full stop."""
WEATHER = "После обеда на реке начался ледоход."
STRANGER = "В соседнем районе агроном Семён Пчёлкин собрал первый урожай гречихи."

Said = tuple[tuple[tuple[int, int], ...], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` (exclusive) of the text as it was, and what stands for them."""

    start: int
    end: int
    put: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A text with edits, in order and apart; `renamed` tells how a name is written now."""

    before: str
    edits: Sequence[Edit]
    renamed: Callable[[str], str] = lambda name: name

    @property
    def text(self) -> str:
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [self.before[at : edit.start], edit.put]
            at = edit.end
        return "".join([*pieces, self.before[at:]])

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text as it was stands now; what is put in at its ends does not belong to it."""
        grown = [(edit, len(edit.put) - (edit.end - edit.start)) for edit in self.edits]
        return (
            start + sum(by for edit, by in grown if edit.end <= start),
            end + sum(by for edit, by in grown if edit.end <= end and edit.start < end),
        )


Change = Callable[[Document], Changed]


def substituted(document: Document, pattern: str | re.Pattern[str], put: str, *, when: bool = True) -> Changed:
    """Each match of a pattern replaced; nothing where `when` is false."""
    matches = re.finditer(pattern, document.text) if when else ()
    edits = [Edit(*match.span(), put) for match in matches if match.group() != put]
    return Changed(document.text, edits)


def marks(document: Document, shapes: str) -> Changed:
    """Guillemets as a pair of other marks, in texts that have no other kind and close each; if the pair is one shape,
    in texts that have no marks in marks and a space before each that opens: the others would become unclear.
    """
    other = set(document.text) & set('„“”"') or document.text.count("«") != document.text.count("»")
    nested = any(region.parent is not None for region in regions(document.text))
    unclear = shapes[0] == shapes[1] and (nested or re.search(r"[\w.!?…]«", document.text))
    pair = dict(zip("«»", shapes, strict=True))
    found = () if other or unclear else re.finditer("[«»]", document.text)
    return Changed(document.text, [Edit(*match.span(), pair[match.group()]) for match in found])


def straight_to_guillemets(document: Document) -> Changed:
    opening = {match.start() for match in OPENS.finditer(document.text)}
    found = [match.start() for match in re.finditer('"', document.text)]
    return Changed(document.text, [Edit(at, at + 1, "«" if at in opening else "»") for at in found])


def guillemets_to_straight(document: Document) -> Changed:
    return marks(document, '""')


def guillemets_to_german(document: Document) -> Changed:
    return marks(document, "„“")


def guillemets_to_english(document: Document) -> Changed:
    return marks(document, "“”")


def dashes(document: Document, shapes: str, put: str) -> Changed:
    """Dashes between words, or at the beginning of a line, in another shape."""
    return substituted(document, re.compile(DASH.format(shapes, shapes), re.M), put)


def long_to_short_dashes(document: Document) -> Changed:
    return dashes(document, "—", "–")


def dashes_to_hyphens(document: Document) -> Changed:
    return dashes(document, "[—–]", "-")


def dashes_to_two_hyphens(document: Document) -> Changed:
    return dashes(document, "[—–]", "--")


def dashes_to_long(document: Document) -> Changed:
    return dashes(document, "[–-]", "—")


def without_yo(document: Document) -> Changed:
    return Changed(document.text, [*_translated(document.text, {"ё": "е", "Ё": "Е"})])


def _translated(text: str, letters: Mapping[str, str]) -> Iterator[Edit]:
    for match in re.finditer("|".join(map(re.escape, letters)), text):
        yield Edit(*match.span(), letters[match.group()])


def plain_spaces(document: Document) -> Changed:
    return substituted(document, "[\xa0\u202f\u2009]", " ")


def hard_spaces(document: Document) -> Changed:
    """No-break spaces where typesetters have them: before dashes, behind initials, prepositions and numbers."""
    return substituted(document, r"(?<=\w) (?=[—–])|(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ])|(?<=\b[авикосуАВИКОСУ]) (?=\w)", "\xa0")


def line_ends_of_windows(document: Document) -> Changed:
    return substituted(document, "(?<!\r)\n", "\r\n")


def spaces_at_line_ends(document: Document) -> Changed:
    return substituted(document, r"(?<=\S)(?=\n)", "  ")


def one_character_ellipsis(document: Document) -> Changed:
    return substituted(document, r"(?<!\.)\.\.\.(?!\.)", "…")


def paragraph_added(document: Document, paragraph: str, *, before: bool) -> Changed:
    """A paragraph at the end, or in front of the others below the headline; none before a headline alone."""
    headline = HEADLINE.match(document.text)
    at = len(document.text) if not before else headline.end() if headline else 0
    if before and headline and at == len(document.text):
        return Changed(document.text, ())
    return Changed(document.text, [Edit(at, at, f"{paragraph}\n\n" if before else f"\n\n{paragraph}")])


def weather_behind(document: Document) -> Changed:
    return paragraph_added(document, WEATHER, before=False)


def weather_before(document: Document) -> Changed:
    return paragraph_added(document, WEATHER, before=True)


def stranger_behind(document: Document) -> Changed:
    return paragraph_added(document, STRANGER, before=False)


def stranger_before(document: Document) -> Changed:
    return paragraph_added(document, STRANGER, before=True)


def other_given_names(document: Document) -> Changed:
    return other_names(document, ("given",))


def other_surnames(document: Document) -> Changed:
    return other_names(document, ("surname",))


def other_names(document: Document, parts: Sequence[str] = ("given", "surname")) -> Changed:
    """Each person's names as others of the same gender and declension, in the same case, everywhere in the text."""
    forms = _stand_ins(document, parts)
    edits = [
        Edit(*match.span(), put)
        for match in NAME.finditer(document.text)
        if (put := _as_written(match.group(), forms)) is not None
    ]

    def renamed(name: str) -> str:
        return NAME.sub(lambda match: _as_written(match.group(), forms) or match.group(), name)

    return Changed(document.text, edits, renamed)


def _as_written(word: str, forms: Mapping[str, str]) -> str | None:
    put = forms.get(fold(word))
    return put.upper() if put and word.isupper() else put


@dataclass(frozen=True, slots=True)
class Declension:
    """How names of one kind decline: the end of their stems, the endings, the group of stems that stand for theirs."""

    part: str
    gender: str
    stem: re.Pattern[str]
    endings: tuple[str, ...]
    group: str

    def stem_of(self, part: str, gender: str, name: str) -> str | None:
        """The stem of a name's nominative that declines so, folded."""
        name = fold(name)
        fits = part == self.part and gender in self.gender and name.endswith(self.endings[0])
        stem = name.removesuffix(self.endings[0])
        return stem if fits and self.stem.search(stem) else None

    def forms(self, stem: str) -> list[str]:
        return [stem + ending for ending in self.endings]


@cache
def _declensions() -> tuple[tuple[Declension, ...], Mapping[str, tuple[str, ...]]]:
    table: dict[str, Any] = tomllib.loads(STAND_INS.read_text(encoding="utf-8"))
    declensions = tuple(
        Declension(
            row["part"], row["gender"], re.compile(f"(?:{row['stem']})$"), tuple(row["endings"]), row["stand_ins"]
        )
        for row in table["declension"]
    )
    return declensions, {group: tuple(stems.split()) for group, stems in table["stand_ins"].items()}


def _stand_ins(document: Document, parts: Sequence[str]) -> dict[str, str]:
    """Folded forms of names in a text and what stands for each; all forms of a name or none."""
    elsewhere = {
        fold(word)
        for entity in document.entities
        if entity.type != "PER"
        for mention in entity.mentions
        for word in NAME.findall(mention.text)
    }
    chosen: dict[tuple[str, str], str] = {}
    forms: dict[str, str] = {}
    for entity in document.entities:
        known = _known_forms(entity)
        for part, (declension, stem) in known.items():
            if part not in parts or set(declension.forms(stem)) & elsewhere:
                continue
            key = (declension.group, stem)
            put = chosen.get(key) or _free(declension.group, [*chosen.values(), document.text])
            if put is None:
                continue
            chosen[key] = put
            forms.update(zip(declension.forms(stem), (put + ending for ending in declension.endings), strict=True))
    return forms


def _free(group: str, taken: Sequence[str]) -> str | None:
    """The first stand-in of a group that is neither in the text nor somebody's already."""
    _, stems = _declensions()
    return next((stem for stem in stems[group] if not any(stem in other for other in taken)), None)


def _known_forms(entity: Entity) -> dict[str, tuple[Declension, str]]:
    """How a person's given name and surname decline and their stems; empty when a mention has a word of another kind
    (a short form, an initial, another spelling), or a given name that no dictionary of European names knows.
    """
    if entity.type != "PER" or entity.gender is None:
        return {}
    name = parse_name(entity.name, gender=entity.gender)
    found: dict[str, tuple[Declension, str]] = {}
    declensions, _ = _declensions()
    for part, word in (("given", name.first), ("surname", name.surname)):
        for declension in declensions:
            stem = declension.stem_of(part, entity.gender, word) if word and part not in found else None
            if stem is not None:
                found[part] = (declension, stem)
    every = {form for declension, stem in found.values() for form in declension.forms(stem)}
    mentions = [word for mention in entity.mentions if mention.kind == "name" for word in mention.text.split()]
    explained = all(fold(word) in every or PATRONYMIC.search(word) for word in mentions)
    european = name.first is None or is_given_name(fold(name.first))
    return found if explained and european else {}


CHANGES: Mapping[str, tuple[Change, ...]] = {
    "marks and dashes": (
        straight_to_guillemets,
        guillemets_to_straight,
        guillemets_to_german,
        guillemets_to_english,
        long_to_short_dashes,
        dashes_to_hyphens,
        dashes_to_two_hyphens,
        dashes_to_long,
    ),
    "the rest": (
        without_yo,
        plain_spaces,
        hard_spaces,
        line_ends_of_windows,
        spaces_at_line_ends,
        one_character_ellipsis,
        weather_behind,
        weather_before,
        stranger_behind,
        stranger_before,
        other_given_names,
        other_surnames,
        other_names,
    ),
}


def said(document: Document, change: Changed | None = None) -> Counter[Said]:
    """Where each quote stands and who its speaker is; with a change, where and who it should be afterwards."""
    found: Counter[Said] = Counter()
    for quote in document.quotes:
        spans = [(span.start, span.end) for span in quote.spans]
        name = quote.speaker.name if quote.speaker else ""
        if change is not None:
            spans, name = [change.moved(*span) for span in spans], change.renamed(name)
        found[tuple(spans), plain(name)] += 1
    return found


def plain(name: str) -> str:
    """A name without what a change may touch: marks, dashes, white space, `ё`."""
    return re.sub(r"[^\w\s]", "", " ".join(fold(name).split()))


def differences(before: Document, change: Changed, after: Document) -> tuple[list[Said], list[Said]]:
    """Quotes that are gone and quotes that are new, at their places in the changed text."""
    expected, found = said(before, change), said(after)
    return list((expected - found).elements()), list((found - expected).elements())
