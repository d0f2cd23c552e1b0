"""Places and organisations: names that denote one thing joined under the fullest of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skazal.document import EntityType
from skazal.entities import gazetteer
from skazal.entities.naming import Named, named
from skazal.entities.referents import Place, Referent
from skazal.entities.spans import Name
from skazal.lexicon import fold
from skazal.words import Text

FUNCTION_WORDS = frozenset("и в во на по при за для против о об к с со от из".split())


@dataclass(slots=True, eq=False)
class Thing:
    """Names that are one thing's."""

    label: EntityType
    mentions: list[Named] = field(default_factory=list)
    known: str | None = None


def things(text: Text, names: Sequence[Name], label: EntityType) -> list[Referent]:
    """The places, or the organisations, that the names with this label denote; O(names)."""
    found = named(text, names)
    keys = {id(one.name): key_of(text, one) for one in found}
    by_key: dict[str, Thing] = {}
    for one in found:
        by_key.setdefault(keys[id(one.name)], Thing(label)).mentions.append(one)
    joined = joined_by_text(found, keys)
    if label == "ORG":
        joined |= dict(abbreviated(by_key)) | dict(shortened(by_key))
    return [referent(text, thing) for thing in merged(by_key, joined)]


def key_of(text: Text, one: Named) -> str:
    """What a name is compared by: the gazetteer's key for all names of a country, or of an authority with its country
    (`МИД РФ`, `Министерство иностранных дел России`), else the name itself.
    """
    entry = gazetteer.known().get(one.key)
    return f"={entry.key}" if entry else of_country(text, one) or one.key


def of_country(text: Text, one: Named) -> str | None:
    """The key of an authority that every country has, and of the country whose it is; None for all other names."""
    authority, _, _ = one.key.rpartition(" ")
    entry = gazetteer.known().get(authority)
    if entry is None or not entry.general:
        return None
    country = gazetteer.known().get(text.words[one.name.stop - 1].lemma)
    return f"={entry.key} {country.key}" if country is not None and country.label == "LOC" else None


def joined_by_text(found: Sequence[Named], keys: Mapping[int, str]) -> dict[str, str]:
    """Keys of names in brackets to the keys of those before the brackets."""
    return {
        keys[id(one.name)]: keys[id(one.name.alias_of)]
        for one in found
        if one.name.alias_of is not None and id(one.name.alias_of) in keys
    }


def abbreviated(by_key: Mapping[str, Thing]) -> Iterator[tuple[str, str]]:
    """`ЛЮ` is `Лига юристов` when the text has both."""
    initials: dict[str, str] = {}
    for key in by_key:
        words = key.replace("-", " ").split()
        if len(words) > 1:
            initials.setdefault("".join(word[0] for word in words), key)
            initials.setdefault("".join(word[0] for word in words if word not in FUNCTION_WORDS), key)
    for key, thing in by_key.items():
        if thing.mentions[0].shown.isupper() and len(key) > 1 and initials.get(key, key) != key:
            yield key, initials[key]


def shortened(by_key: Mapping[str, Thing]) -> Iterator[tuple[str, str]]:
    """`Верховный суд` is `Верховный суд Мальты` when the text knows no other."""
    longer: dict[str, set[str]] = defaultdict(set)
    for key in by_key:
        words = key.split()
        for length in range(1, len(words)):
            longer[" ".join(words[:length])].add(key)
    for key in by_key:
        if len(longer.get(key, ())) == 1:
            yield key, next(iter(longer[key]))
        elif key in gazetteer.head_nouns() and (named_before := with_noun(by_key, key)) is not None:
            yield key, named_before


def with_noun(by_key: Mapping[str, Thing], noun: str) -> str | None:
    """Of the names that hold a noun the one mentioned last before it: `Организация` after `ВОЗ`."""
    start = by_key[noun].mentions[0].name.start
    before = {
        max((one.name.start for one in thing.mentions if one.name.start < start), default=-1): key
        for key, thing in by_key.items()
        if key != noun and noun in key.lstrip("=").split()
    }
    return before[max(before)] if before and max(before) >= 0 else None


def merged(by_key: Mapping[str, Thing], joined: Mapping[str, str]) -> list[Thing]:
    """Things with those that the text calls otherwise added to them."""
    for key in by_key:
        target, seen = key, {key}
        while target in joined and joined[target] in by_key and joined[target] not in seen:
            target = joined[target]
            seen.add(target)
        if target != key:
            by_key[target].mentions.extend(by_key[key].mentions)
            by_key[key].mentions.clear()
    return [thing for thing in by_key.values() if thing.mentions]


def referent(text: Text, thing: Thing) -> Referent:
    """A thing under its fullest name, with the nouns that the text puts before it."""
    mentions = sorted(thing.mentions, key=lambda one: one.name.start)
    entry = next((gazetteer.known()[one.key] for one in mentions if one.key in gazetteer.known()), None)
    before = (text.words[one.name.start : one.name.core] for one in mentions)
    nouns = {word.lemma for words in before for word in words if word.pos == "NOUN"}
    places = [Place(one.name.start, one.name.stop, "name", one.name.rule) for one in mentions]
    return Referent(thing.label, fullest(mentions), places=places, known=entry.key if entry else None, head_nouns=nouns)


def fullest(mentions: Sequence[Named]) -> str:
    """The name shown: a name rather than its noun alone, spelled out, Cyrillic, longest, then most frequent."""
    counts = Counter(one.shown for one in mentions)

    def rank(shown: str) -> tuple[bool, bool, bool, int, int]:
        noun = fold(shown) in gazetteer.head_nouns()
        return not noun, not shown.isupper(), not shown[0].isascii(), len(shown.split()), counts[shown]

    return max(counts, key=rank)
