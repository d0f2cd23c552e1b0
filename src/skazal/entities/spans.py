"""Where the text names someone or something: the tagger's spans cut, completed and labelled anew.

The tagger finds most names but not their borders: a span runs on (`Организации в международных операциях`), swallows what
stands in brackets (`Союз садоводов (СС)`), or leaves out the noun that makes the name (`правительство Китая`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from skazal.entities import gazetteer
from skazal.lexicon import outlets, roles
from skazal.morphology import parses
from skazal.names.forms import is_given_name
from skazal.words import NamedSpan, Text, Word

BREAKS = frozenset("()[]{};:•|…!?*")
OPENING, CLOSING = frozenset("«„“\"'‘"), frozenset("»”“\"'’")
MARKS = OPENING | CLOSING
PREPOSITIONS = frozenset(
    "в во на с со из от к ко у о об обо за под над через после перед между без для про около среди против по при".split()
)
KEPT_IN_ORGANISATIONS = frozenset("по при за для против о об к".split())
SITE = re.compile(
    r"(?<![\w@./-])(?:[\w-]+\.)+(?:ru|рф|ру|com|net|org|info|kz|ua|by|su|uz|kg|am|az|ge|md|lv|lt|ee|eu|uk|de|fr|tv|fm|news|media|"
    r"online|инфо|онлайн|нет|ком)(?![\w/@-])",
    re.IGNORECASE,
)
HONORIFICS = frozenset("сэр лорд леди мистер миссис мисс господин госпожа дон месье мадам сеньор герр".split())
QUOTED_NAME = 9
"""Words that a name in quotation marks may have at most."""
NAMES_OF_PEOPLE = frozenset({"Name", "Surn", "Patr"})


@dataclass(slots=True, eq=False)
class Name:
    """A name in the text: words `start` to `stop` (exclusive), label (PER, LOC, ORG) and the rule that made it.

    `core` is where the proper name begins after a common noun that only says what it is (`города Минск`, `партии «Весна»`).
    `alias_of` is the name before the brackets in which this one stands.
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


def find_names(text: Text) -> list[Name]:
    """Names in the order of the text; a shorter name may stand within a longer one, after it in the list. O(words)."""
    names = [name for span in text.names for name in pieces(text, span)]
    names = without_overlaps([*sites(text), *listed_outlets(text), *names])
    names = [name for name in names if not is_role(text, name)]
    for name in names:
        name.label = label_of(text, name)
    names = [completed(text, name) for name in joined_persons(text, names)]
    names = without_overlaps([*names, *in_brackets(text, names), *titled_in_marks(text, names)])
    return in_order(with_heads(text, names))


def in_order(names: Sequence[Name]) -> list[Name]:
    return sorted(names, key=lambda name: (name.start, -name.stop))


def without_overlaps(names: Sequence[Name]) -> list[Name]:
    """Names in order; of two that overlap the one that comes first in `names` stays."""
    taken: set[int] = set()
    kept = []
    for name in names:
        words = range(name.start, name.stop)
        if not any(i in taken for i in words):
            taken.update(words)
            kept.append(name)
    return in_order(kept)


def pieces(text: Text, span: NamedSpan) -> Iterator[Name]:
    """The names in a span of the tagger, which may hold a list, brackets or the beginning of a clause."""
    start, before = span.start, None
    for i in range(span.start, span.stop + 1):
        if i < span.stop and not breaks(text, span, i):
            continue
        name = trimmed(text, start, i, span.label)
        if name and name.label == "PER":
            yield from persons_in(text, name)
            before = name
            start = i
            continue
        if name and (before is None or text.words[start].norm not in PREPOSITIONS):
            yield name
            before = name
        start = i


def persons_in(text: Text, name: Name) -> Iterator[Name]:
    """The persons in one span: `Премьер-министр Ян Белов` without the office, `Белова Анна Орлова` as two."""
    start = without_title(text, name.start, name.stop)
    for i in range(start + 1, name.stop):
        if another_begins(text, start, i, name.stop):
            yield Name(start, i, "PER")
            start = i
    if start < name.stop:
        yield Name(start, name.stop, "PER")


def without_title(text: Text, start: int, stop: int) -> int:
    """Where a person's name begins after an office, a pronoun or an age that the span begins with."""
    while start < stop - 1 and any(word.capitalized for word in text.words[start + 1 : stop]):
        word = text.words[start]
        role = roles().get(word.lemma)
        title = (role is not None and role.kind != "org" and word.pos != "PROPN") or word.lemma in gazetteer.inhabitants()
        if not (title or word.pos in ("PRON", "DET") or word.lemma == "сам" or "-летн" in word.norm or word.lemma in HONORIFICS):
            break
        start += 1
    return start


def another_begins(text: Text, start: int, i: int, stop: int) -> bool:
    """Whether word `i` begins the name of a second person: a given name in another case, or after a whole name."""
    word, before = text.words[i], text.words[i - 1]
    if not word.capitalized or before.text == "." or is_initial(before) or not is_given_name(word.norm):
        return False
    if is_given_name(before.norm) and i - start == 1:
        return False
    if i + 1 < stop and word.norm != before.norm and text.words[stop - 1].norm == text.words[start].norm and stop - start == 3:
        return True
    differs = word.case is not None and before.case is not None and word.case != before.case
    whole = i - start >= 2 and is_given_name(text.words[start].norm) and i + 1 < stop
    return (differs and i + 1 < stop) or (whole and not is_given_name(before.norm))


def breaks(text: Text, span: NamedSpan, i: int) -> bool:
    """Whether a span cannot go on across the border before word `i`, or `i` is no part of a name."""
    word = text.words[i]
    if i > span.start and word.sentence != text.words[i - 1].sentence:
        return True
    if word.text in BREAKS or (word.pos == "VERB" and word.feats.get("VerbForm") == "Fin" and not word.capitalized):
        return True
    if word.text == ",":
        return span.label != "ORG" or (i + 1 < span.stop and text.words[i + 1].capitalized)
    if word.norm not in PREPOSITIONS or word.capitalized:
        return False
    follows = text.words[i + 1] if i + 1 < span.stop else None
    return span.label != "ORG" or not (
        word.norm in KEPT_IN_ORGANISATIONS or (follows is not None and follows.capitalized)
    )


def trimmed(text: Text, start: int, stop: int, label: str) -> Name | None:
    """A name without the marks and connecting words at its ends; None where nothing of a name is left."""
    words = text.words
    while start < stop and (not any(ch.isalnum() for ch in words[start].text) or words[start].norm in PREPOSITIONS):
        start += 1
    while start < stop and not words[stop - 1].text[-1].isalnum() and not ends_inside(text, start, stop):
        stop -= 1
    while start < stop and words[stop - 1].pos in ("CCONJ", "ADP") and not words[stop - 1].capitalized:
        stop -= 1
    if not any(ch.isupper() or ch.isdigit() for word in words[start:stop] for ch in word.text):
        return None
    return Name(start, stop, label)


def ends_inside(text: Text, start: int, stop: int) -> bool:
    """Whether the last word closes a mark or ends an initial that belongs to the name."""
    last = text.words[stop - 1].text
    if last == ".":
        return stop - start > 1 and len(text.words[stop - 2].text) <= 2 and text.words[stop - 2].capitalized
    return last in CLOSING and any(word.text in OPENING for word in text.words[start : stop - 1])


def sites(text: Text) -> Iterator[Name]:
    """Sites by their address, which the tokenizer cuts: `Vesti.kz`."""
    starts: list[int] = []
    for match in SITE.finditer(text.text):
        starts = starts or [word.start for word in text.words]
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        if first < last and starts[first] == match.start() and text.words[last - 1].end == match.end():
            yield Name(first, last, "ORG", "site")


def listed_outlets(text: Text) -> Iterator[Name]:
    """News outlets of the lexicon; a name that is also a word counts only in quotation marks or after a noun like `газета`."""
    first_words = outlets_by_first_word()
    for word in text.words:
        for length, whole in first_words.get(word.norm, ()) if word.capitalized else ():
            stop = word.i + length
            if stop <= len(text.words) and tuple(w.norm for w in text.words[word.i : stop]) == whole:
                if length > 1 or not is_common(word) or stands_as_title(text, word.i, stop):
                    yield Name(word.i, stop, "ORG", "outlet")
                break


@cache
def outlets_by_first_word() -> Mapping[str, Sequence[tuple[int, tuple[str, ...]]]]:
    """Numbers of words and words of the lexicon's outlets by their first word, the longest first."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for outlet in outlets().values():
        found.setdefault(outlet.words[0], []).append((len(outlet.words), outlet.words))
    return {first: sorted(rest, reverse=True) for first, rest in found.items()}


def is_common(word: Word) -> bool:
    """Whether a dictionary knows the word as something other than a name: `Труд`, `Известия`."""
    best = parses(word.norm)[0]
    return best.is_known and not (best.tag.grammemes & {"Orgn", "Trad", "Abbr"})


def stands_as_title(text: Text, start: int, stop: int) -> bool:
    words = text.words
    if start and words[start - 1].text in OPENING and stop < len(words) and words[stop].text in CLOSING:
        return True
    return bool(start) and any(noun.takes("titled") for noun in gazetteer.head_nouns().get(words[start - 1].lemma, ()))


def is_role(text: Text, name: Name) -> bool:
    """`Президент`, `Спикер`, `Маэстро`: one word that says who somebody is does not name anybody."""
    if name.stop - name.start > 1 or name.label == "LOC":
        return False
    word = text.words[name.start]
    role = roles().get(word.lemma)
    if role is None or role.kind == "org":
        return word.norm == "сми"
    first, _ = text.sentences[word.sentence]
    return not word.capitalized or word.i == first or text.words[word.i - 1].text in MARKS or name.label == "ORG"


def label_of(text: Text, name: Name) -> str:
    """The label, as the gazetteer has it where it knows the name: `ЕС` is an organisation, `МКС` a place."""
    entry = gazetteer.known().get(gazetteer.plain(text.slice(name.start, name.stop))) or known_phrase(text, name)
    return entry.label if entry and name.label != "PER" else name.label


def known_phrase(text: Text, name: Name) -> gazetteer.Known | None:
    """The gazetteer's entry for a name in an oblique case, by the lemmas of its words."""
    return gazetteer.known().get(" ".join(word.lemma for word in text.words[name.start : name.stop]))


def joined_persons(text: Text, names: Sequence[Name]) -> list[Name]:
    """`Хвана` and `Чжан Епа` side by side in one case are one person's name."""
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if (
            before
            and before.label == name.label == "PER"
            and before.stop == name.start
            and one_name(text, before, name)
        ):
            before.stop = name.stop
        else:
            joined.append(name)
    return joined


def one_name(text: Text, first: Name, second: Name) -> bool:
    last, following = text.words[first.stop - 1], text.words[second.start]
    return (
        last.sentence == following.sentence
        and first.stop - first.start == 1
        and not (second.stop - second.start > 1 and names_someone(following.norm))
        and last.case == following.case
        and not text.text[last.end : following.start].strip()
    )


def completed(text: Text, name: Name) -> Name:
    """A person's name with the given name, surname or initials beside it that the tagger left out."""
    if name.label != "PER":
        return name
    words = text.words
    while name.start and goes_on(text, name.start - 1, words[name.start]):
        name.start -= 1
    while name.stop < len(words) and goes_on(text, name.stop, words[name.stop - 1]):
        name.stop += 1
    name.core = name.start
    return name


def goes_on(text: Text, i: int, neighbour: Word) -> bool:
    """Whether word `i` belongs to the person's name beside it."""
    word = text.words[i]
    if word.sentence != neighbour.sentence or abs(i - neighbour.i) != 1:
        return False
    if word.text == "." and i < neighbour.i:
        return i > 0 and is_initial(text.words[i - 1])
    if is_initial(word):
        return i < neighbour.i or (i + 1 < len(text.words) and text.words[i + 1].text == ".")
    if word.text == ".":
        return is_initial(neighbour) and i + 1 < len(text.words)
    if word.case != neighbour.case or not word.capitalized or len(word.text) == 1 or word.pos != "PROPN":
        return False
    return names_someone(word.norm)


def is_initial(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isupper() and word.text.isalpha()


def names_someone(norm: str) -> bool:
    best = parses(norm)[0]
    return bool(best.is_known and best.tag.grammemes & NAMES_OF_PEOPLE)


def in_brackets(text: Text, names: Sequence[Name]) -> Iterator[Name]:
    """`Союз садоводов (СС)`, `Джон Доу (John Doe)`, `Лига юристов (далее — Лига)`: another name of the same."""
    starts = {name.start: name for name in names}
    for name in names:
        i = name.stop
        while i < len(text.words) and text.words[i].text in CLOSING:
            i += 1
        inside = bracketed(text, i)
        if inside is None:
            continue
        start, stop = inside
        if not looks_like_alias(text, start, stop):
            continue
        if (other := starts.get(start)) is not None and other.stop == stop:
            other.label, other.alias_of = name.label, name
        elif not any(at in starts for at in range(start, stop)):
            yield Name(start, stop, name.label, "brackets", alias_of=name)


def is_known_place(text: Text, name: Name) -> bool:
    entry = known_phrase(text, name)
    return name.label == "LOC" or (entry is not None and entry.label == "LOC")


def bracketed(text: Text, i: int) -> tuple[int, int] | None:
    """The words between the bracket at word `i` and the one that closes it, without `далее —` and marks."""
    words = text.words
    if i >= len(words) or words[i].text != "(":
        return None
    stop = next((j for j in range(i + 1, min(i + 2 + QUOTED_NAME, len(words))) if words[j].text == ")"), None)
    if stop is None:
        return None
    start = i + 1
    while start < stop and (words[start].norm in ("далее", "англ", "сокращенно") or not words[start].text[0].isalnum()):
        start += 1
    while start < stop and words[stop - 1].text in CLOSING:
        stop -= 1
    return (start, stop) if start < stop else None


def looks_like_alias(text: Text, start: int, stop: int) -> bool:
    """Latin words, or one abbreviation."""
    words = text.words[start:stop]
    if (
        all(word.text[0].isascii() and word.text[0].isalpha() or word.text in "-&.’'" for word in words)
        and words[0].capitalized
    ):
        return True
    return stop - start == 1 and words[0].text.isupper() and len(words[0].text) > 1 and words[0].text.isalpha()


def titled_in_marks(text: Text, names: Sequence[Name]) -> Iterator[Name]:
    """`институт «Общее дело»`: a name in quotation marks after the noun that makes it an organisation or a place."""
    taken = {i for name in names for i in range(name.start, name.stop)}
    for word in text.words:
        if (
            word.text not in OPENING
            or not word.i
            or word.i + 1 >= len(text.words)
            or not text.words[word.i + 1].capitalized
        ):
            continue
        nouns = gazetteer.head_nouns().get(text.words[word.i - 1].lemma, ())
        stop = closing(text, word.i)
        if nouns and stop is not None and not any(i in taken for i in range(word.i + 1, stop)):
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


def with_heads(text: Text, names: Sequence[Name]) -> list[Name]:
    """Names with the nouns that belong to them: `компании «Ромашка»`, `правительство Китая`, `Верховный суд Мальты`."""
    found: list[Name] = []
    for name in names:
        if is_named_after(text, name):
            continue
        before = found[-1] if found else None
        for rule in HEAD_RULES:
            whole = rule(text, name, before)
            if whole is not None:
                found.extend(whole)
                break
        else:
            found.append(name)
    return list({id(name): name for name in found}.values())


def is_named_after(text: Text, name: Name) -> bool:
    """`имени Лермонтова`, `улица Гагарина`: the person is not there."""
    if name.label != "PER" or not name.start:
        return False
    before = text.words[name.start - 1]
    return before.norm in ("имени", "им") or (
        before.text == "." and name.start > 1 and text.words[name.start - 2].norm == "им"
    )


def genitive_owner(text: Text, name: Name, before: Name | None) -> list[Name] | None:
    """`Верховный суд` + `Мальты`, `Институт права` + `РАН`: an organisation and whose it is."""
    if (
        before is None
        or before.label != "ORG"
        or before.stop != name.start
        or name.label == "PER"
        or not is_genitive(text, name)
    ):
        return None
    if text.words[before.start].sentence != text.words[name.start].sentence or before.rule in ("site", "outlet"):
        return None
    before.stop = name.stop
    return [name]


def headed(text: Text, name: Name, before: Name | None) -> list[Name] | None:
    """A noun right before the name, with its adjectives, makes one name with it."""
    i = name.start - 1
    in_marks = i >= 0 and text.words[i].text in OPENING
    i -= in_marks
    if i < 0 or (before is not None and i < before.stop) or text.words[i].sentence != text.words[name.start].sentence:
        return None
    noun = text.words[i]
    for head in gazetteer.head_nouns().get(noun.lemma, ()):
        made = with_head(text, name, noun, head, in_marks)
        if made:
            return made
    return None


def with_head(text: Text, name: Name, noun: Word, head: gazetteer.HeadNoun, in_marks: bool) -> list[Name] | None:
    start = adjectives_before(text, noun.i)
    stop = name.stop + (in_marks and name.stop < len(text.words) and text.words[name.stop].text in CLOSING)
    if head.label == "LOC":
        if name.label == "PER" and head.takes("owned"):
            return [Name(start, stop, "LOC", "head", core=start), name]
        if name.label == "PER" and head.takes("adjectival"):
            return [Name(start, stop, "LOC", "head", core=start)]
        if (
            head.takes("titled")
            and name.label in ("LOC", "ORG")
            and not is_country(text, name)
            and titled(text, name, noun, in_marks)
        ):
            return [Name(start, stop, "LOC", "head", core=name.core)]
        return None
    if (
        name.label != "PER"
        and head.takes("titled")
        and titled(text, name, noun, in_marks)
        and not is_known_place(text, name)
    ):
        return [Name(start, stop, "ORG", "head", core=name.core)]
    if head.takes("owned") and (is_genitive(text, name) or in_marks or is_latin(text, name)):
        return [Name(start, stop, "ORG", "owner", core=start), name]
    return None


def adjectives_before(text: Text, i: int) -> int:
    """The first of the adjectives before noun `i` that agree with it."""
    noun = text.words[i]
    while i:
        word = text.words[i - 1]
        if word.pos != "ADJ" or word.case != noun.case or word.sentence != noun.sentence or word.text[0].isdigit():
            break
        i -= 1
    return i


def titled(text: Text, name: Name, noun: Word, in_marks: bool) -> bool:
    """Whether a name is the title of the noun before it: in marks, in Latin letters, in the nominative or in the same case."""
    if in_marks or is_latin(text, name):
        return True
    if noun.number == "Plur":
        return False
    first = text.words[name.core]
    return first.case in (None, "Nom", noun.case)


def is_country(text: Text, name: Name) -> bool:
    entry = known_phrase(text, name)
    return entry is not None and len(entry.key) == 2


def is_latin(text: Text, name: Name) -> bool:
    return text.words[name.core].text[0].isascii()


def is_genitive(text: Text, name: Name) -> bool:
    """Whether a name can be a genitive: by its tag, or because it does not decline."""
    word = text.words[name.core]
    return word.case in ("Gen", None) or word.text.isupper() or word.text[0].isascii()


HeadRule = Callable[[Text, Name, Name | None], list[Name] | None]
HEAD_RULES: Sequence[HeadRule] = (genitive_owner, headed)
