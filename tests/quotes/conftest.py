"""A pipeline up to the entities, and scenes made with it."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from skazal import pipeline
from skazal.document import Entity
from skazal.quotes.scene import Scene, set_scene
from skazal.reading import read


@pytest.fixture(scope="session")
def before_quotes() -> Language:
    return pipeline.load(exclude=["skazal_quotes"])


@pytest.fixture(scope="session")
def scene_of(before_quotes: Language) -> Callable[[str], Scene]:
    def make(text: str) -> Scene:
        doc = before_quotes(text)
        return set_scene(read(doc), [Entity.from_dict(entity) for entity in doc._.skazal_entities])

    return make
