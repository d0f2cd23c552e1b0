"""All names of a text: the tagger's spans repaired, lists, brackets, repeats, and the nouns that belong to names."""

from collections.abc import Iterator, Sequence

from skazal.entities.aliases import abbreviated, in_brackets
from skazal.entities.heads import fill_marks, titled_in_marks, with_heads
from skazal.entities.labels import is_model, is_role, is_title, relabel
from skazal.entities.listed import inner_countries, listed
from skazal.entities.repeats import repeats
from skazal.entities.spans import (
    VOWELS,
    Name,
    in_order,
    is_initial,
    is_patronymic,
    is_whose_and_to_whom,
    names_someone,
    opens_sentence,
    pieces,
    without_overlaps,
)
from skazal.lexicon import find_role
from skazal.morphology import known_tags, parses
from skazal.names.dictionaries import name_words
from skazal.names.forms import is_given_name
from skazal.words import Text, Word

FEMININE_PATRONYMIC = ("вна", "вны", "вне", "вну", "вной", "ична", "ичны", "ичне", "ичну", "ичной")
APOSTROPHES = frozenset("'’`‘")
TELLING = frozenset(
    "сообщить сообщать рассказать рассказывать сказать говорить заявить заявлять пояснить объяснить подтвердить "
    "уточнить отметить добавить".split()
)
"""Verbs whose addressee may be an outlet of one form, as if it stood in the nominative."""
CALLED = frozenset({"имени", "фамилии", "прозвищу"})
"""Nouns behind `по` before somebody's name."""


def find_names(text: Text) -> list[Name]:
    """Names in the order of the text; a shorter name may stand within a longer one, after it in the list. O(words)."""
    spans = [name for span in text.names for name in pieces(text, span)]
    capitalized = [word for word in text.words if word.text[0].isupper()]
    known = listed(text, capitalized)
    sure = [*(name for name in known if name.rule != "country"), *surnames_first(text, capitalized)]
    names = without_overlaps([*sure, *spans, *known])
    names = [name for name in names if not any(wrong(text, name) for wrong in (is_role, is_title, is_model))]
    for name in names:
        if is_told(text, name):
            name.label, name.rule = "ORG", "outlet"
    names = without_given_names(text, [*names, *left_out(text, capitalized, names)])
    names = completed(text, joined_persons(text, names))
    whole_latin(text, names)
    names = without_overlaps([*names, *abbreviated(text, names)])
    names = without_overlaps([*names, *in_brackets(text, names), *titled_in_marks(text, names)])
    fill_marks(text, names)
    names = without_overlaps([*names, *repeats(text, capitalized, names)])
    names = with_apostrophes(text, names)
    relabel(text, names)
    names = with_heads(text, names)
    relabel(text, names)
    return in_order([*names, *inner_countries(text, names)])


def is_told(text: Text, name: Name) -> bool:
    """`Урал-пресс` of `рассказал Урал-пресс врач Иван Белов`: what stands between a verb and its subject was told."""
    if name.label != "PER" or name.stop - name.start > 1 or not 0 < name.start < len(text.words) - 1:
        return False
    verb, word, behind = text.words[name.start - 1 : name.start + 2]
    subjects = word.dep == behind.dep == "nsubj" and word.head == behind.head == verb.i and behind.pos == "NOUN"
    return subjects and verb.lemma in TELLING and word.case == "Nom" and not is_given_name(word.norm)


def surnames_first(text: Text, capitalized: Sequence[Word]) -> Iterator[Name]:
    """`Фан Цзинь` of `представитель МИД Фан Цзинь`: a Chinese or Korean name by the tree, where the tagger has none."""
    surnames = name_words().asian
    asian = [word for word in capitalized if word.norm in surnames and word.text[1:].islower()]
    if not asian:
        return
    persons = {i for span in text.names if span.label == "PER" for i in range(span.start, span.stop)}
    for word in asian:
        stop = word.i + 1
        while stop < len(text.words) and is_given_behind(text, word, stop):
            stop += 1
        if stop > word.i + 1 and word.i not in persons and word.dep != "flat:name":
            yield Name(word.i, stop, "PER", "tree")


def is_given_behind(text: Text, surname: Word, i: int) -> bool:
    """Whether word `i` is a part of the given name of whom the tree has the surname before it."""
    word = text.words[i]
    return word.dep == "flat:name" and word.head == surname.i and word.capitalized and word.sentence == surname.sentence


def left_out(text: Text, capitalized: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """Persons in constructions that tell them, whom the tagger leaves out."""
    taken = {i for name in names for i in range(name.start, name.stop)}
    for word in capitalized:
        if word.i not in taken and (is_called(text, word) or is_subject(text, word) or opens_name(text, word)):
            yield Name(word.i, word.i + 1, "PER")


def is_called(text: Text, word: Word) -> bool:
    """`Елена` of `девушка по имени Елена`."""
    return word.i > 1 and text.words[word.i - 1].norm in CALLED and text.words[word.i - 2].norm == "по"


def opens_name(text: Text, word: Word) -> bool:
    """`Нурлан` of `Нурлан Есимов`: a given name before a surname that the tree takes for the rest of the name."""
    behind = text.words[word.i + 1] if word.i + 1 < len(text.words) else word
    surname = behind.dep == "flat:name" and behind.head == word.i and behind.text[1:].islower()
    return surname and word.pos == "PROPN" and is_given_name(word.norm) and is_surname_after(word, behind)


def is_subject(text: Text, word: Word) -> bool:
    """A surname alone as the subject of a verb: `Собянин открыл мост`."""
    verb = text.words[word.head]
    subject = word.dep == "nsubj" and word.pos == "PROPN" and verb.pos == "VERB"
    return subject and verb.gender in (None, word.gender) and is_surname(word)


def is_surname(word: Word) -> bool:
    """Whether the dictionary has a word as a surname and as nothing else."""
    return all(parse.is_known and "Surn" in parse.tag.grammemes for parse in parses(word.norm))


def without_given_names(text: Text, names: Sequence[Name]) -> list[Name]:
    """Names without the given name of a person behind them: `улицы Речной` of `улицы Речной Зоя` before `Фёдоровна`."""
    givens = {name.start - 1 for name in names if name.label == "PER" and given_before(text, name)}
    for name in names:
        if name.label != "PER" and name.stop - 1 in givens:
            name.stop -= 1
    return [name for name in names if name.stop > name.start]


def given_before(text: Text, name: Name) -> bool:
    """`Фира` before `Моисеевна Гольц`: what is capitalized before a patronymic is a given name, be it unknown."""
    if not name.start or name.start >= len(text.words) or not is_patronymic(text.words[name.start]):
        return False
    word, patronymic = text.words[name.start - 1], text.words[name.start]
    whole = name.stop - name.start > 1 or patronymic.norm.endswith(FEMININE_PATRONYMIC)
    if not whole or word.sentence != patronymic.sentence or not word.capitalized or not word.text[1:].islower():
        return False
    if is_given_name(word.norm):
        return True
    common = opens_sentence(text, word) and word.pos != "PROPN" and bool(known_tags(word.norm))
    return word.case == patronymic.case and not common and find_role(word.lemma) is None


def joined_persons(text: Text, names: Sequence[Name]) -> list[Name]:
    """`Пака` and `Мин Су` side by side in one case are one person's name."""
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
    """Whether two spans side by side are one person's name."""
    last, following = text.words[first.stop - 1], text.words[second.start]
    if last.sentence != following.sentence or text.text[last.end : following.start].strip():
        return False
    again = any(word.norm == last.norm for word in text.words[second.start : second.stop])
    if again or is_whose_and_to_whom(last, following):
        return False
    if is_initial(following):
        return True
    if second.stop - second.start == 1 and first.stop - first.start == 2 and is_patronymic(last):
        return True
    if first.stop - first.start > 1 or last.case != following.case:
        return False
    whole = second.stop - second.start > 1 and is_given_name(following.norm)
    return not whole or last.norm[-1] not in VOWELS


def completed(text: Text, names: Sequence[Name]) -> list[Name]:
    """Persons' names with the given names, surnames and initials beside them that the tagger left out."""
    taken = {i for name in names for i in range(name.start, name.stop)}
    for name in names:
        if name.label == "PER":
            while name.start and name.start - 1 not in taken and precedes(text, name):
                name.start -= 1
            while name.stop < len(text.words) and name.stop not in taken and follows(text, name):
                name.stop += 1
            name.core = name.start
    return list(names)


def with_apostrophes(text: Text, names: Sequence[Name]) -> list[Name]:
    """Persons' names with the letter and the apostrophe before them: `О'Рейли`, of which the tagger has `Рейли`."""
    units = [word.i - 1 for word in text.words if word.text in APOSTROPHES and is_within(text, word)]
    if not units:
        return list(names)
    at = {i: name for name in names for i in range(name.start, name.stop)}
    alone = []
    for start in units:
        name = next((at[i] for i in range(start, start + 3) if i in at), None)
        if name is None and text.words[start].text in ("О", "Д"):
            alone.append(Name(start, start + 3, "PER", "apostrophe"))
        elif name is not None and name.label == "PER":
            name.start, name.stop = min(name.start, start), max(name.stop, start + 3)
            name.core = name.start
    return without_overlaps([*names, *alone])


def is_within(text: Text, mark: Word) -> bool:
    """Whether an apostrophe stands between a capital letter and a word with a capital, no spaces between them."""
    if not 0 < mark.i < len(text.words) - 1:
        return False
    letter, word = text.words[mark.i - 1], text.words[mark.i + 1]
    return is_initial(letter) and letter.end == mark.start and mark.end == word.start and word.capitalized


def whole_latin(text: Text, names: Sequence[Name]) -> None:
    """Stretch organisations in Latin letters over the Latin words around them: `SEA` of `телеканал SEA LIFE`."""
    taken = {i for name in names for i in range(name.start, name.stop)}
    for name in names:
        while name.label == "ORG" and is_latin(text, name.start) and name.start - 1 not in taken:
            if (
                not is_latin(text, name.start - 1)
                or text.words[name.start - 1].sentence != text.words[name.start].sentence
            ):
                break
            name.start -= 1
            name.core = name.start
        while name.label == "ORG" and name.stop not in taken and goes_on_in_latin(text, name):
            name.stop += 1


def goes_on_in_latin(text: Text, name: Name) -> bool:
    """Whether the tree has the Latin word behind a Latin name as a part of it: `The Guardian` + `Weekly`."""
    if name.stop >= len(text.words) or not is_latin(text, name.stop) or not is_latin(text, name.stop - 1):
        return False
    word = text.words[name.stop]
    return word.dep.startswith("flat") and word.head in range(name.start, name.stop)


def is_latin(text: Text, i: int) -> bool:
    """Whether word `i` is in Latin letters, with a capital."""
    return i >= 0 and text.words[i].capitalized and text.words[i].text.isascii()


def precedes(text: Text, name: Name) -> bool:
    """Whether the word before a person's name belongs to it; a surname that the name has already is somebody else's."""
    word = text.words[name.start - 1]
    if any(word.norm == other.norm for other in text.words[name.start : name.stop]):
        return False
    return goes_on(text, name.start - 1, text.words[name.start]) or given_before(text, name)


def follows(text: Text, name: Name) -> bool:
    """Whether the word after a person's name belongs to it: any surname after a lone given name."""
    word, last = text.words[name.stop], text.words[name.stop - 1]
    if name.stop - name.start == 1 and is_given_name(last.norm) and is_surname_after(last, word):
        return True
    return goes_on(text, name.stop, last) or makes_patronymic(last, word)


def makes_patronymic(last: Word, word: Word) -> bool:
    """`кызы` after `Гюльчехра Мамед`; `углы` and `угли` are mostly corners and coals."""
    if word.norm not in name_words().patronymic or word.sentence != last.sentence or not last.capitalized:
        return False
    return not any("inan" in tag.grammemes for tag in known_tags(word.norm))


def is_surname_after(given: Word, word: Word) -> bool:
    """`Ромеро` after `Пабло`."""
    return word.sentence == given.sentence and word.pos == "PROPN" and word.capitalized and word.case == given.case


def goes_on(text: Text, i: int, neighbour: Word) -> bool:
    """Whether word `i` belongs to the person's name beside it."""
    word = text.words[i]
    if word.sentence != neighbour.sentence:
        return False
    if word.text == ".":
        return is_initial(text.words[i - 1]) if i < neighbour.i else is_initial(neighbour) and i + 1 < len(text.words)
    if is_initial(word):
        return i + 1 < len(text.words) and text.words[i + 1].text == "."
    if word.case != neighbour.case or not word.capitalized or word.pos != "PROPN":
        return False
    return names_someone(word)
