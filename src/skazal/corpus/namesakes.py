"""One name for a person in the whole corpus, where the names alone decide it.

In one article a speaker is ``Лужина``, in another ``Инна Лужина``, in a third ``Инна Павловна Лужина``. A shorter name
joins the longer ones that it fits when they are all one person's; when several persons fit, it joins nobody, and they
are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name as articles have it.

    Attributes:
        text: the canonical name of an article's entity, surname last.
        gender: as the article tells.
        documents: how many articles have it.
    """

    text: str
    gender: str | None = None
    documents: int = 1

    @property
    def parts(self) -> list[str]:
        """Its words, folded; initials that stick together are taken apart."""
        folded = self.text.lower().replace("ё", "е").replace(".", ". ")
        return folded.split()


@dataclass(frozen=True, slots=True)
class Joined:
    """By which name a name goes; ``could_be`` has the persons when there are several."""

    name: Name
    joined: str
    could_be: tuple[str, ...] = ()


def join_names(names: Iterable[Name]) -> list[Joined]:
    """Return for each name by which one it goes in the corpus."""
    by_surname: dict[str, list[Name]] = {}
    for name in names:
        if parts := name.parts:
            by_surname.setdefault(parts[-1], []).append(name)
    return [joined for group in by_surname.values() for joined in join_group(group)]


def join_group(group: Sequence[Name]) -> list[Joined]:
    """Join names with the same surname."""
    longest = {name: persons(name, group) for name in group}
    usual: dict[str, str] = {}
    for name in sorted(group, key=lambda name: (has_initials(name), -name.documents, name.text)):
        if len(longest[name]) == 1 and len(name.parts) > 1:
            usual.setdefault(longest[name][0], name.text)
    return [verdict(name, longest[name], usual) for name in group]


def verdict(name: Name, found: Sequence[str], usual: dict[str, str]) -> Joined:
    """Return by which name a name goes, given the persons it fits and the usual name of each."""
    persons = sorted({usual.get(person, person) for person in found})
    if len(persons) == 1:
        return Joined(name, usual.get(found[0], name.text))
    return Joined(name, name.text, tuple(persons))


def persons(name: Name, group: Sequence[Name]) -> list[str]:
    """Return the longest names that a name fits, each for a person; its own when there is no longer one."""
    fitted = [other for other in group if fits(name, other)]
    longest = [other for other in fitted if not any(fits(other, further) for further in fitted)]
    return sorted({" ".join(other.parts) for other in longest}) or [" ".join(name.parts)]


def fits(name: Name, other: Name) -> bool:
    """Whether a name is a shorter form of another: ``Лужина`` or ``И. Лужина`` of ``Инна Лужина``."""
    given, longer = name.parts[:-1], other.parts[:-1]
    if name.gender and other.gender and name.gender != other.gender:
        return False
    if given == longer or len(given) > len(longer):
        return False
    return all(part == whole or is_initial(part, whole) for part, whole in zip(given, longer, strict=False))


def is_initial(part: str, whole: str) -> bool:
    """Whether a part of a name is the initial of another."""
    return part.endswith(".") and not whole.endswith(".") and whole.startswith(part[:-1])


def has_initials(name: Name) -> bool:
    """Whether a name has initials."""
    return any(part.endswith(".") for part in name.parts)
