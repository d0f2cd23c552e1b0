"""Other names of the same in brackets: `Союз садоводов (СС)`, `Джон Доу (John Doe)`, `Лига юристов (далее — Лига)`."""

from collections.abc import Iterator, Sequence

from skazal.entities.spans import CLOSING, QUOTED_NAME, Name
from skazal.words import Text

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
    """Latin words, or the abbreviation of an organisation, or any words after `далее`."""
    words = text.words[start:stop]
    if text.words[start - 1].norm in BEFORE_ALIAS or (start > 1 and text.words[start - 2].norm in BEFORE_ALIAS):
        return True
    latin = all((word.text[0].isascii() and word.text[0].isalpha()) or word.text in "-&.’'" for word in words)
    if latin and words[0].capitalized:
        return label != "LOC" or len(words[0].text) > 3
    return (
        label == "ORG"
        and stop - start == 1
        and words[0].text.isupper()
        and len(words[0].text) > 1
        and words[0].text.isalpha()
    )
