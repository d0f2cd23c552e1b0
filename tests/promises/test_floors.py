"""No floor of accuracy or speed falls without a reason that was written down."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HELD, LOWERED = "benchmarks/floors.json", "benchmarks/lowered.tsv"

Change = tuple[str, str, float, float]


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True, text=True).stdout


def fallen(old: dict[str, dict[str, float]], new: dict[str, dict[str, float]]) -> set[Change]:
    """Floors that are lower than they were; one that is gone has fallen to nothing."""
    return {
        (name, figure, value, now)
        for name, figures in old.items()
        for figure, value in figures.items()
        if (now := new.get(name, {}).get(figure, 0.0)) < value
    }


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="the history of the floors is in the repository alone")
def test_every_floor_that_fell_has_a_reason() -> None:
    began = git("log", "--diff-filter=A", "--format=%H", "--", LOWERED).split()
    since = [f"{began[-1]}.."] if began else ["HEAD.."]
    commits = [*began[-1:], *reversed(git("log", "--format=%H", *since, "--", HELD).split())]
    versions = [json.loads(git("show", f"{commit}:{HELD}")) for commit in commits]
    versions.append(json.loads((ROOT / HELD).read_text(encoding="utf-8")))
    changes = {change for old, new in pairwise(versions) for change in fallen(old, new)}
    rows = [line.split("\t") for line in (ROOT / LOWERED).read_text(encoding="utf-8").splitlines()[2:]]
    excused = {(name, figure, float(old), float(new)) for _, name, figure, old, new, reason in rows if reason.strip()}
    assert changes - excused == set()


def test_a_floor_is_lowered_by_the_command_with_a_reason_alone(tmp_path: Path) -> None:
    for name in ("floors.py", "floors.json", "lowered.tsv"):
        shutil.copy(ROOT / "benchmarks" / name, tmp_path)
    before = (tmp_path / "floors.json").read_text(encoding="utf-8")
    command = [sys.executable, str(tmp_path / "floors.py"), "article", "quoted end to end", "0.5"]
    refused = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (refused.returncode, (tmp_path / "floors.json").read_text(encoding="utf-8")) == (1, before)
    assert "--lower REASON" in refused.stderr
    subprocess.run([*command, "--lower", "a new article"], check=True)
    assert json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))["article"]["quoted end to end"] == 0.5
    assert (tmp_path / "lowered.tsv").read_text(encoding="utf-8").endswith("\t1.0\t0.5\ta new article\n")
    assert fallen(json.loads(before), json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))) == {
        ("article", "quoted end to end", 1.0, 0.5)
    }
