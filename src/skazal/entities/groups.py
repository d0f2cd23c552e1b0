"""What the groups of roles mean for finding out whom a noun denotes: see role_groups.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Groups:
    """Sets of groups of the lexicon's roles; the file explains each. `deeds` has for a verb the roles by its object,
    `undergone` the role of whom a verb has as its object.
    """

    describing: frozenset[str]
    whoever: frozenset[str]
    heads: frozenset[str]
    state: frozenset[str]
    staff: frozenset[str]
    attending: frozenset[str]
    like: Mapping[str, frozenset[str]]
    works_for: Mapping[str, frozenset[str]]
    deeds: Mapping[str, Mapping[str, str]]
    undergone: Mapping[str, str]


@cache
def groups() -> Groups:
    """The sets, read once a process."""
    data = tomllib.loads(resources.files("skazal.lexicon").joinpath("role_groups.toml").read_text(encoding="utf-8"))
    like, works_for = _sets(data.pop("like")), _sets(data.pop("works_for"))
    undergone = {verb: role for role, verbs in _sets(data.pop("undergone")).items() for verb in verbs}
    deeds = _deeds(data.pop("deeds"))
    return Groups(**_sets(data), like=like, works_for=works_for, deeds=deeds, undergone=MappingProxyType(undergone))


def _deeds(table: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    """For each verb its objects, each with the role of who does it."""
    found: dict[str, dict[str, str]] = {}
    for role, deed in table.items():
        for verb in deed["verbs"].split():
            found.setdefault(verb, {}).update(dict.fromkeys(deed["objects"].split(), role))
    return MappingProxyType(found)


def _sets(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The words listed under each key."""
    return MappingProxyType({name: frozenset(listed.split()) for name, listed in table.items()})
