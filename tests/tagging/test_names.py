"""Spans of BIO tags."""

import numpy as np
import pytest

from skazal.tagging.names import NameSpan, spans_of_units

VOCABULARY = ["<pad>", "O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("", []),
        ("O O", []),
        ("B-PER I-PER O B-LOC", [(0, 2, "PER"), (3, 4, "LOC")]),
        ("B-PER B-PER I-PER", [(0, 1, "PER"), (1, 3, "PER")]),
        ("B-PER I-LOC O", [(0, 2, "PER")]),
        ("I-PER O I-LOC", []),
        ("B-PER O I-PER", [(0, 1, "PER")]),
    ],
)
def test_tags_are_read_as_slovnet_reads_them(tags: str, expected: list[tuple[int, int, str]]) -> None:
    ids = np.array([VOCABULARY.index(tag) for tag in tags.split()], np.int64)
    assert spans_of_units(ids, np.array([len(ids)]), VOCABULARY) == [[NameSpan(*span) for span in expected]]


def test_spans_end_with_their_unit() -> None:
    ids = np.array([2, 3, 3, 3, 4])
    expected = [[NameSpan(0, 2, "PER")], [], [NameSpan(2, 3, "LOC")]]
    assert spans_of_units(ids, np.array([2, 0, 3]), VOCABULARY) == expected
