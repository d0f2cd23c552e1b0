"""Exact Viterbi decoding of slovnet's tag CRF, with most tokens decided beforehand.

Most tokens of a text are outside every name whatever their neighbours are, and between two such tokens the best tags do
not depend on the rest. So: bound what any run of inside tags through a token could gain over O tags there; where the
bound is negative, the token is O on the best path. Only the short stretches in between go through Viterbi, all at once.

The bound. Replace a run of inside tags by O tags. What the run gained at a token is at most
g = max over inside tags i of (emission[i] - emission[O] + max over k of transition[i, k] - transition[O, O]),
plus, once, the transition into the run; a transition counts as zero if negative, for the ends of units have none.
The best run through a token is the best run ending there and the best one beginning there, both sums of g found in one
pass (Kadane's maximum subarray, by cumulative sums and minima).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skazal.tagging.weights import FloatArray

TagIds = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]

SAFETY = 1e-3  # a bound must be negative by more than the rounding of its sums
WALL = 1e4  # more than runs gain, so that no run seems to cross from a unit into the next


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of undecided tokens, longest first: where they start, their lengths in tokens, and what is added to
    their first and last scores for the decided token before and after (stretches × tags)."""

    starts: TagIds
    lengths: TagIds
    entry: Scores
    leave: Scores


def decode(emissions: FloatArray, lengths: TagIds, transitions: Scores, outside: int) -> TagIds:
    """The best tags of units that stand one after the other.

    emissions: tokens × tags; lengths: tokens of each unit; transitions: from tag × to tag; outside: the id of O.
    """
    first = np.zeros(len(emissions) + 1, bool)  # one more than tokens: the end begins a unit that never comes
    first[0] = True
    first[np.cumsum(lengths)] = True
    undecided = ~certainly_outside(emissions, first[:-1], transitions, outside)
    tags = np.full(len(emissions), outside)
    if undecided.any():
        _decode_stretches(tags, emissions, _stretches(undecided, first, transitions, outside), transitions)
    return tags


def certainly_outside(emissions: FloatArray, first: Flags, transitions: Scores, outside: int) -> Flags:
    """Which tokens are O on the best path whatever their neighbours are; `first` marks the first tokens of units."""
    inside = np.arange(len(transitions)) != outside
    onward = np.maximum(transitions[inside].max(1) - transitions[outside, outside], 0)
    entry = max(0.0, float(transitions[outside, inside].max() - transitions[outside, outside]))
    gains = (emissions[:, inside] - emissions[:, [outside]] + onward).max(1)
    last = np.append(first[1:], True)[: len(first)]
    through = _best_sums(gains, first) + _best_sums(gains[::-1], last[::-1])[::-1] - gains
    certain: Flags = through + entry < -SAFETY
    return certain


def _best_sums(gains: Scores, first: Flags) -> Scores:
    """The greatest sum of neighbouring gains that ends with each token and does not begin before its unit."""
    sums = np.cumsum(gains - WALL * first)
    before = np.concatenate(([0.0], sums))[:-1] - WALL * first
    return sums - np.minimum.accumulate(before)


def _stretches(undecided: Flags, first: Flags, transitions: Scores, outside: int) -> Stretches:
    """Unbroken stretches of undecided tokens; none crosses from unit to unit."""
    starts = np.flatnonzero(undecided & (~np.append(False, undecided[:-1]) | first[:-1]))
    stops = np.flatnonzero(undecided & (~np.append(undecided[1:], False) | first[1:])) + 1
    order = np.argsort(starts - stops, kind="stable")
    starts, stops = starts[order], stops[order]
    return Stretches(
        starts=starts,
        lengths=stops - starts,
        entry=np.where(first[starts, np.newaxis], 0, transitions[outside]),
        leave=np.where(first[stops, np.newaxis], 0, transitions[:, outside]),
    )


def _decode_stretches(tags: TagIds, emissions: FloatArray, stretches: Stretches, transitions: Scores) -> None:
    """Viterbi over all stretches in step; as they are sorted, those still running are always the first rows."""
    starts = stretches.starts
    steps = int(stretches.lengths[0])
    running = np.searchsorted(-stretches.lengths, -np.arange(steps + 1)).tolist()  # how many are longer than step
    rows = np.arange(len(starts))
    reversed_transitions = np.ascontiguousarray(transitions.T)
    score = emissions[starts] + stretches.entry
    history = []
    for step in range(1, steps):
        count = running[step]
        arrivals = score[:count, np.newaxis, :] + reversed_transitions  # from the last axis to the middle one
        history.append(arrivals.argmax(2))
        score[:count] = arrivals.max(2) + emissions[starts[:count] + step]
    current = (score + stretches.leave).argmax(1)
    for step in range(steps - 1, 0, -1):
        count = running[step]
        tags[starts[:count] + step] = current[:count]
        current[:count] = history[step - 1][rows[:count], current[:count]]
    tags[starts] = current
