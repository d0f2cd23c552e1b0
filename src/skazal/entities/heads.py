"""Names with the words that belong to them: `компании «Ромашка»`, `правительство Китая`, `Комитет по труду`."""

from collections.abc import Iterator, Sequence

from skazal.entities import gazetteer
from skazal.entities.labels import known_phrase
from skazal.entities.spans import CLOSING, MARKS, OPENING, QUOTED_NAME, Name, is_initial, names_someone
from skazal.lexicon import find_role
from skazal.words import Text, Word

PURPOSES = frozenset({"по", "при", "против"})
IN_PLACE = frozenset("посольство консульство представительство постпредство миссия".split())
LINKS = frozenset({"nmod", "amod", "conj", "cc", "case", "flat", "flat:name", "flat:foreign", "appos", "det", "nummod"})
OF_PERSONS = frozenset("правительство кабинет команда штаб фонд группа театр музей имя".split())
"""Nouns for what is called after its leader, founder or namesake."""
OF_OUTLETS = frozenset(
    "руководство правление пресс-служба пресс-центр дирекция редколлегия коллегия секретариат представительство".split()
)
"""Nouns for bodies that an outlet has too."""
CHAIN = 4
"""Nouns of office that may stand between an organisation's noun and the name: `пресс-служба президента Мальты`."""


def titled_in_marks(text: Text, names: Sequence[Name]) -> Iterator[Name]:
    """`институт «Общее дело»`: a name in marks after the noun that makes it an organisation or a place."""
    taken = {i for name in names for i in range(name.start, name.stop)}
    for word in text.words:
        if word.text not in OPENING or not word.i or word.i + 1 >= len(text.words):
            continue
        nouns = gazetteer.head_nouns().get(text.words[word.i - 1].lemma, ())
        if not nouns or not text.words[word.i + 1].capitalized:
            continue
        stop = closing(text, word.i)
        if stop is not None and taken.isdisjoint(range(word.i + 1, stop)):
            yield Name(word.i + 1, stop, nouns[0].label, "marks")


def closing(text: Text, i: int) -> int | None:
    """The word that closes the mark at word `i`, if what stands between can be a name."""
    for j in range(i + 1, min(i + 2 + QUOTED_NAME, len(text.words))):
        word = text.words[j]
        if word.sentence != text.words[i].sentence or word.text in "!?…:":
            return None
        if word.text in CLOSING:
            return j if j > i + 1 else None
    return None


def fill_marks(text: Text, names: Sequence[Name]) -> None:
    """Stretch an organisation that begins after a mark to the mark that closes it: `«Совет ветеранов села»`."""
    starts = {name.start for name in names}
    for name in names:
        if name.label != "ORG" or not name.start or text.words[name.start - 1].text not in OPENING:
            continue
        stop = closing(text, name.start - 1)
        if stop is None or stop <= name.stop or not starts.isdisjoint(range(name.stop, stop)):
            continue
        if not any(word.pos in ("VERB", "PUNCT") for word in text.words[name.stop : stop]):
            name.stop = stop


def with_heads(text: Text, names: Sequence[Name]) -> list[Name]:
    """Names in order with the nouns that belong to them; what is a name by itself inside a longer one is kept."""
    found: list[Name] = []
    for name in names:
        set_core(text, name)
        if is_named_after(text, name):
            join_namesake(text, name, found)
            continue
        found.extend(owned(text, name, found) or headed(text, name, found) or [name])
        stretch(text, found)
    return found


def set_core(text: Text, name: Name) -> None:
    """Tell the noun that the tagger has in the span from the name: `ОАО «Ромашка»`."""
    words = text.words
    if name.label != "ORG" or name.stop - name.start < 3 or words[name.start + 1].text not in OPENING:
        return
    if any(noun.takes("titled") for noun in gazetteer.head_nouns().get(words[name.start].lemma, ())):
        name.core = name.start + 1


def is_named_after(text: Text, name: Name) -> bool:
    """`имени Лермонтова`, `им. Гагарина`: the person is not there, as it is in `девушка по имени Елена`."""
    if name.label != "PER" or not name.start or (name.start > 1 and text.words[name.start - 2].norm == "по"):
        return False
    before = text.words[name.start - 1]
    return before.norm in ("имени", "им") or (
        before.text == "." and name.start > 1 and text.words[name.start - 2].norm == "им"
    )


def join_namesake(text: Text, name: Name, found: Sequence[Name]) -> None:
    """Add `им. Лермонтова` to the name that it belongs to."""
    if found and found[-1].label != "PER" and 0 <= name.start - found[-1].stop <= 2:
        between = text.words[found[-1].stop : name.start]
        if all(word.norm in ("имени", "им", ".") for word in between):
            found[-1].stop = name.stop


def owned(text: Text, name: Name, found: Sequence[Name]) -> list[Name] | None:
    """`Верховный суд` + `Мальты`, `Институт права` + `РАН`: an organisation and whose it is."""
    owners = [
        one
        for one in found[-3:]
        if one.stop == name.start and one.label == "ORG" and one.rule not in ("site", "outlet")
    ]
    if not owners or name.label == "PER" or not is_genitive(text, name) or text.words[name.start - 1].text in MARKS:
        return None
    if name.rule == "outlet":
        return None
    if text.words[owners[0].start].sentence != text.words[name.start].sentence:
        return None
    for one in owners:
        one.stop = name.stop
    return [name]


def headed(text: Text, name: Name, found: Sequence[Name]) -> list[Name] | None:
    """A noun right before the name, with its adjectives, makes one name with it."""
    i = name.start - 1
    in_marks = i >= 0 and text.words[i].text in OPENING
    i -= in_marks
    if i < 0 or (found and i < found[-1].stop) or text.words[i].sentence != text.words[name.start].sentence:
        return None
    for head in gazetteer.head_nouns().get(text.words[i].lemma, ()):
        made = (
            place_with_noun(text, name, i, in_marks)
            if head.label == "LOC" and takes(text, name, head, i, in_marks)
            else None
        )
        made = made or (organisation_with_noun(text, name, i, head, in_marks) if head.label == "ORG" else None)
        if made:
            return made
    return owned_through_office(text, name, i, found)


def takes(text: Text, name: Name, head: gazetteer.HeadNoun, i: int, in_marks: bool) -> bool:
    """Whether a noun for places makes a place of the name after it."""
    if name.label == "PER":
        return head.takes("owned") or (head.takes("street") and text.words[name.core].case == "Gen")
    if known_phrase(text, name.core, name.stop) is not None:
        return False
    if not is_titled(text, name, text.words[i], in_marks):
        return is_street(text, name, head, i)
    titled = head.takes("titled") or (head.takes("adjectival") and text.words[name.core].case in ("Nom", None))
    return titled or is_street(text, name, head, i)


def place_with_noun(text: Text, name: Name, i: int, in_marks: bool) -> list[Name]:
    """`города Минск`, `аэропорт «Северный»`, `улицы Гагарина`, `памятник Гагарину`."""
    start, stop = adjectives_before(text, i), with_mark(text, name.stop, in_marks)
    genitive = text.words[name.core].case == "Gen" and text.words[i].case != "Gen"
    if name.label != "PER" and not genitive:
        return [Name(start, stop, "LOC", "noun", core=name.core)]
    whole = Name(start, stop, "LOC", "noun")
    return [whole, name] if text.words[i].lemma == "памятник" else [whole]


def is_street(text: Text, name: Name, head: gazetteer.HeadNoun, i: int) -> bool:
    """`улице Баженова`: whom a street is named after; `улицы Минска` are no street."""
    noun = text.words[i]
    if name.label != "LOC" or not head.takes("street") or noun.number == "Plur":
        return False
    return text.words[name.core].case == "Gen" and noun.case != "Gen"


def organisation_with_noun(
    text: Text, name: Name, i: int, head: gazetteer.HeadNoun, in_marks: bool
) -> list[Name] | None:
    """`компания «Ромашка»`, `команда Ротор`, `правительство Китая`, `служба «Голоса Севера»`."""
    noun = text.words[i]
    start, stop = adjectives_before(text, i), with_mark(text, name.stop, in_marks)
    genitive = text.words[name.core].case == "Gen" and noun.case != "Gen"
    if (
        head.takes("titled")
        and is_titled(text, name, noun, in_marks)
        and not (in_marks and genitive and head.takes("owned"))
    ):
        known_person = name.label == "PER" and (name.stop - name.start > 1 or names_someone(text.words[name.core]))
        if not known_person and not is_known_place(text, name):
            return [Name(start, stop, "ORG", "noun", core=name.core)]
    owner = (is_genitive(text, name) or in_marks or is_latin(text, name)) and not is_told(name, noun, head)
    if head.takes("owned") and owner and not is_official(text, name, start):
        return [Name(start, stop, "ORG", "owner"), name]
    return None


def is_told(name: Name, noun: Word, head: gazetteer.HeadNoun) -> bool:
    """`ТАСС` of `в мэрии ТАСС подтвердили`: an outlet owns no authority, it is whom the authority tells something."""
    return name.rule == "outlet" and head.kinds == {"owned"} and noun.lemma not in OF_OUTLETS


def is_official(text: Text, name: Name, start: int) -> bool:
    """`начальника управления Олега Рябова`: a full name in the case of the office before the noun that begins at word
    `start` is who holds it, not whose organisation it is; but `начальника штаба Олега Рябова`.
    """
    office, noun = text.words[start - 1], text.words[name.start - 1]
    if not start or name.label != "PER" or name.stop - name.core < 2 or noun.lemma in OF_PERSONS:
        return False
    role = find_role(office.lemma)
    return (
        role is not None
        and role.kind in ("office", "member")
        and office.case in ("Gen", "Acc")
        and office.number == "Sing"
    )


def owned_through_office(text: Text, name: Name, i: int, found: Sequence[Name]) -> list[Name] | None:
    """`пресс-служба президента Мальты`: an office in the genitive between the organisation's noun and the name."""
    words = text.words
    first = found[-1].stop if found else 0
    for j in range(i, max(first, i - CHAIN) - 1, -1):
        word = words[j]
        nouns = gazetteer.head_nouns().get(word.lemma, ())
        if j < i and any(noun.label == "ORG" and noun.takes("owned") for noun in nouns):
            return [Name(adjectives_before(text, j), name.stop, "ORG", "owner"), name]
        role = find_role(word.lemma)
        if word.case != "Gen" or not (word.pos == "ADJ" or (role is not None and role.kind == "office")):
            return None
    return None


def with_mark(text: Text, stop: int, in_marks: bool) -> int:
    """The end of a name, with the mark that closes it."""
    return stop + (in_marks and stop < len(text.words) and text.words[stop].text in CLOSING)


def adjectives_before(text: Text, i: int) -> int:
    """The first of the adjectives before noun `i` that agree with it."""
    noun = text.words[i]
    while i:
        word = text.words[i - 1]
        if word.pos != "ADJ" or word.case != noun.case or word.sentence != noun.sentence or word.text[0].isdigit():
            break
        i -= 1
    return i


def is_titled(text: Text, name: Name, noun: Word, in_marks: bool) -> bool:
    """Whether a name is the title of the noun before it: in marks, in Latin letters, in the nominative or its case."""
    if in_marks or is_latin(text, name):
        return True
    return noun.number != "Plur" and text.words[name.core].case in (None, "Nom", noun.case)


def is_known_place(text: Text, name: Name) -> bool:
    """Whether a name is a place's by its label or by the gazetteer."""
    entry = known_phrase(text, name.core, name.stop)
    return name.label == "LOC" or (entry is not None and entry.label == "LOC")


def is_latin(text: Text, name: Name) -> bool:
    """Whether a name begins with a Latin letter or a digit."""
    return text.words[name.core].text[0].isascii()


def is_genitive(text: Text, name: Name) -> bool:
    """Whether a name can be a genitive: by its tag, or because it does not decline."""
    word = text.words[name.core]
    if is_initial(word):
        return {word.case, text.words[name.stop - 1].case} <= {"Gen", None}
    return word.case in ("Gen", None) or word.text.isupper() or word.text[0].isascii()


def stretch(text: Text, found: Sequence[Name]) -> None:
    """Add to an organisation what it is for or where: `Комитет по труду`, `посольство в Риме`."""
    last = [one for one in found[-3:] if one.stop == found[-1].stop and one.label == "ORG"]
    if not last:
        return
    whole = last[0]
    i = whole.stop
    if (
        i + 1 >= len(text.words)
        or text.words[i].sentence != text.words[whole.start].sentence
        or whole.rule in ("site", "outlet", "noun")
    ):
        return
    word = text.words[i]
    noun = next(
        (w for w in text.words[whole.start : whole.stop] if w.lemma in gazetteer.head_nouns() and w.pos == "NOUN"), None
    )
    if noun is None:
        return
    purpose = word.norm in PURPOSES and text.words[word.head].head in range(whole.start, whole.stop)
    place = word.norm in ("в", "во", "на") and noun.lemma in IN_PLACE and text.words[i + 1].capitalized
    if purpose or place:
        whole.stop = dependents_stop(text, word.head, i + 1, whole)


def dependents_stop(text: Text, noun: int, i: int, whole: Name) -> int:
    """Where the phrase of `noun`, which begins at word `i`, ends."""
    words = text.words
    stop = whole.stop
    while i < len(words) and words[i].sentence == words[noun].sentence and words[i].pos not in ("PUNCT", "VERB", "AUX"):
        if i != noun and not links(text, i, noun):
            break
        i += 1
        if words[i - 1].pos in ("NOUN", "PROPN"):
            stop = i
    return stop


def links(text: Text, i: int, noun: int) -> bool:
    """Whether word `i` hangs on `noun` through links of a noun phrase."""
    for _ in range(QUOTED_NAME):
        word = text.words[i]
        if word.dep not in LINKS or word.head == i:
            return False
        if word.head == noun:
            return True
        i = word.head
    return False
