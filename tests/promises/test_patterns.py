"""Every regular expression of the package takes time that grows with its text and no faster.

The patterns are found, not listed: each compiled one that hangs in a module of the package, and each string that is
given to a function of `re` in its source.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import skazal
from skazal.names import paradigms
from skazal.text import marks, tokens

SIZE, FACTOR = 500, 8
"""Characters of the shorter text, and how many times as many the longer one has."""
MOST = 24
"""How many times as long the longer one may take: far from the square, far from what noise makes of a line."""
METHODS: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "finditer": lambda pattern, text: list(pattern.finditer(text)),
    "findall": lambda pattern, text: pattern.findall(text),
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub("", text),
}
ANY = frozenset({"search", "fullmatch"})
"""What is tried where a pattern is handed on and its use not seen."""
ENOUGH = 0.02
"""Seconds for the longer text below which a pattern is no danger."""


def modules() -> Iterator[ModuleType]:
    """Every module of the package that can be imported without an extra that is missing."""
    for found in pkgutil.walk_packages(skazal.__path__, "skazal."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Patterns by what they are, each with the methods by which the package uses it."""
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    trees = {module: ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in modules()}
    used = [use for tree in trees.values() for use in uses(tree)]
    for module, tree in trees.items():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                methods = frozenset(method for method, told in used if told == name)
                found[value.pattern] = value, methods or ANY
        for method, pattern in literals(tree):
            found.setdefault(pattern, (re.compile(pattern), frozenset({method})))
    for value in endings():
        found.setdefault(value.pattern, (value, ANY))
    return found


def uses(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Methods that are called on names, with the names: `MARK.finditer(text)`, `marks.MARK.finditer(text)`, or
    `pattern.match(text)` where the pattern is one of several that are named.
    """
    for node in ast.walk(tree):
        match node:
            case ast.For(ast.Name(each), ast.Tuple(several), body):
                inside = [use for part in body for use in uses(part)]
                yield from (
                    (method, one.id)
                    for method, name in inside
                    if name == each
                    for one in several
                    if isinstance(one, ast.Name)
                )
            case ast.Attribute(ast.Name(name) | ast.Attribute(_, name), method) if method in METHODS:
                yield method, name


def literals(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Strings that a module gives to `re.sub` and the like, with the function's name."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), method), [ast.Constant(str(pattern)), *_]) if method in METHODS:
                yield method, pattern


def endings() -> Iterator[re.Pattern[str]]:
    """Patterns that come from tables: the endings of names."""
    by_letter, indeclinable = paradigms._tables()
    for ending in (ending for group in by_letter.values() for ending in group):
        yield from filter(None, (ending.after, ending.unless))
    for kind in indeclinable:
        yield from filter(None, (kind.ending, kind.unless))


def hostile(pattern: re.Pattern[str]) -> Iterator[str]:
    """Short strings that, repeated, lead a pattern far before it fails: its own letters, alone and together."""
    letters = list(dict.fromkeys(re.sub(r"\\.|[\[\](){}|?+*^$]", "", pattern.pattern)))[:12]
    yield from letters
    yield from ("".join(letters) or "а", "А.", "1", " ", "\n", "-", ".", "а-", "а.", "«а", ", ", "&a", "\t ", "  а")
    yield from (f"{one}{other}" for one, other in pairwise(letters))


def seconds(pattern: re.Pattern[str], methods: Collection[str], text: str) -> float:
    """The least of the processor's time that all these methods take together."""
    spent = []
    for _ in range(2):
        began = time.process_time()
        for method in methods:
            METHODS[method](pattern, text)
        spent.append(time.process_time() - began)
    return min(spent)


def too_slow(pattern: re.Pattern[str], methods: Collection[str], unit: str) -> bool:
    """Whether the longer text takes disproportionately long, three times in a row."""
    for tail in ("", "\x00"):
        short, long = (unit * (size // len(unit)) + tail for size in (SIZE, FACTOR * SIZE))
        if all(
            (spent := seconds(pattern, methods, long)) > ENOUGH and spent > MOST * seconds(pattern, methods, short)
            for _ in range(3)
        ):
            return True
    return False


PATTERNS = patterns()


def test_the_patterns_of_the_package_are_found() -> None:
    assert len(PATTERNS) > 60
    assert PATTERNS[marks.MARK.pattern][1] == {"finditer"}
    assert PATTERNS[tokens.WORD.pattern][1] == {"fullmatch", "finditer"}
    assert PATTERNS[r"https?://"][1] == {"match"}


@pytest.mark.parametrize(("pattern", "methods"), PATTERNS.values(), ids=list(map(ascii, PATTERNS)))
def test_a_pattern_is_linear(pattern: re.Pattern[str], methods: Collection[str]) -> None:
    assert [unit for unit in hostile(pattern) if too_slow(pattern, methods, unit)] == []


@pytest.mark.parametrize(("bad", "unit"), [(r"\s*$", " "), (r"[,.]*\s*—", ","), (r"[аи][а-я]*ич$", "и")])
def test_a_pattern_that_is_not_linear_is_noticed(bad: str, unit: str) -> None:
    assert too_slow(re.compile(bad), ["search"], unit)
    assert not too_slow(re.compile(bad), ["match"], unit)
