"""Reports: which candidates are certain by their form, headlines, dropped subjects, and the bounds of content."""

import pytest

from skazal.quotes.attribution import find_speech, introducing
from skazal.quotes.bounds import around, bare, before_relay, inside_marks, sentence_of, without_stop
from skazal.quotes.reports import Report, certain, extents, find_reports
from skazal.quotes.scene import Scene

from .scenes import SceneOf, shown, word


def reports(scene: Scene) -> list[Report]:
    """The candidates of a text once its direct speech is known."""
    return find_reports(scene, introducing(find_speech(scene, 0.5)))


CERTAIN = """
По данным полиции, мост откроют.
Мост, по оценке экспертов, опасен.
Мост, сообщил мэр, откроют осенью.
Мост, уверен мэр, откроют осенью.
Мэр предупреждает: мост закроют.
Мэр сообщил, что мост откроют.
Она сообщила, что мост откроют.
Мэр сказал: мы готовы.
Мост откроют, сообщил мэр.
Мост откроют, сообщил вчера мэр.
Как отметил мэр, мост откроют.
По словам мэра, мост откроют.
Министр: мост откроют осенью
Иван Лось: мост откроют осенью
Мэр Инна Лужина отменила парад. Пояснила, что мост закрыт.
"""
WEIGHED = """
Мэр сообщил, когда откроют мост.
Мэр не сообщил, что мост откроют.
Мэр сказал: Мост.
Мэр показал: мы готовы.
По результатам года, мост откроют.
Погода: мост откроют осенью
Министр: мост осенью и зимой
Мост открыт.\\nМинистр: мост откроют осенью.
«Он сказал, что мост закрыт», — вспоминает прораб.
Говорится, что мост закрыт.
"""


UNSAID = """\
Мэр может сообщить, что мост откроют.
Если мэр сообщит, что мост откроют, все обрадуются.
Если бы мэр сообщил, что мост откроют, все обрадовались бы.
Сообщил ли мэр, что мост откроют?
Мэр сказал бы, что мост откроют.
"""


@pytest.mark.parametrize("text", UNSAID.strip().splitlines())
def test_what_was_not_said(scene_of: SceneOf, text: str) -> None:
    assert not reports(scene_of(text))


@pytest.mark.parametrize("text", CERTAIN.strip().splitlines())
def test_reports_that_are_certain_by_their_form(scene_of: SceneOf, text: str) -> None:
    scene = scene_of(text)
    [report] = reports(scene)
    assert certain(scene, report)


@pytest.mark.parametrize("text", [line.replace("\\n", "\n") for line in WEIGHED.strip().splitlines()])
def test_reports_that_are_only_weighed(scene_of: SceneOf, text: str) -> None:
    scene = scene_of(text)
    [report] = reports(scene)
    assert not certain(scene, report)


@pytest.mark.parametrize(
    "text",
    ["«Мост откроют», — сказал мэр.", "Как сказал мэр, «мост откроют осенью».", "Министр: «Мост откроют осенью»"],
)
def test_direct_speech_is_no_report(scene_of: SceneOf, text: str) -> None:
    assert reports(scene_of(text)) == []


def test_words_in_marks_behind_a_conjunction_are_a_report_too(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр сказал, что «мост откроют осенью».")
    [report] = reports(scene)
    assert [scene.text.text[start:end] for start, end in extents(scene, report)] == ["мост откроют осенью"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Мэр Инна Лужина отменила парад. Пояснила, что мост закрыт.", "Мэр Инна Лужина"),
        ("Мэр Иван Лось отменил парад. Пояснила, что мост закрыт.", None),
        ("Парад отменён. Пояснила, что мост закрыт.", None),
        ("Пояснила, что мост закрыт.", None),
    ],
)
def test_a_dropped_subject_is_that_of_the_sentence_before(scene_of: SceneOf, text: str, source: str | None) -> None:
    scene = scene_of(text)
    [report] = reports(scene)
    assert shown(scene, report.source) == source


def test_content_loses_commas_dashes_and_stops_at_its_ends(scene_of: SceneOf) -> None:
    scene = scene_of(", — мост цел; —.")
    last = len(scene.words)
    assert scene.text.slice(*bare(scene, 0, last)) == "мост цел"
    assert without_stop(scene, 0, last) == 4


def test_a_relay_at_the_end_of_a_sentence_is_left_out(scene_of: SceneOf) -> None:
    scene = scene_of("Мост откроют осенью, передаёт ТАСС.")
    assert scene.text.slice(0, before_relay(scene, 0, len(scene.words))) == "Мост откроют осенью"


@pytest.mark.parametrize("text", ["Мост откроют осенью.", "Мэр ушёл, сообщил он нам о мосте.", "Передаёт ТАСС."])
def test_a_sentence_without_a_relay_is_kept_whole(scene_of: SceneOf, text: str) -> None:
    scene = scene_of(text)
    assert before_relay(scene, 0, len(scene.words)) == len(scene.words)


def test_what_stands_around_an_insertion(scene_of: SceneOf) -> None:
    scene = scene_of("Мост, по словам мэра, откроют осенью.")
    start, stop = word(scene, "по"), word(scene, "мэра") + 1
    pieces = around(scene, 0, start, stop, len(scene.words))
    assert [scene.text.slice(*piece) for piece in pieces] == ["Мост", "откроют осенью"]


def test_marks_around_all_of_the_content_are_left_out(scene_of: SceneOf) -> None:
    scene = scene_of("«Мост цел» и «Заря»")
    assert inside_marks(scene, 0, 4) == (1, 3)
    assert inside_marks(scene, 0, len(scene.words)) == (0, len(scene.words))
    assert inside_marks(scene, 1, 3) == (1, 3)


def test_a_sentence_keeps_to_its_layer_of_speech(scene_of: SceneOf) -> None:
    scene = scene_of("«Он сказал, что мост закрыт», — вспоминает прораб.")
    find_speech(scene, 0.5)
    assert scene.text.slice(*sentence_of(scene, word(scene, "сказал"))) == "Он сказал, что мост закрыт"
    assert sentence_of(scene, word(scene, "вспоминает")) == (0, len(scene.words))


def test_a_sentence_that_ends_inside_marks_goes_on_to_their_end(scene_of: SceneOf) -> None:
    scene = scene_of("По словам мэра, прораб «вышел к людям. Он молчал» и ушёл.")
    assert sentence_of(scene, 0)[1] == len(scene.words)
