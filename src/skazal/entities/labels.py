"""What a name denotes, where the tagger errs: by the gazetteer, by the noun beside it, by the other mentions."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from skazal.entities import gazetteer
from skazal.entities.spans import MARKS, OPENING, RUSSIAN_SURNAMES, Name, names_someone
from skazal.lexicon import find_role, title_nouns
from skazal.names.dictionaries import name_words
from skazal.names.forms import is_given_name
from skazal.words import Text, Word

MODEL = re.compile(r"[^\W\d]{1,4}-\d+\w*")
NO_ORGANISATION = frozenset({"vehicle", "work", "award", "term"})
BY_NOUN, BY_FULL_NAME, BY_TAGGER = 4, 3, 1


def is_role(text: Text, name: Name) -> bool:
    """`Президент`, `Спикер`, `Маэстро`: one word that says who somebody is does not name anybody."""
    if name.stop - name.start > 1:
        return is_office_of_place(text, name)
    word = text.words[name.start]
    if word.pos in ("PRON", "DET", "ADV", "CCONJ", "SCONJ", "PART") and not word.text.isupper():
        return True
    role = find_role(word.lemma)
    if role is None or role.kind == "org" or name.label == "LOC":
        return word.norm in ("сми", "интернет")
    if word.lemma in name_words().titles:
        return True
    first, _ = text.sentences[word.sentence]
    if role.kind == "office" and word.i + 1 < len(text.words) and holds_of(word, text.words[word.i + 1]):
        return True
    return not word.capitalized or word.i == first or text.words[word.i - 1].text in MARKS or name.label == "ORG"


def is_model(text: Text, name: Name) -> bool:
    """`Су-57`: a machine by its model, which the tagger takes for a person."""
    return name.label == "PER" and name.stop - name.start == 1 and bool(MODEL.fullmatch(text.words[name.start].text))


def holds_of(office: Word, behind: Word) -> bool:
    """`Президент` before `России` or before `Ян Белов`: an office with a capital before its place or its holder."""
    if not behind.capitalized or behind.sentence != office.sentence:
        return False
    return behind.head == office.i and (behind.dep == "appos" or (behind.case == "Gen" and office.case != "Gen"))


def is_office_of_place(text: Text, name: Name) -> bool:
    """`Аким Талгара` before `Ерлан Садыков`: an office that men are called too, and a place, before who holds it."""
    if name.label != "PER" or name.stop - name.start != 2 or name.stop >= len(text.words):
        return False
    office, place, person = text.words[name.start : name.stop + 1]
    role = find_role(office.lemma)
    surname = names_someone(place) or place.norm.endswith(RUSSIAN_SURNAMES)
    held = role is not None and role.kind == "office" and not surname
    return held and person.case == office.case and person.capitalized and is_given_name(person.norm)


def is_title(text: Text, name: Name) -> bool:
    """`шаттл «Заря»`, `роман «Мать»`: what stands in marks after such a noun is no organisation."""
    before = name.start - 1
    if (
        name.label != "ORG"
        or before < 1
        or text.words[before].text not in OPENING
        or text.words[before - 1].text in MARKS
    ):
        return False
    noun = title_nouns().get(text.words[before - 1].lemma)
    return noun is not None and noun.kind in NO_ORGANISATION


def known_phrase(text: Text, start: int, stop: int) -> gazetteer.Known | None:
    """The gazetteer's entry for words as they stand, or by their lemmas."""
    known = gazetteer.known()
    if stop - start == 1:
        return known.get(text.words[start].lemma) or known.get(text.words[start].norm)
    first = text.words[start]
    if not gazetteer.may_begin(first.norm) and not gazetteer.may_begin(first.lemma):
        return None
    as_written = known.get(gazetteer.plain(text.slice(start, stop)))
    return as_written or known.get(" ".join(word.lemma for word in text.words[start:stop]))


def relabel(text: Text, names: Sequence[Name]) -> None:
    """Give all mentions of a name the label that speaks from most of them; the gazetteer has the last word."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.label == "PER" and name.stop - name.start > 1:
            votes[text.words[name.stop - 1].lemma]["PER"] += BY_FULL_NAME
        elif name.stop - name.core == 1:
            votes[text.words[name.core].lemma][name.label] += BY_NOUN if name.core > name.start else BY_TAGGER
    for name in names:
        entry = known_phrase(text, name.core, name.stop) if name.label != "PER" else None
        if entry is not None:
            name.label = entry.label
        elif name.stop - name.core == 1 and name.core == name.start and name.alias_of is None:
            counts = votes[text.words[name.core].lemma]
            best = max(counts, key=lambda label: counts[label])
            if counts[best] > counts[name.label]:
                name.label = best
