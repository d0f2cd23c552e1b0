"""One surname for several given names: `Зоя и Кузьма Калины`, `братьев Ивана и Петра Лосевых`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from skazal.entities.spans import Name
from skazal.names.forms import is_given_name
from skazal.words import Text, Word

ENDINGS: Mapping[str, Mapping[str, str]] = {
    "ы": {"Masc": "", "Fem": "а"},
    "ых": {"Masc": "а", "Fem": "ой"},
    "ым": {"Masc": "у", "Fem": "ой"},
    "ыми": {"Masc": "ым", "Fem": "ой"},
    "ие": {"Masc": "ий", "Fem": "ая"},
    "их": {"Masc": "ого", "Fem": "ой"},
    "им": {"Masc": "ому", "Fem": "ой"},
    "ими": {"Masc": "им", "Fem": "ой"},
}
"""Endings of surnames in the plural, and of the same case in the singular (Зализняк, «Грамматический словарь», 2003:
surnames in -ов, -ин decline as possessives, those in -ский as adjectives)."""
ACCUSATIVES = {"ых": "у", "их": "ую"}
PLURAL = re.compile(r"(.+(?:ов|ев|ёв|ин|ын))(ы|ых|ым|ыми)|(.+[сц]к)(ие|их|им|ими)")


def surnames(text: Text, names: Sequence[Name]) -> dict[int, str]:
    """The surname in the singular of each person who shares one: by the first word of the person's name.

    `names` are the names of persons in the order of the text.
    """
    ends = {name.stop: name for name in names}
    found = {}
    for name in names:
        plural = PLURAL.fullmatch(text.words[name.stop - 1].text)
        if plural and name.stop - name.start == 2:
            stem, ending = plural.group(1) or plural.group(3), plural.group(2) or plural.group(4)
            for one in with_given_names_before(text, name, ends):
                singular = in_singular(ending, text.words[one.start])
                if singular is not None:
                    found[one.start] = stem + singular
    return found


def in_singular(ending: str, given: Word) -> str | None:
    """The ending of the surname in the singular behind a given name: `ых` is the accusative of a woman's in `у` too."""
    if given.gender == "Fem" and given.case == "Acc" and ending in ACCUSATIVES:
        return ACCUSATIVES[ending]
    return ENDINGS[ending].get(given.gender or "")


def with_given_names_before(text: Text, name: Name, ends: Mapping[int, Name]) -> Iterator[Name]:
    """A name and the lone given names that are joined to it by `и` and commas; nothing if there is none."""
    joined = [name]
    while (i := joined[-1].start - 1) > 0 and text.words[i].norm in ("и", ",") and i in ends:
        before = ends[i]
        if before.stop - before.start > 1 or not is_given(text.words[before.start]):
            break
        joined.append(before)
    if len(joined) > 1:
        yield from joined


def is_given(word: Word) -> bool:
    """Whether a word is a given name of the dictionary."""
    return is_given_name(word.norm)
