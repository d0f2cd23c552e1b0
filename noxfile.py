"""The supported Pythons with the newest and with the lowest allowed dependencies: `make matrix`.

    nox                                            # all of it
    nox -s "tests-3.13(lowest)" -- tests/golden    # one place of the matrix, some of the tests

The newest come with the newest setuptools, the lowest with none.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv"
nox.options.sessions = ["tests"]
# The shims of pyenv stand on the path for versions that are not enabled, and then do not run.
os.environ["PATH"] = os.pathsep.join(
    [*map(str, Path.home().glob(".pyenv/versions/3.1[123].*/bin")), os.environ["PATH"]]
)
RESOLUTION = {"newest": "highest", "lowest": "lowest-direct"}


@nox.session(python=["3.11", "3.12", "3.13"])
@nox.parametrize("versions", list(RESOLUTION), ids=list(RESOLUTION))
def tests(session: nox.Session, versions: str) -> None:
    """The tests against the installed wheel."""
    session.install(f"--resolution={RESOLUTION[versions]}", ".[test]")
    if versions == "newest":
        session.install("--upgrade", "setuptools")
    else:
        session.run("uv", "pip", "uninstall", "--quiet", "setuptools", external=True)
    # Old releases warn of newer ones beside them; that is theirs to mend, and mended.
    patience = ["-W", "default"] if versions == "lowest" else []
    # The pages print what the pinned versions print.
    session.run(
        "pytest",
        "-q",
        "--ignore=tests/docs",
        *patience,
        *session.posargs,
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )


@nox.session
def audit(session: nox.Session) -> None:
    """Licences of what a user installs, and what is known of its vulnerabilities; asks the package index."""
    session.install(".")
    python = f"{session.virtualenv.location}/bin/python"
    session.run(sys.executable, "-m", "piplicenses", f"--python={python}", "--order=license", external=True)
    packages = session.run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", silent=True)
    # Strictly: a package of which nothing can be found out fails the audit; skazal itself is none of its dependencies.
    session.run("uv", "pip", "uninstall", "--quiet", "skazal", external=True)
    session.run(sys.executable, "-m", "pip_audit", "--strict", "--path", str(packages).strip(), external=True)
