"""What the package never does, seen in its source; what it does with hostile texts is tested with each entry."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import skazal

SOURCE = Path(skazal.__file__).parent
NEVER_IMPORTED = frozenset(
    "pickle shelve marshal dill joblib cloudpickle socket ssl http urllib requests httpx aiohttp ftplib smtplib "
    "telnetlib xmlrpc webbrowser ctypes yaml natasha pymorphy2 pkg_resources".split()
)
NEVER_CALLED = frozenset(
    "eval exec compile __import__ mktemp extractall extract system popen run_path run_module".split()
)
"""Functions that run what a stranger has written, guess a temporary file's name, or unpack by an archive's paths."""
ALLOWED_CALLS = frozenset({"re.compile"})


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(str(module)):
                yield module


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Name(name)) if name in NEVER_CALLED:
                yield name
            case ast.Call(ast.Attribute(owner, name)) if name in NEVER_CALLED:
                yield f"{ast.unparse(owner)}.{name}"
            case ast.keyword("shell", ast.Constant(True)):
                yield "shell=True"


@pytest.mark.parametrize(("name", "tree"), list(trees()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_module_imports_and_calls_nothing_dangerous(name: str, tree: ast.AST) -> None:
    assert [module for module in imported(tree) if module.partition(".")[0] in NEVER_IMPORTED] == []
    assert [call for call in called(tree) if call not in ALLOWED_CALLS] == []


def test_no_data_of_the_package_runs_code_when_it_is_read() -> None:
    kinds = {
        path.suffix for folder in (SOURCE, SOURCE.parents[1] / "models") for path in folder.rglob("*") if path.is_file()
    }
    assert not kinds & {".pkl", ".pickle", ".joblib", ".pt", ".pth", ".h5", ".so", ".sh", ".exe"}
