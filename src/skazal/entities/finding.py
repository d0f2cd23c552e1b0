"""All names of a text: the tagger's spans repaired, lists, brackets, repeats, and the nouns that belong to names."""

from collections.abc import Iterator, Sequence

from skazal.entities.aliases import abbreviated, in_brackets
from skazal.entities.heads import fill_marks, titled_in_marks, with_heads
from skazal.entities.labels import is_role, is_title, relabel
from skazal.entities.listed import inner_countries, listed
from skazal.entities.repeats import repeats
from skazal.entities.spans import (
    VOWELS,
    Name,
    in_order,
    is_initial,
    is_patronymic,
    names_someone,
    pieces,
    without_overlaps,
)
from skazal.morphology import parses
from skazal.names.forms import is_given_name
from skazal.words import Text, Word

CALLED = frozenset({"имени", "фамилии", "прозвищу"})
"""Nouns behind `по` before somebody's name."""


def find_names(text: Text) -> list[Name]:
    """Names in the order of the text; a shorter name may stand within a longer one, after it in the list. O(words)."""
    spans = [name for span in text.names for name in pieces(text, span)]
    capitalized = [word for word in text.words if word.text[0].isupper()]
    known = listed(text, capitalized)
    names = without_overlaps([*(name for name in known if name.rule != "country"), *spans, *known])
    names = [name for name in names if not is_role(text, name) and not is_title(text, name)]
    names = completed(text, joined_persons(text, [*names, *left_out(text, capitalized, names)]))
    whole_latin(text, names)
    names = without_overlaps([*names, *abbreviated(text, names)])
    names = without_overlaps([*names, *in_brackets(text, names), *titled_in_marks(text, names)])
    fill_marks(text, names)
    names = without_overlaps([*names, *repeats(text, capitalized, names)])
    relabel(text, names)
    names = with_heads(text, names)
    relabel(text, names)
    return in_order([*names, *inner_countries(text, names)])


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
    if any(word.norm == last.norm for word in text.words[second.start : second.stop]):
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


def whole_latin(text: Text, names: Sequence[Name]) -> None:
    """Stretch organisations in Latin letters over the Latin words before them: `SEA` of `телеканал SEA LIFE`."""
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


def is_latin(text: Text, i: int) -> bool:
    """Whether word `i` is in Latin letters, with a capital."""
    return i >= 0 and text.words[i].capitalized and text.words[i].text.isascii()


def precedes(text: Text, name: Name) -> bool:
    """Whether the word before a person's name belongs to it; a surname that the name has already is somebody else's."""
    word = text.words[name.start - 1]
    if any(word.norm == other.norm for other in text.words[name.start : name.stop]):
        return False
    return goes_on(text, name.start - 1, text.words[name.start])


def follows(text: Text, name: Name) -> bool:
    """Whether the word after a person's name belongs to it: any surname after a lone given name."""
    word, last = text.words[name.stop], text.words[name.stop - 1]
    if name.stop - name.start == 1 and is_given_name(last.norm) and is_surname_after(last, word):
        return True
    return goes_on(text, name.stop, last)


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
