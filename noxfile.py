"""The supported Pythons with the newest and with the lowest allowed dependencies: `make matrix`.

    nox                                            # all of it
    nox -s "tests-3.13(lowest)" -- tests/golden    # one place of the matrix, some of the tests

The newest come with the newest setuptools, the lowest with none.
"""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "uv"
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
    session.run("pytest", "-q", *patience, *session.posargs, env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"})
