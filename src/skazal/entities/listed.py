"""Names that the text has because a list knows them: sites, outlets, countries."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from skazal.entities import gazetteer
from skazal.entities.spans import CLOSING, OPENING, Name
from skazal.lexicon import outlets
from skazal.morphology import known_tags
from skazal.words import Text, Word

DOMAIN = (
    r"(?:ru|рф|ру|com|net|org|info|kz|ua|by|su|uz|kg|am|az|ge|md|lv|lt|ee|eu|uk|de|fr|tv|fm|news|media|"
    r"online|инфо|онлайн|нет|ком)(?![\w/@-])"
)
DOMAIN_AT_ALL = re.compile(rf"\.{DOMAIN}", re.IGNORECASE)
"""What every site ends with: looked for first, as most texts have none."""
SITE = re.compile(rf"(?<![\w@./-])(?:[\w-]+\.)+{DOMAIN}", re.IGNORECASE)


def listed(text: Text, capitalized: Sequence[Word]) -> list[Name]:
    """Sites, outlets and countries, in this order; `capitalized` are the text's words with a capital."""
    return [*sites(text), *listed_outlets(text, capitalized), *countries(capitalized)]


def sites(text: Text) -> Iterator[Name]:
    """Sites by their address, which the tokenizer cuts: `Vesti.kz`."""
    if DOMAIN_AT_ALL.search(text.text) is None:
        return
    starts: list[int] = []
    for match in SITE.finditer(text.text):
        starts = starts or [word.start for word in text.words]
        first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        if first < last and starts[first] == match.start() and text.words[last - 1].end == match.end():
            yield Name(first, last, "ORG", "site")


def listed_outlets(text: Text, capitalized: Sequence[Word]) -> Iterator[Name]:
    """Outlets of the lexicon; a name that is also a word counts only in marks or after a noun like `газета`."""
    first_words = outlets_by_first_word()
    for word in capitalized:
        for length, whole, capitals in first_words.get(word.norm, ()):
            stop = word.i + length
            if (word.text.isupper() or not capitals) and tuple(w.norm for w in text.words[word.i : stop]) == whole:
                if length > 1 or not is_common(word) or stands_as_title(text, word.i, stop):
                    yield Name(word.i, stop, "ORG", "outlet")
                break


@cache
def outlets_by_first_word() -> Mapping[str, Sequence[tuple[int, tuple[str, ...], bool]]]:
    """Numbers of words and words of the lexicon's outlets by their first word, the longest first, and whether the name
    is an abbreviation, which stands in capitals: `ФАН` is an agency, `Фан` a surname.
    """
    found: dict[str, list[tuple[int, tuple[str, ...], bool]]] = {}
    for outlet in outlets().values():
        capitals = len(outlet.words) == 1 and outlet.name.isupper()
        found.setdefault(outlet.words[0], []).append((len(outlet.words), outlet.words, capitals))
    return {first: sorted(rest, reverse=True) for first, rest in found.items()}


def is_common(word: Word) -> bool:
    """Whether a dictionary knows the word as something other than a name: `Труд`, `Известия`."""
    tags = known_tags(word.norm)
    return bool(tags and not tags[0].grammemes & {"Orgn", "Trad", "Abbr"})


def stands_as_title(text: Text, start: int, stop: int) -> bool:
    """Whether words stand in quotation marks or after a noun that takes a title."""
    words = text.words
    if start and words[start - 1].text in OPENING and stop < len(words) and words[stop].text in CLOSING:
        return True
    return bool(start) and any(noun.takes("titled") for noun in gazetteer.head_nouns().get(words[start - 1].lemma, ()))


def countries(capitalized: Sequence[Word]) -> Iterator[Name]:
    """Countries and parts of the world of one word."""
    return (Name(word.i, word.i + 1, "LOC", "country") for word in capitalized if is_country(word))


def inner_countries(text: Text, names: Sequence[Name]) -> Iterator[Name]:
    """Countries within the names of organisations that have none yet: `Банк Италии`."""
    starts = {name.start for name in names}
    for name in names:
        if name.label == "ORG":
            for word in text.words[name.start + 1 : name.stop]:
                if word.i not in starts and word.case == "Gen" and is_country(word):
                    starts.add(word.i)
                    yield Name(word.i, word.i + 1, "LOC", "country")


def is_country(word: Word) -> bool:
    """Whether a word is the name of a country or a part of the world."""
    if not word.capitalized or word.pos not in ("PROPN", "NOUN"):
        return False
    entry = gazetteer.known().get(word.lemma)
    return entry is not None and entry.label == "LOC"
