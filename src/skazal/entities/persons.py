"""Persons: names that are one person's joined, the fullest name in the nominative, gender."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from skazal.entities.referents import Place, Referent
from skazal.entities.spans import Name
from skazal.morphology import tag_of
from skazal.names import MentionForm, PersonName, canonical, compatible, parse_name
from skazal.words import Text, fold


@dataclass(slots=True, eq=False)
class Person:
    """Mentions that are one person's. `name` is what is known of the name so far."""

    name: PersonName
    mentions: list[Name] = field(default_factory=list)
    forms: list[MentionForm] = field(default_factory=list)

    def add(self, mention: Name, form: MentionForm) -> None:
        self.mentions.append(mention)
        self.forms.append(form)


class Register:
    """Persons by the words of their names, so that a mention meets only those it may belong to."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.by_word: dict[str, list[Person]] = defaultdict(list)

    def new(self, name: PersonName) -> Person:
        person = Person(name)
        self.persons.append(person)
        for word in keys(name):
            self.by_word[word].append(person)
        return person

    def candidates(self, name: PersonName) -> list[Person]:
        """Persons that share a word with `name` and that nothing speaks against."""
        found = {id(person): person for word in keys(name) for person in self.by_word.get(word, ())}
        fitting = [person for person in found.values() if compatible(person.name, name)]
        if fitting or name.first or not name.gender:
            return fitting
        return [person for person in found.values() if compatible(person.name, replace(name, gender=None))]


def keys(name: PersonName) -> Iterable[str]:
    """The folded words that a person can be found under: surnames, given names, nicknames."""
    words = {part for surname in name.surnames for part in (surname, *surname.replace("-", " ").split())}
    for part in (name.first, name.surname, name.nickname):
        words.update(fold(part or "").split())
    return {word for word in words if not word.endswith(".")}


def persons(text: Text, names: Sequence[Name]) -> list[Referent]:
    """The persons that the PER names of a text denote; O(names)."""
    register = Register()
    forms = {id(name): form_of(text, name) for name in names}
    parsed = {id(name): parse_name(forms[id(name)].words, tags=forms[id(name)].tags) for name in names}
    owner: dict[int, Person] = {}
    for name in sorted(names, key=lambda name: -fullness(parsed[id(name)])):
        if fullness(parsed[id(name)]) > 1:
            owner[id(name)] = join(register, name, parsed[id(name)], forms[id(name)], owner)
    for name in names:
        if id(name) not in owner:
            owner[id(name)] = join(register, name, parsed[id(name)], forms[id(name)], owner)
    return [referent(person) for person in register.persons if person.mentions]


def form_of(text: Text, name: Name) -> MentionForm:
    words = text.words[name.start : name.stop]
    return MentionForm(tuple(word.text for word in words), tuple(tag_of(word) for word in words))


def fullness(name: PersonName) -> int:
    """How much of a name is there: initials count half."""
    parts = (name.first, name.patronymic, name.surname)
    return sum(0 if not part else 1 if part.endswith(".") else 2 for part in parts) - 1


def join(register: Register, mention: Name, name: PersonName, form: MentionForm, owner: dict[int, Person]) -> Person:
    """Add a mention to the person that it denotes, a new one if there is none so far."""
    other = owner.get(id(mention.alias_of)) if mention.alias_of else None
    found = register.candidates(name)
    person = other or nearest(found, mention) or register.new(name)
    person.add(mention, form)
    return person


def nearest(found: Sequence[Person], mention: Name) -> Person | None:
    """The person named last before a mention; if all are named later, the one that is named first."""
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda person: closeness(person, mention))


def closeness(person: Person, mention: Name) -> tuple[bool, int, int]:
    """Whether a person is named before a mention, how often in all, and how near to it."""
    before = [other.start for other in person.mentions if other.start < mention.start]
    return bool(before), len(person.mentions), max(before) if before else -min(other.start for other in person.mentions)


def referent(person: Person) -> Referent:
    """The person under the fullest name that all its mentions make."""
    cyrillic = [form for form in person.forms if not form.words[0].isascii()]
    name = as_in_text(canonical(cyrillic or person.forms), person.forms)
    places = [Place(mention.start, mention.stop, "name", mention.rule) for mention in person.mentions]
    return Referent("PER", name.nominative, name.gender, [], places, name)


def as_in_text(name: PersonName, forms: Sequence[MentionForm]) -> PersonName:
    """The name without a patronymic that no mention has together with the surname."""
    if not (name.patronymic and name.surname and name.first):
        return name
    if any(len(form.words) >= 3 and any(same_stem(word, name.patronymic) for word in form.words) for form in forms):
        return name
    return replace(name, patronymic=None, nominative=" ".join(word for word in name.nominative.split() if word != name.patronymic))


def same_stem(word: str, nominative: str) -> bool:
    return fold(word)[: len(nominative) - 2] == fold(nominative)[: len(nominative) - 2]
