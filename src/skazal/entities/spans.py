"""The tagger's spans cut where a name ends: at brackets, verbs, prepositions, the end of a sentence, a second person.

The tagger finds most names but not their borders: a span runs on (`Комитета в полевых условиях`) or swallows what is in
brackets (`Союз садоводов (СС)`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from skazal.entities import gazetteer
from skazal.lexicon import find_role
from skazal.morphology import known_tags, parses
from skazal.names.dictionaries import name_words
from skazal.names.forms import is_given_name
from skazal.words import NamedSpan, Text, Word

BREAKS = frozenset("()[]{};:•|…!?*")
OPENING, CLOSING = frozenset("«„“\"'‘"), frozenset("»”“\"'’")
MARKS = OPENING | CLOSING
PREPOSITIONS = frozenset(
    "в во на с со из от к ко у о об обо за под над через после перед между без для про около среди против "
    "по при c o".split()
)
"""The last two are Latin letters, which stand for Cyrillic ones in some texts."""
KEPT_IN_ORGANISATIONS = frozenset("по при за для против о об к".split())
HONORIFICS = frozenset("сэр лорд леди мистер миссис мисс господин госпожа дон месье мадам сеньор герр".split())
VOWELS = frozenset("аеёиоуыэюяй")
QUOTED_NAME = 9
"""Words that a name in quotation marks or brackets may have at most."""
RUSSIAN_SURNAMES = ("ов", "ев", "ёв", "ин", "ын", "ский", "ова", "ева", "ёва", "ина", "ына", "ская")
PROFESSIONS = ("лог", "граф", "вед", "ист", "тель", "щик", "чик", "тор", "ер", "ант", "мейстер", "фил", "метр")
"""What words for professions end with that no dictionary has (`глацио-лог`)."""
GENITIVES = ("ова", "ева", "ёва", "ского", "цкого", "овой", "евой", "ёвой", "иной", "ыной", "ской", "цкой")
DATIVES = re.compile(r".*[бвгджзклмнпрстфхцчшщй][ую]|.*[сц]кому")
NAMES_OF_PEOPLE = frozenset({"Name", "Surn", "Patr"})


@dataclass(slots=True, eq=False)
class Name:
    """A name in the text: words `start` to `stop` (exclusive), label (PER, LOC, ORG) and the rule that made it.

    `core` is where the proper name begins after a common noun that only says what it is (`города Минск`). `alias_of` is
    the name before the brackets in which this one stands.
    """

    start: int
    stop: int
    label: str
    rule: str = "span"
    core: int = -1
    alias_of: "Name | None" = None

    def __post_init__(self) -> None:
        if self.core < 0:
            self.core = self.start


def opens_sentence(text: Text, word: Word) -> bool:
    """Whether a word is the first of its sentence, signs and emoji before it left out."""
    first = text.sentences[word.sentence][0]
    return not any(has(str.isalnum, before) for before in text.words[first : word.i])


def in_order(names: Sequence[Name]) -> list[Name]:
    """Names in the order of the text, the longer of two that begin together first."""
    return sorted(names, key=lambda name: (name.start, -name.stop))


def without_overlaps(names: Sequence[Name]) -> list[Name]:
    """Names in the order of the text; of two that overlap the one that comes first in `names` stays."""
    taken: set[int] = set()
    kept = []
    for name in names:
        if taken.isdisjoint(range(name.start, name.stop)):
            taken.update(range(name.start, name.stop))
            kept.append(name)
    return in_order(kept)


def pieces(text: Text, span: NamedSpan) -> Iterator[Name]:
    """The names in a span of the tagger."""
    start, first = span.start, True
    for i in range(span.start, span.stop + 1):
        if i < span.stop and not breaks(text, span, i):
            continue
        name = trimmed(text, start, i, span.label)
        if name and (first or text.words[start].norm not in PREPOSITIONS):
            yield from parts(text, name)
            first = False
        start = i


def parts(text: Text, name: Name) -> Iterator[Name]:
    """Names that stand side by side in one piece of a span."""
    name = without_first_noun(text, name)
    if name.label == "PER":
        yield from persons_in(text, name)
    elif (i := person_behind(text, name)) is not None:
        before = trimmed(text, name.start, i, name.label)
        if before is not None:
            yield before
        yield Name(i, name.stop, "PER")
    else:
        yield name


def without_first_noun(text: Text, name: Name) -> Name:
    """The person in `Премию Яну Белову`, where a sentence begins with a noun that governs the name."""
    first, second = text.words[name.start], text.words[min(name.start + 1, name.stop - 1)]
    if name.stop - name.start < 2 or not second.capitalized:
        return name
    if (
        is_given_name(second.norm)
        and first.case != second.case
        and first.pos == "NOUN"
        and not is_given_name(first.norm)
    ):
        return Name(name.start + 1, name.stop, "PER")
    two = name.stop - name.start == 2 and first.case == second.case and len(second.text) > 1
    if name.label != "PER" and two and is_given_name(first.norm) and not second.text.isupper() and not is_place(second):
        return Name(name.start, name.stop, "PER")
    return name


def breaks(text: Text, span: NamedSpan, i: int) -> bool:
    """Whether a span cannot go on across the border before word `i`."""
    word = text.words[i]
    if i > span.start and word.sentence != text.words[i - 1].sentence:
        return True
    if span.label == "PER" and i > span.start and (is_particle(word) or word.norm in name_words().patronymic):
        return False
    finite = word.pos == "VERB" and word.feats.get("VerbForm") == "Fin" and not word.capitalized
    return finite or word.text in BREAKS or lists(text, span, i) or governs(text, span, i)


def lists(text: Text, span: NamedSpan, i: int) -> bool:
    """Whether word `i` is a comma between two names."""
    if text.words[i].text != ",":
        return False
    return span.label != "ORG" or (i + 1 < span.stop and text.words[i + 1].capitalized)


def governs(text: Text, span: NamedSpan, i: int) -> bool:
    """Whether word `i` is a preposition that no name goes on with."""
    word = text.words[i]
    if word.norm not in PREPOSITIONS or word.capitalized:
        return False
    before_capital = i + 1 < span.stop and text.words[i + 1].capitalized
    return span.label != "ORG" or (word.norm not in KEPT_IN_ORGANISATIONS and not before_capital)


def trimmed(text: Text, start: int, stop: int, label: str) -> Name | None:
    """A name without the marks and connecting words at its ends; None where nothing of a name is left."""
    words = text.words
    while start < stop and (words[start].norm in PREPOSITIONS or not has(str.isalnum, words[start])):
        start += 1
    while start < stop and not words[stop - 1].text[-1].isalnum() and not ends_inside(text, start, stop):
        stop -= 1
    while start < stop and words[stop - 1].pos in ("CCONJ", "ADP") and not words[stop - 1].capitalized:
        stop -= 1
    if not any(has(str.isupper, word) or has(str.isdigit, word) for word in words[start:stop]):
        return None
    return Name(start, closed(text, start, stop), label)


def has(kind: Callable[[str], bool], word: Word) -> bool:
    """Whether a word has a character of some kind; mostly its first tells."""
    return kind(word.text[0]) or any(map(kind, word.text))


def ends_inside(text: Text, start: int, stop: int) -> bool:
    """Whether the last word closes a mark or ends an initial that belongs to the name."""
    last = text.words[stop - 1].text
    if last == ".":
        return stop - start > 1 and is_initial(text.words[stop - 2])
    return last in CLOSING and any(word.text in OPENING for word in text.words[start : stop - 1])


def closed(text: Text, start: int, stop: int) -> int:
    """The end of a name with the mark that closes the one opened in it: `Служба «Голоса Севера»`."""
    if stop >= len(text.words) or text.words[stop].text not in CLOSING:
        return stop
    inside = "".join(word.text for word in text.words[start:stop])
    opened = (
        inside.count("«") > inside.count("»") or inside.count("„") > inside.count("“") or inside.count('"') % 2 == 1
    )
    return stop + 1 if opened else stop


def is_initial(word: Word) -> bool:
    """`А`, whose full stop is the next word."""
    return len(word.text) == 1 and word.text.isupper() and word.text.isalpha()


def persons_in(text: Text, name: Name) -> Iterator[Name]:
    """The persons in one span: `Премьер-министр Ян Белов` without the office, `Белова Анна Орлова` as two."""
    start = after_organisation(text, name)
    if start > name.start:
        yield Name(name.start, start, "LOC" if is_initial(text.words[start]) else "ORG")
    start = without_complement(text, without_title(text, start, name.stop), name.stop)
    for i in range(start + 1, name.stop):
        if another_begins(text, start, i, name.stop):
            yield Name(start, i, "PER")
            start = i
    if start < name.stop:
        yield Name(start, name.stop, "PER")


def after_organisation(text: Text, name: Name) -> int:
    """Where the person begins in `НАСА Яна Белова` and `Перу А. Рохаса`: after the name of the gazetteer."""
    for i in range(min(name.start + 3, name.stop - 1), name.start, -1):
        entry = gazetteer.known().get(" ".join(word.lemma for word in text.words[name.start : i]))
        if entry is not None and (entry.label == "ORG" or is_initial(text.words[i])):
            return i
    return name.start


def person_behind(text: Text, name: Name) -> int | None:
    """Where a person begins in the span of an organisation or a place, if one does."""
    if name.label == "ORG":
        return initials_of_member(text, name) or person_at_end(text, name)
    return inhabitant(text, name)


def initials_of_member(text: Text, name: Name) -> int | None:
    """`Ш` of `жюри Ш. К. Быков` behind `член`: initials right after the noun for a body are its member's."""
    i = name.start + 1
    if not name.start or i + 2 >= name.stop or text.words[name.start].capitalized:
        return None
    role = find_role(text.words[name.start - 1].lemma)
    initial = is_initial(text.words[i]) and text.words[i + 1].text == "."
    return i if initial and role is not None and role.kind in ("member", "office") else None


def inhabitant(text: Text, name: Name) -> int | None:
    """`Дарья` of `жительница улицы Речной Дарья`: a given name in the nominative behind a street that is not in it."""
    words = text.words
    street, last = words[name.start - words[name.start].capitalized], words[name.stop - 1]
    if not name.start or street.case in (None, "Nom") or last.case != "Nom" or not is_street(street):
        return None
    given = words[name.stop - 2] if is_given_name(words[name.stop - 2].norm) else last
    return given.i if given.i > street.i + 1 and given.case == "Nom" and is_given_name(given.norm) else None


def is_street(word: Word) -> bool:
    """`улица`, `площадь`, `переулок`."""
    return any(noun.takes("street") for noun in gazetteer.head_nouns().get(word.lemma, ()))


def person_at_end(text: Text, name: Name) -> int | None:
    """Where a person begins in `клуба Ротор Яна Белова`: at the given name before the last word."""
    words = text.words
    i = name.stop - 2
    if (
        i <= name.start
        or not (words[i].capitalized and words[i + 1].capitalized)
        or any(w.text in MARKS for w in words[name.start : i])
    ):
        return None
    if not names_someone(words[i]) or is_given_name(words[i - 1].norm) or words[i].case != words[i + 1].case:
        return None
    return i


def without_title(text: Text, start: int, stop: int) -> int:
    """Where a person's name begins after an office, a pronoun or an age that the span begins with."""
    while start < stop - 1 and any(word.capitalized for word in text.words[start + 1 : stop]):
        if not is_title(text.words[start], text.words[start + 1]) and not opens_as_title(text, start, stop):
            break
        start += 1
    return start


def opens_as_title(text: Text, start: int, stop: int) -> bool:
    """`Завхоз Эдик Мотин`, `Геолог Хосе Торрес`: a noun for a person that has its capital from the sentence's start."""
    word, following = text.words[start], text.words[start + 1]
    opens = start == 0 or text.words[start - 1].sentence != word.sentence
    surname = names_someone(following) or following.norm.endswith(RUSSIAN_SURNAMES)
    if not opens or not following.capitalized or not (stop - start > 2 or is_given_name(following.norm) or surname):
        return False
    tags = known_tags(word.norm)
    whole = stop - start > 2 and is_given_name(following.norm) and not is_patronymic(text.words[start + 2])
    if not tags or whole:
        return whole and not begins_name(word) and is_no_name(word.norm)
    named = any(tag.grammemes & NAMES_OF_PEOPLE for tag in tags)
    return {"NOUN", "anim"} <= tags[0].grammemes and not named


def begins_name(word: Word) -> bool:
    """Whether a name may begin with a word: a given name, a particle, a surname of Asia."""
    return is_given_name(word.norm) or is_particle(word) or word.norm in name_words().asian


def is_no_name(word: str) -> bool:
    """Whether a word before a whole name is a profession (`лесничий`, `гляцио-лог`) or no noun (`есть`)."""
    tags = known_tags(word)
    if not tags:
        return word.endswith(PROFESSIONS)
    nouns = [tag for tag in tags if "NOUN" in tag.grammemes]
    return not nouns or any("anim" in tag.grammemes and not tag.grammemes & NAMES_OF_PEOPLE for tag in nouns)


def without_complement(text: Text, start: int, stop: int) -> int:
    """Where the person begins in `президент [Латерии Хорхе Бланко]`: an office's place stands before the given name."""
    words = text.words
    if start == 0 or stop - start < 3 or is_given_name(words[start].norm):
        return start
    if not is_given_name(words[start + 1].norm) and not genitive_of_place(text, start, stop):
        return start
    role = find_role(words[start - 1].lemma)
    patronymic = is_patronymic(words[start + 2])
    office = role is not None and role.kind in ("office", "member") and not patronymic
    return start + 1 if office and not names_someone(words[start]) else start


def genitive_of_place(text: Text, start: int, stop: int) -> bool:
    """`Жанакалы` of `аким Жанакалы Еркен Байсалов`: an unknown word in a vowel before a name with a Russian surname."""
    first, last = text.words[start].norm, text.words[stop - 1].norm
    return stop - start == 3 and first[-1] in "аяыи" and last.endswith(RUSSIAN_SURNAMES)


def is_title(word: Word, following: Word) -> bool:
    """`премьер-министр`, `россиянка`, `сам`, `20-летний`: no part of the name that follows."""
    role = find_role(word.lemma)
    common = word.pos != "PROPN" or "-" in word.norm
    if word.lemma in gazetteer.inhabitants() or (role is not None and role.kind != "org" and common):
        return True
    if (
        role is not None
        and role.kind in ("office", "kin")
        and is_given_name(following.norm)
        and not names_someone(word)
    ):
        return True
    return (
        word.pos in ("PRON", "DET")
        or word.lemma in ("сам", "самый")
        or "-летн" in word.norm
        or word.lemma in HONORIFICS
    )


def another_begins(text: Text, start: int, i: int, stop: int) -> bool:
    """Whether word `i` begins the name of a second person: a given name in another case, or after a whole name."""
    word, before = text.words[i], text.words[i - 1]
    if not word.capitalized or before.text == "." or is_initial(before):
        return False
    if i - start == 1 and stop - i == 2 and text.words[stop - 1].norm == before.norm:
        return True
    if stop - start == 2 and is_whose_and_to_whom(before, word):
        return True
    if (
        not is_given_name(word.norm)
        or is_particle(word)
        or is_particle(before)
        or (is_given_name(before.norm) and i - start == 1 and not owner_before(text, i, stop))
    ):
        return False
    governed = before.norm[-1] in VOWELS or i - start > 1
    differs = governed and word.case is not None and before.case is not None and word.case != before.case
    whole = i - start >= 2 and is_given_name(text.words[start].norm) and not is_given_name(before.norm)
    return (differs and (i + 1 < stop or whole)) or (whole and (i + 1 < stop or next_is_name(text, stop)))


def is_whose_and_to_whom(whose: Word, whom: Word) -> bool:
    """`Белова Рыбакяну` in `письмо Белова Рыбакяну`: two surnames, the one in the genitive, the other in the dative."""
    if not whose.norm.endswith(GENITIVES) or not DATIVES.fullmatch(whom.norm):
        return False
    return not is_given_name(whose.norm) and not is_given_name(whom.norm)


def owner_before(text: Text, i: int, stop: int) -> bool:
    """`Ани` before `Зоя Петровна` in `мама Ани Зоя Петровна`: a given name in the genitive is somebody else's."""
    whose, given = text.words[i - 1], text.words[i]
    patronymic = i + 1 < stop and any("Patr" in parse.tag.grammemes for parse in parses(text.words[i + 1].norm))
    return whose.case == "Gen" and given.case == "Nom" and (patronymic or stop - i == 1)


def is_patronymic(word: Word) -> bool:
    """Whether a word is a patronymic: its likeliest reading."""
    return "Patr" in parses(word.norm)[0].tag.grammemes


def is_particle(word: Word) -> bool:
    """`бин`, `Аль`: a part of the surname."""
    return word.norm in name_words().particles


def next_is_name(text: Text, i: int) -> bool:
    """Whether a capitalized word follows a span at once."""
    return i < len(text.words) and text.words[i].pos == "PROPN" and text.words[i].capitalized


def is_place(word: Word) -> bool:
    """Whether a dictionary has a word as the name of a place."""
    return any("Geox" in parse.tag.grammemes for parse in parses(word.norm))


def names_someone(word: Word) -> bool:
    """Whether the likeliest reading of a word is a given name, a patronymic or a surname of the dictionary."""
    tags = known_tags(word.norm)
    return bool(tags and tags[0].grammemes & NAMES_OF_PEOPLE)
