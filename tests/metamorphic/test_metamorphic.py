"""Who said what in the invented cases stays when a text is changed in a way that says nothing new.

What the tagger sees does not depend on marks, dashes and white space, so that hardly any may change with them. Words
with `е` for `ё`, names and the sentences around them it weighs anew, and a paragraph before a text that opens with a
pronoun gives that an antecedent: there a few texts may change.
"""

from collections.abc import Sequence

import pytest

import skazal
from quotes.cases import read_cases
from skazal import Document

from . import changes
from .changes import CHANGES, Change, differences

ALL = [change for group in CHANGES.values() for change in group]
MAY_DIFFER: dict[Change, float] = {
    changes.without_yo: 0.015,
    changes.weather_before: 0.015,
    changes.stranger_before: 0.03,
    changes.other_given_names: 0.03,
    changes.other_surnames: 0.04,
    changes.other_names: 0.03,
}
"""The share of the texts touched that may say something else afterwards.

Of any other change it is one in two hundred: what is broken in a text it may make unclear.
"""


def annotated(texts: Sequence[str]) -> list[Document]:
    return list(skazal.annotate_many(texts))


@pytest.fixture(scope="module")
def invented() -> list[Document]:
    return annotated([case.text for case in read_cases()])


@pytest.mark.parametrize("change", ALL)
def test_who_said_what_stays(change: Change, invented: list[Document]) -> None:
    pairs = [(document, changed) for document in invented if (changed := change(document)).edits]
    assert pairs
    after = annotated([changed.text for _, changed in pairs])
    wrong = [
        f"{changed.text}\n- {gone}\n+ {come}"
        for (document, changed), new in zip(pairs, after, strict=True)
        for gone, come in [differences(document, changed, new)]
        if gone or come
    ]
    assert len(wrong) <= MAY_DIFFER.get(change, 0.005) * len(pairs), "\n\n".join(["", *wrong])


def test_a_change_moves_what_stands_behind_it() -> None:
    [document] = annotated(["«Мост цел», — сказал Пётр Лосев. «Мост мал», — ответила Петру Лосеву Анна Лисина."])
    changed = changes.other_names(document)
    assert changed.text == ("«Мост цел», — сказал Роман Ковалев. «Мост мал», — ответила Роману Ковалеву Марина Ершова.")
    at = document.text.index("Мост мал")
    start, end = changed.moved(at, at + 8)
    assert changed.text[start:end] == "Мост мал"
    assert changed.renamed("Анна Лисина") == "Марина Ершова"


def test_what_is_put_in_at_its_ends_does_not_belong_to_a_quote() -> None:
    [document] = annotated(["Мост закрыт, сообщил мэр"])
    assert changes.weather_behind(document).moved(0, 24) == (0, 24)
    changed = changes.Changed(document.text, [changes.Edit(0, 0, "Да. ")])
    assert changed.moved(0, 11) == (4, 15)


def test_a_name_with_a_form_of_another_kind_stays() -> None:
    [document] = annotated(["Павел Лосев уехал. «Ждём Павла», — сказала мэр Анна Лис."])
    assert "Павел Лосев" in changes.other_names(document).text


def test_another_speaker_is_a_difference() -> None:
    one, other = annotated(["«Мост цел», — сказал Пётр Лось.", "«Мост цел», — сказал Олег Лось."])
    gone, come = differences(one, changes.Changed(one.text, ()), other)
    assert gone == [(((1, 9),), "петр лось")]
    assert come == [(((1, 9),), "олег лось")]
