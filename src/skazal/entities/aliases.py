"""Other names of the same in brackets: `Союз садоводов (СС)`, `Джон Доу (John Doe)`, `Лига юристов (далее — Лига)`."""

from collections.abc import Iterator, Sequence

from skazal.entities.spans import CLOSING, QUOTED_NAME, Name
from skazal.words import Text, Word

SMALL = 3
"""Letters of the words that an abbreviation may leave out."""
CLIPPED = ("рос", "мин", "гос", "глав", "центр", "казах", "бел", "укр", "мос", "лен", "нац", "газ")
BEFORE_ALIAS = frozenset("далее англ сокращенно сокр лат".split())


def in_brackets(text: Text, names: Sequence[Name]) -> Iterator[Name]:
    """Names in brackets after another: those that the tagger has are changed, those that it missed are returned."""
    starts = {name.start: name for name in names}
    for name in names:
        i = name.stop
        while i < len(text.words) and text.words[i].text in CLOSING:
            i += 1
        inside = bracketed(text, i)
        if inside is None or not looks_like_alias(text, *inside, name.label):
            continue
        start, stop = inside
        other = starts.get(start)
        if other is not None and other.stop == stop:
            other.label, other.alias_of = name.label, name
        elif not any(at in starts for at in range(start, stop)):
            yield Name(start, stop, name.label, "brackets", alias_of=name)


def abbreviated(text: Text, names: Sequence[Name]) -> Iterator[Name]:
    """`Союз речных пароходств (СРП)`: words whose initials follow in brackets, where the tagger has no name."""
    taken = {i for name in names for i in range(name.start, name.stop)}
    for word in text.words:
        inside = bracketed(text, word.i) if word.text == "(" else None
        if inside is None or inside[1] - inside[0] > 1 or not is_abbreviation(text.words[inside[0]].text):
            continue
        start = spelled_out(text, word.i, text.words[inside[0]].norm)
        if start is not None and taken.isdisjoint(range(start, word.i)):
            yield Name(start, word.i, "ORG", "abbreviated")


def spelled_out(text: Text, i: int, letters: str) -> int | None:
    """The first of the words before word `i` whose initials are `letters`; small words may stand between them."""
    left = len(letters)
    for j in range(i - 1, max(-1, i - 1 - 2 * len(letters)), -1):
        word = text.words[j]
        if word.norm[0] == letters[left - 1]:
            left -= 1
        elif len(word.text) > SMALL or not word.text.isalpha():
            return None
        if not left:
            return j if word.capitalized else None
    return None


def is_abbreviation(text: str) -> bool:
    """`СРП`."""
    return len(text) > 1 and text.isupper() and text.isalpha()


def bracketed(text: Text, i: int) -> tuple[int, int] | None:
    """The words between the bracket at word `i` and the one that closes it, without `далее —` and marks."""
    words = text.words
    if i >= len(words) or words[i].text != "(":
        return None
    stop = next((j for j in range(i + 1, min(i + 2 + QUOTED_NAME, len(words))) if words[j].text == ")"), None)
    if stop is None:
        return None
    start = i + 1
    while start < stop and (words[start].norm in BEFORE_ALIAS or not words[start].text[0].isalnum()):
        start += 1
    while start < stop and words[stop - 1].text in CLOSING:
        stop -= 1
    return (start, stop) if start < stop else None


def looks_like_alias(text: Text, start: int, stop: int, label: str) -> bool:
    """Latin words, or the abbreviation or short name of an organisation (`Росавиация`), or any words after `далее`."""
    words = text.words[start:stop]
    if text.words[start - 1].norm in BEFORE_ALIAS or (start > 1 and text.words[start - 2].norm in BEFORE_ALIAS):
        return True
    latin = all((word.text[0].isascii() and word.text[0].isalpha()) or word.text in "-&.’'" for word in words)
    if latin and words[0].capitalized:
        return label != "LOC" or len(words[0].text) > 3
    return label == "ORG" and stop - start == 1 and (is_abbreviation(words[0].text) or is_short_name(words[0]))


def is_short_name(word: Word) -> bool:
    """`Росавиация`, `Минздрав`, `Ростехнадзор`: a compound that begins with a clipped word."""
    return word.capitalized and word.norm.startswith(CLIPPED)
