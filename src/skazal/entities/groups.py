"""What the groups of roles mean for finding out whom a noun denotes: see role_groups.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Groups:
    """Sets of groups of the lexicon's roles; the file explains each."""

    describing: frozenset[str]
    whoever: frozenset[str]
    heads: frozenset[str]
    state: frozenset[str]
    staff: frozenset[str]
    attending: frozenset[str]
    like: Mapping[str, frozenset[str]]
    works_for: Mapping[str, frozenset[str]]


@cache
def groups() -> Groups:
    """The sets, read once a process."""
    data = tomllib.loads(resources.files("skazal.lexicon").joinpath("role_groups.toml").read_text(encoding="utf-8"))
    like, works_for = _sets(data.pop("like")), _sets(data.pop("works_for"))
    return Groups(**_sets(data), like=like, works_for=works_for)


def _sets(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The words listed under each key."""
    return MappingProxyType({name: frozenset(listed.split()) for name, listed in table.items()})
