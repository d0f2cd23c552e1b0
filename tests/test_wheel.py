"""The wheel in empty environments: every supported Python on this machine, with and without setuptools, no network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"

pytestmark = pytest.mark.slow

# Runs in the empty environment: annotates with sockets forbidden, and tells where the artefacts were found.
SMOKE = """
import sys
def refuse(event, _):
    if event.startswith("socket."): raise AssertionError(event)
sys.addaudithook(refuse)
import skazal, skazal.artefacts
document = skazal.annotate(open(sys.argv[1], encoding="utf-8").read())
assert document.quotes and document.entities, document
assert skazal.Document.from_dict(document.to_dict()) == document
assert not {"natasha", "pymorphy2", "pkg_resources"} & set(sys.modules)
assert "site-packages" in skazal.__file__, skazal.__file__
print(skazal.artefacts.models_path())
"""


@cache
def interpreter(version: str) -> str | None:
    """A Python of this version: on the path, or among pyenv's; None when there is none that runs."""
    homes = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"), reverse=True)
    for candidate in (shutil.which(f"python{version}"), *map(str, homes)):
        # pyenv's shims stand on the path for versions that are not enabled, too.
        if candidate and subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode == 0:
            return candidate
    return None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("skazal-*.whl")
    return built


def pip(python: str, *arguments: str) -> None:
    subprocess.run([python, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments], check=True)


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_wheel_works_in_an_empty_environment(version: str, wheel: Path, tmp_path: Path) -> None:
    base = interpreter(version)
    if base is None:
        pytest.skip(f"no Python {version} on this machine")
    subprocess.run([base, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    pip(python, "install", "--constraint", str(CONSTRAINTS), str(wheel))
    pip(python, "install", "--constraint", str(CONSTRAINTS), "setuptools")
    smoke(python, tmp_path)
    pip(python, "uninstall", "--yes", "setuptools")
    smoke(python, tmp_path)
    told = subprocess.run(
        [tmp_path / "venv" / "bin" / "skazal", "--version"], capture_output=True, check=True, text=True
    )
    assert told.stdout.startswith("skazal ")


def smoke(python: str, folder: Path) -> None:
    """Annotate the example in a folder that holds no source, and find the artefacts inside the package."""
    command = [python, "-I", "-c", SMOKE, str(ROOT / "examples" / "article.txt")]
    result = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()).parent.name == "skazal"
