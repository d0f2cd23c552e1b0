"""What the tests of single rules share: the type of the fixture that makes a scene of a text, and ways to ask one."""

from collections.abc import Callable

from skazal.quotes.cues import CueSite
from skazal.quotes.phrases import Source
from skazal.quotes.scene import Scene

SceneOf = Callable[[str], Scene]


def cue(scene: Scene, lemma: str) -> CueSite:
    """The first cue with this lemma."""
    return next(site for site in scene.cues if site.entry.lemma == lemma)


def word(scene: Scene, text: str) -> int:
    """The last word that is written so."""
    return max(word.i for word in scene.words if word.text == text)


def shown(scene: Scene, source: Source | None) -> str | None:
    """The words of a phrase."""
    return scene.text.slice(source.start, source.stop) if source else None
