"""Persons: names that are one person's joined, the fullest name in the nominative, gender."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from skazal.document import Gender
from skazal.entities.families import PLURAL, surnames
from skazal.entities.finding import APOSTROPHES
from skazal.entities.referents import Place, Referent
from skazal.entities.repeats import STEM, same_word
from skazal.entities.spans import Name
from skazal.lexicon import find_role
from skazal.morphology import tag_of
from skazal.names import MentionForm, PersonName, canonical, compatible, parse_name
from skazal.names.dictionaries import name_words
from skazal.names.forms import is_given_name
from skazal.words import Text, Word, fold

GENDERS: Mapping[str, Gender] = {"Masc": "masc", "Fem": "fem"}
SUBJECT = "PROPN|Animacy=Anim|Case=Nom|Number=Sing"
FAMILY = "PROPN|Animacy=Anim|Case=Nom|Number=Plur"
NAMESAKES = 100
"""Persons of one name among whom a mention is looked for."""
T = TypeVar("T")
SOFT_HYPHEN = "\xad"
LONG = 6
"""Letters from which on a surname alone is recognized with a slip in it."""


@dataclass(slots=True, eq=False)
class Person:
    """Mentions that are one person's. `name` is what is known of the name so far."""

    name: PersonName
    mentions: list[Name] = field(default_factory=list)
    forms: list[MentionForm] = field(default_factory=list)
    misspelled: list[MentionForm] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, mention: Name) -> None:
        """Enter a mention; `starts` stays sorted."""
        self.mentions.append(mention)
        insort(self.starts, mention.start)


class Register:
    """Persons by the words of their names, so that a mention meets only those it may belong to."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.by_word: dict[str, list[Person]] = defaultdict(list)
        self.by_stem: dict[str, list[tuple[str, Person]]] = defaultdict(list)

    def new(self, name: PersonName) -> Person:
        """Enter a person."""
        person = Person(name)
        self.persons.append(person)
        for word in keys(name):
            self.by_word[word].append(person)
        for word in fold(name.nominative).replace("-", " ").split():
            self.by_stem[word[:STEM]].append((word, person))
        return person

    def candidates(self, name: PersonName, words: Sequence[str]) -> list[Person]:
        """Persons to whom a name can belong: by all that is known of it, a single word by its letters too."""
        found = {
            id(person): person
            for word in surname_keys(name) or keys(name)
            for person in few(self.by_word.get(word, ()))
        }
        fitting = [person for person in found.values() if compatible(person.name, name)]
        if len(words) > 1:
            return fitting
        full = {
            id(person): person for person in (*fitting, *self.by_letters(fold(words[0]))) if fullness(person.name) > 1
        }
        return list(full.values()) or fitting

    def misspelled(self, name: PersonName, words: Sequence[str]) -> list[Person]:
        """Persons whose name differs from this one by a slip of the pen."""
        if len(words) > 1:
            stems = {word[:STEM] for word in fold(name.surname or name.nominative).split()}
            found = {id(person): person for stem in stems for _, person in few(self.by_stem.get(stem, ()))}
            return [person for person in found.values() if misspelled(person.name, name)]
        word = fold(words[0])
        near = few(self.by_stem.get(word[:STEM], ())) if len(word) >= LONG else ()
        return [person for other, person in near if one_slip(other, word) and fullness(person.name) > 1]

    def by_letters(self, word: str) -> list[Person]:
        """Persons with a full name that has a word of which `word` can be a form, whatever the tagger takes it for."""
        near = {
            id(person): person for other, person in few(self.by_stem.get(word[:STEM], ())) if same_word(other, word)
        }
        return [person for person in near.values() if fullness(person.name) > 1]


def few(found: Sequence[T]) -> Sequence[T]:
    """Of more persons than a text has of one name the first and the last."""
    return found if len(found) <= NAMESAKES else [*found[: NAMESAKES // 2], *found[-NAMESAKES // 2 :]]


def surname_keys(name: PersonName) -> set[str]:
    """The folded surnames that a name may have, and their parts."""
    if not name.surname:
        return set()
    return {
        part
        for surname in (*name.surnames, fold(name.surname))
        for part in (surname, *surname.replace("-", " ").split())
    }


def keys(name: PersonName) -> set[str]:
    """The folded words that a person can be found under: surnames, given names, nicknames."""
    words = surname_keys(name) | set(name.surnames)
    for part in (name.first, name.surname, name.nickname):
        words.update(fold(part or "").split())
    return {word for word in words if not word.endswith(".")}


def misspelled(one: PersonName, other: PersonName) -> bool:
    """Whether two full names differ by one letter: `Филип` and `Филипп Орлов`."""
    if one.gender and other.gender and one.gender != other.gender:
        return False
    left, right = fold(one.nominative).split(), fold(other.nominative).split()
    if len(left) != len(right) or len(left) < 2:
        return False
    different = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(different) == 1 and min(map(len, different[0])) >= STEM and one_slip(*different[0])


def one_slip(one: str, other: str) -> bool:
    """Whether one letter is put in, left out, changed or swapped with its neighbour; the first letter is right."""
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    i = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[i:] == long[i + 1 :]
    swapped = short[i : i + 2] == long[i : i + 2][::-1] and short[i + 2 :] == long[i + 2 :]
    return swapped or short[i + 1 :] == long[i + 1 :]


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A mention with its words and tags, and what they tell of the name."""

    mention: Name
    form: MentionForm
    name: PersonName


def persons(text: Text, names: Sequence[Name]) -> list[Referent]:
    """The persons that the PER names of a text denote; O(names)."""
    register = Register()
    shared = surnames(text, names)
    found = with_women(text, [named(text, name, shared.get(name.start)) for name in names])
    full = sorted((one for one in found if fullness(one.name) > 1), key=lambda one: -fullness(one.name))
    owner: dict[int, Person] = {}
    for one in (*full, *(one for one in found if fullness(one.name) <= 1)):
        owner[id(one.mention)] = join(text, register, one, owner)
    return [referent(text, person) for person in register.persons]


def named(text: Text, mention: Name, shared: str | None = None) -> Named:
    """A mention and its name, parsed; `shared` is the surname that it has together with others, in the singular."""
    words = text.words[mention.start : mention.stop]
    tokens, tags = [word.text.replace(SOFT_HYPHEN, "") for word in words], [tag_of(word) for word in words]
    if len(words) == 1 and is_subject(text, words[0]):
        gender = text.words[words[0].head].gender
        tags = [f"{SUBJECT}|Gender={gender}" if gender else SUBJECT]
    if len(words) == 1 and is_family(text, words[0]):
        tags = [FAMILY]
    if is_joined_subject(text, mention):
        tags = [SUBJECT] * len(tags)
    if len(words) > 2:
        tokens, tags = glued(words, tokens, tags)
    if shared is not None:
        tokens, tags = [tokens[0], shared], [tags[0], tags[0]]
    form = MentionForm(tuple(tokens), tuple(tags))
    return Named(mention, form, parse_name(form.words, tags=form.tags))


def with_women(text: Text, found: Sequence[Named]) -> Sequence[Named]:
    """The mentions, those of persons whom a noun for women stands before (`певица Шинейд`) as women's."""
    women = {
        one.name.nominative for one in found if gender_by_noun(text, one.mention) == "fem" and is_unsettled(one.name)
    }
    if not women:
        return found
    return [
        replace(one, name=replace(one.name, gender="fem")) if one.name.nominative in women else one for one in found
    ]


def is_unsettled(name: PersonName) -> bool:
    """Whether the gender of a name is but a guess by its ending: no dictionary has the given name."""
    if name.plural or name.gender_evidence not in ("", "tag", "first name", "surname"):
        return False
    return name.first is None or not any(is_given_name(fold(word)) for word in name.first.split())


def gender_by_noun(text: Text, mention: Name) -> Gender | None:
    """The gender of the noun before a name that is for women alone: `Певица Шинейд`."""
    word, noun = text.words[mention.start], text.words[mention.start - 1] if mention.start else None
    if noun is None or noun.pos != "NOUN" or noun.sentence != word.sentence or noun.case != word.case:
        return None
    role = find_role(noun.lemma)
    return "fem" if role is not None and role.gender == "fem" and role.kind != "kin" else None


def glued(words: Sequence[Word], tokens: Sequence[str], tags: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tokens and tags with one for all that an apostrophe holds together (`О`, `'`, `Рейли`), and for a word with a
    Latin letter in it, which the tokenizer cuts.
    """
    found: tuple[list[str], list[str]] = ([], [])
    for i, word in enumerate(words):
        touches = i > 0 and words[i - 1].end == word.start and word.text[0].isalpha()
        marked = touches and i > 1 and words[i - 1].text in APOSTROPHES and words[i - 2].end == words[i - 1].start
        parts = 2 if marked else 1 if touches and words[i - 1].text.isalpha() else 0
        whole = "".join([*found[0][len(found[0]) - parts :], tokens[i]])
        del found[0][len(found[0]) - parts :], found[1][len(found[1]) - parts :]
        found[0].append(whole)
        found[1].append(tags[i])
    return found


def is_subject(text: Text, word: Word) -> bool:
    """Whether the tree has a word as the subject of a verb in the singular though its tag is of another case."""
    verb = text.words[word.head]
    return word.dep == "nsubj" and word.case not in (None, "Nom") and verb.pos == "VERB" and verb.number == "Sing"


def is_family(text: Text, word: Word) -> bool:
    """`Беловы` of `Супруги Беловы` and of `Беловы уехали`, which the tagger takes for a woman's genitive."""
    if PLURAL.fullmatch(word.text) is None or not word.norm.endswith(("ы", "ие")):
        return False
    verb, before = text.words[word.head], text.words[word.i - 1] if word.i else word
    titled = name_words().titles.get(before.norm) == "p" or (before.pos == "NOUN" and before.number == "Plur")
    return (titled and before.sentence == word.sentence) or (word.dep == "nsubj" and verb.number == "Plur")


def is_joined_subject(text: Text, mention: Name) -> bool:
    """`Белова` of `Белова и Рыбин уехали`, tagged as a man's genitive: what is joined stands in one case."""
    joined = mention.stop + 1
    if joined >= len(text.words) or text.words[mention.stop].norm != "и" or text.words[mention.start].case == "Nom":
        return False
    other = text.words[joined]
    verb = text.words[text.words[mention.start].head]
    verb = verb if verb.pos == "VERB" else text.words[verb.head]
    subject = other.case == "Nom" and other.dep == "conj" and other.head in range(mention.start, mention.stop)
    return subject and verb.pos == "VERB" and verb.number == "Plur"


def fullness(name: PersonName) -> int:
    """How much of a name is there: initials count half."""
    parts = (name.first, name.patronymic, name.surname)
    return sum(0 if not part else 1 if part.endswith(".") else 2 for part in parts) - 1


def join(text: Text, register: Register, one: Named, owner: Mapping[int, Person]) -> Person:
    """Add a mention to the person that it denotes, a new one if there is none so far."""
    person = owner.get(id(one.mention.alias_of)) if one.mention.alias_of else None
    person = person or nearest(register.candidates(one.name, one.form.words), one.mention, gender_of(text, one))
    if person is None and (near := register.misspelled(one.name, one.form.words)):
        near[0].add(one.mention)
        near[0].misspelled.append(one.form)
        return near[0]
    person = person or register.new(one.name)
    person.add(one.mention)
    person.forms.append(one.form)
    return person


def gender_of(text: Text, one: Named) -> Gender | None:
    """The gender that a mention shows by its form or by its verb."""
    return one.name.gender if one.name.gender_evidence not in ("", "tag") else gender_by_verb(text, one.mention)


def gender_by_verb(text: Text, mention: Name) -> Gender | None:
    """The gender of a person whom a verb in the past has as its subject: `Дюпре заявила`, `депутат Дюпре заявила`."""
    word = text.words[mention.start]
    while (word.head in range(mention.start, mention.stop) or word.dep == "appos") and word.head != word.i:
        word = text.words[word.head]
    if word.dep != "nsubj" or text.words[word.head].feats.get("Tense") != "Past":
        return None
    return GENDERS.get(text.words[word.head].gender or "")


def nearest(found: Sequence[Person], mention: Name, gender: Gender | None) -> Person | None:
    """Of the persons whose gender fits the one named before a mention, most often and last; else the first after it."""
    if len(found) < 2:
        return found[0] if found else None
    return max(
        found,
        key=lambda person: (
            gender is None or person.name.gender in (None, gender),
            closeness(person, mention),
        ),
    )


def closeness(person: Person, mention: Name) -> tuple[bool, int, int]:
    """Whether a person is named before a mention, how often in all, and how near to it."""
    i = bisect_left(person.starts, mention.start)
    return i > 0, len(person.starts), person.starts[i - 1] if i else -person.starts[0]


def referent(text: Text, person: Person) -> Referent:
    """The person under the fullest name that all its mentions make."""
    forms = usual(person)
    cyrillic = [form for form in forms if not form.words[0].isascii()]
    name = as_in_text(canonical(cyrillic or forms), forms)
    places = [Place(mention.start, mention.stop, "name", mention.rule) for mention in person.mentions]
    return Referent("PER", name.nominative, told_by_verbs(text, person, name) or name.gender, [], places, name)


def told_by_verbs(text: Text, person: Person, name: PersonName) -> Gender | None:
    """The gender that most verbs tell of a person whose name alone does not settle it: `Кэндис Роу заявила`.

    A given name of a foreign language is in the dictionary for the one gender or the other; a verb in the feminine
    says more.
    """
    if name.plural or name.gender_evidence not in ("", "tag", "first name"):
        return None
    told = [told(text, mention) for mention in person.mentions for told in (gender_by_verb, gender_by_noun)]
    if told.count("fem") > told.count("masc"):
        return "fem"
    open_ = name.gender is None or is_unsettled(name)
    return "masc" if open_ and told.count("masc") > told.count("fem") else None


def usual(person: Person) -> Sequence[MentionForm]:
    """The forms in the spelling that the text has most of."""
    if not person.misspelled:
        return person.forms
    ours, theirs = telling(person.forms, person.misspelled), telling(person.misspelled, person.forms)
    return person.misspelled if theirs > ours else person.forms


def telling(forms: Sequence[MentionForm], others: Sequence[MentionForm]) -> tuple[int, int]:
    """How many forms have a word that the others have not, and how many of these are full names."""
    known = {fold(word) for form in others for word in form.words}
    found = [form for form in forms if not all(has_form(known, word) for word in form.words)]
    return len(found), sum(len(form.words) > 1 for form in found)


def has_form(words: Iterable[str], word: str) -> bool:
    """Whether one of the folded words can be a form of `word`."""
    return any(same_word(other, fold(word)) for other in words)


def as_in_text(name: PersonName, forms: Sequence[MentionForm]) -> PersonName:
    """The name without a patronymic that no mention has together with the surname."""
    if not (name.patronymic and name.surname and name.first):
        return name
    if any(len(form.words) >= 3 and any(same_stem(word, name.patronymic) for word in form.words) for form in forms):
        return name
    return replace(
        name, patronymic=None, nominative=" ".join(word for word in name.nominative.split() if word != name.patronymic)
    )


def same_stem(word: str, nominative: str) -> bool:
    """Whether a word is a form of a patronymic."""
    return fold(word)[: len(nominative) - 2] == fold(nominative)[: len(nominative) - 2]
