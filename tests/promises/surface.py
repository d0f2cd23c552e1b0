"""The public surface as text: names with their parameters, results with their fields, errors, commands with options.

python -m tests.promises.surface    # `make golden`: writes surface.txt anew; what goes from it breaks somebody's code
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import typer

import skazal
import skazal.corpus
import skazal.display
import skazal.export
import skazal.names
from skazal import errors
from skazal.cli import app
from skazal.quotes import Explanation

KEPT = Path(__file__).with_suffix(".txt")
MODULES = (skazal, skazal.corpus, skazal.display, skazal.export, skazal.names)


def surface() -> str:
    """The whole of it, in an order that does not change."""
    parts = [*(names(module) for module in MODULES), results(Explanation), raised(), commands(), components()]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


def names(module: object) -> Iterator[str]:
    """What a module offers under `__all__`."""
    yield f"# {module.__name__}"  # type: ignore[attr-defined]  # a module
    for name in sorted(module.__all__):  # type: ignore[attr-defined]  # as above
        value = getattr(module, name)
        if inspect.isclass(value):
            yield from results(value)
        elif inspect.isfunction(value):
            yield f"{name}{called(value)}"
        elif isinstance(value, tuple):
            yield f"{name} = {value!r}"


def results(value: type) -> Iterator[str]:
    """A class with its fields and its public methods."""
    yield f"class {value.__name__}({', '.join(base.__name__ for base in value.__bases__)})"
    if is_dataclass(value):
        yield from (f"    {field.name}" for field in fields(value))
    for name, member in sorted(vars(value).items()):
        function = getattr(member, "__func__", member)
        if inspect.isfunction(function) and (not name.startswith("_") or name.startswith("_repr_")):
            yield f"    {name}{called(function)}"
        elif isinstance(member, property):
            yield f"    {name}"


def called(function: Callable[..., object]) -> inspect.Signature:
    """Its parameters and defaults; types are left to mypy, and every version of Python writes them in its own way."""
    signature = inspect.signature(function)
    bare = [parameter.replace(annotation=parameter.empty) for parameter in signature.parameters.values()]
    plain = [one.replace(default=type(one.default)) if is_dataclass(one.default) else one for one in bare]
    return signature.replace(parameters=plain, return_annotation=inspect.Signature.empty)


def raised() -> Iterator[str]:
    """The errors, each with what it is as well."""
    yield "# skazal.errors"
    for name, value in sorted(vars(errors).items()):
        if inspect.isclass(value) and issubclass(value, Exception) and value.__module__ == errors.__name__:
            yield f"{name}({', '.join(base.__name__ for base in value.__bases__)})"


def commands() -> Iterator[str]:
    """Commands of the command line with their arguments and options."""
    yield "# the command skazal"
    yield from listed(typer.main.get_command(app), "skazal")


def listed(command: Any, name: str) -> Iterator[str]:
    """A command of click, or of the copy of it that Typer may have, then those below it."""
    options = ["/".join(parameter.opts) for parameter in command.params if parameter.opts != ["--help"]]
    yield " ".join([name, *options])
    for below in sorted(getattr(command, "commands", {})):
        yield from listed(command.commands[below], f"{name} {below}")


def components() -> Iterator[str]:
    """What spaCy finds by name."""
    yield "# entry points"
    for group in ("spacy_factories", "spacy_tokenizers"):
        yield from sorted({f"{group} {point.name}" for point in entry_points(group=group) if "skazal" in point.value})


if __name__ == "__main__":
    KEPT.write_text(surface(), encoding="utf-8")
