"""Names from the tags of slovnet's entity head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `stop` (end exclusive) of a unit are a name; `label` is PER, LOC or ORG."""

    start: int
    stop: int
    label: str


def spans_of_units(
    tags: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64], vocabulary: Sequence[str]
) -> list[list[NameSpan]]:
    """Spans of B-/I-/O tags of units that stand one after the other; lengths: tokens of each unit.

    Tags are read as slovnet reads them: I goes on with an open span whatever its label, and is nothing
    where none is open.
    """
    starts = np.cumsum(lengths) - lengths
    inside = np.flatnonzero(tags != vocabulary.index("O"))
    units = np.repeat(np.arange(len(lengths)), lengths)[inside]
    spans: list[list[NameSpan]] = [[] for _ in lengths]
    open_unit, start, stop, label = -1, 0, 0, ""
    for unit, index, tag in zip(units.tolist(), (inside - starts[units]).tolist(), tags[inside].tolist(), strict=True):
        part, _, kind = vocabulary[tag].partition("-")
        goes_on = unit == open_unit and index == stop
        if part == "I" and goes_on:
            stop += 1
            continue
        if label:
            spans[open_unit].append(NameSpan(start, stop, label))
        open_unit, start, stop, label = (unit, index, index + 1, kind) if part == "B" else (-1, 0, 0, "")
    if label:
        spans[open_unit].append(NameSpan(start, stop, label))
    return spans
