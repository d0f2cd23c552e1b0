"""The package as an installer, an importer and a type checker see it."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import skazal
from skazal import artefacts
from skazal.errors import ArtefactError

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

SURFACE = [
    "Cue",
    "Document",
    "Entity",
    "Mention",
    "Quote",
    "Quotes",
    "Span",
    "Speaker",
    "__version__",
    "annotate",
    "annotate_many",
    "explain",
    "frames",
    "load",
]


def in_fresh_process(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


def test_the_public_surface_changes_only_on_purpose() -> None:
    assert sorted(skazal.__all__) == SURFACE
    for name in SURFACE:
        assert getattr(skazal, name) is not None
    assert set(SURFACE) <= set(dir(skazal))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'skazal' has no attribute 'анализ'"):
        getattr(skazal, "анализ")  # noqa: B009  # mypy would refuse the plain access


def test_import_brings_in_nothing_heavy() -> None:
    loaded = json.loads(
        in_fresh_process("import json, sys, skazal, skazal.document; print(json.dumps(sorted(sys.modules)))")
    )
    assert not {"spacy", "numpy", "slovnet", "pymorphy3", "typer", "rich"} & set(loaded)


def test_import_is_quick() -> None:
    timed = "import time; t = time.perf_counter(); import skazal; print(time.perf_counter() - t)"
    seconds = [float(in_fresh_process(timed)) for _ in range(5)]
    assert statistics.median(seconds) <= 0.15


def test_a_run_never_imports_the_abandoned_half() -> None:
    code = "import json, sys, skazal; skazal.annotate('Инна Лужина молчит.'); print(json.dumps(sorted(sys.modules)))"
    assert not {"natasha", "pymorphy2", "pkg_resources", "setuptools"} & set(json.loads(in_fresh_process(code)))


def test_entry_points_lead_to_what_they_name() -> None:
    registered = {group: PROJECT["entry-points"][group] for group in ("spacy_factories", "spacy_tokenizers")}
    for group, declared in registered.items():
        for name, target in declared.items():
            (point,) = entry_points(group=group, name=name)
            assert point.value == target
            assert callable(point.load())


def test_no_language_of_spacy_is_replaced() -> None:
    assert not [point for point in entry_points(group="spacy_languages") if point.value.startswith("skazal")]


def test_models_are_found_in_the_package_first_and_then_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (artefacts.models_path() / "README.md").is_file()
    installed, cloned = tmp_path / "package" / "models", tmp_path / "repository" / "models"
    monkeypatch.setattr(artefacts, "HOMES", (installed, cloned))
    with pytest.raises(ArtefactError, match="reinstall the package"):
        artefacts.models_path()
    cloned.mkdir(parents=True)
    assert artefacts.models_path() == cloned
    installed.mkdir(parents=True)
    assert artefacts.models_path() == installed


def test_types_are_declared() -> None:
    assert (Path(skazal.__file__).parent / "py.typed").is_file()


def test_every_dependency_is_pinned_for_tests_and_open_for_users() -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {plain_name(line.partition("==")[0]) for line in constraints.splitlines()}
    extras = [requirement for extra in PROJECT["optional-dependencies"].values() for requirement in extra]
    for requirement in PROJECT["dependencies"] + extras:
        name, bounds = requirement_parts(requirement)
        assert name == "skazal" or name in pinned
        assert name == "skazal" or re.fullmatch(r">=[\d.]+", bounds), requirement


def requirement_parts(requirement: str) -> tuple[str, str]:
    match = re.match(r"([\w.-]+)(?:\[[\w,]+\])?([^;]*)", requirement)
    assert match
    return plain_name(match[1]), match[2]


def plain_name(name: str) -> str:
    """A package's name as installers compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
