"""The default pipeline with a taster before it, who fails at the words that benchmarks/generator.py puts into texts."""

import os
import signal
import time

from spacy.language import Language
from spacy.tokens import Doc

import skazal
from generator import POISONS


@Language.component("taster")
def taste(doc: Doc) -> Doc:
    """Do what the poison does."""
    if POISONS["failed"] in doc.text:
        raise ValueError("poisoned")
    if POISONS["time_limit"] in doc.text:
        time.sleep(10_000)
    if POISONS["died"] in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if POISONS["memory_limit"] in doc.text:
        hoard = []
        while True:
            hoard.append(bytearray(10_000_000))
    return doc


def load() -> Language:
    """Return the pipeline."""
    nlp = skazal.load()
    nlp.add_pipe("taster", first=True)
    return nlp
