"""Pipelines that find nothing and do what a text tells them to; workers load them by name."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import skazal.pipeline  # noqa: F401  # it registers what a Doc carries

HANG, DIE, FILL, FAIL, SLEEP = "зависни", "умри", "заполни", "сломайся", "поспи"


@Language.component("obedient")
def obedient(doc: Doc) -> Doc:
    """Do what the text says."""
    if HANG in doc.text:
        time.sleep(1000)
    if DIE in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if FILL in doc.text:
        fill()
    if FAIL in doc.text:
        raise RuntimeError("сломалось\nсовсем")
    if SLEEP in doc.text:
        time.sleep(0.02)
    return doc


def fill() -> None:
    """Take memory until there is none."""
    kept: list[Any] = []
    while True:
        kept.append(bytearray(10_000_000))


def fast() -> Language:
    """A pipeline without our stages."""
    nlp = spacy.blank("ru")
    nlp.add_pipe("obedient")
    return nlp


def broken() -> Language:
    """No pipeline."""
    raise RuntimeError("no weights")
