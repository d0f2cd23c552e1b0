"""Finds the trained artefacts of ``models/``: inside an installed wheel, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

from skazal.errors import ArtefactError

PACKAGE = Path(__file__).parent
HOMES = (PACKAGE / "models", PACKAGE.parents[1] / "models")


def models_path() -> Path:
    """Return the folder of trained artefacts, one folder or file each.

    Raises:
        ArtefactError: when the installation has lost it.
    """
    for home in HOMES:
        if home.is_dir():
            return home
    places = " or ".join(str(home) for home in HOMES)
    raise ArtefactError(f"skazal's models are not in {places}; reinstall the package")
