"""Conditions within rules that few texts decide: each is asked by itself, for a text that fulfils it and one that does
not. Found by breaking them one at a time (`benchmarks/mutation.py`).
"""

import pytest

from skazal.quotes import attribution, bounds, confidence, sources, speakers, speech, utterances
from skazal.quotes.attachments import attachments
from skazal.quotes.reports import find_reports
from skazal.quotes.scene import Scene
from skazal.quotes.utterances import find_utterances

from .scenes import SceneOf, word

OF_TWO_WORDS = [
    ("_clause_between", "Мэр утверждает, что мост закрыт.", "утверждает мост", True),
    ("_clause_between", "Мэр утверждает план моста.", "утверждает моста", False),
    ("_verb_between", "Лось ушёл, и сказал Кац.", "Лось сказал", True),
    ("_verb_between", "Лось и Кац сказали.", "Лось сказали", False),
    ("_personal", "Стол сказал.", "Стол сказал", False),
    ("_personal", "Мэр сказал.", "Мэр сказал", True),
]
OF_A_WORD = [
    ("_has_preposition", "Мэр приехал в город.", "город", True),
    ("_has_preposition", "Мэр открыл город.", "город", False),
    ("_dependent", "Редактор газеты «Нива» сказал.", "Редактор", False),
]
OF_THE_LAST_LINE = [
    ("_in_first_person", "Мэр сказал:\nМы построим мост.", True),
    ("_in_first_person", "Мэр сказал:\nМост построят.", False),
    ("_verse", "Поэт прочёл:\nСнег идёт", True),
    (
        "_verse",
        "Поэт прочёл:\nСнег идёт, и улицы города пусты, и никто не выйдет до самого утра встречать рассвет",
        False,
    ),
    ("_marked_line", "Мэр сказал:\n«Мост открыт»", True),
    ("_marked_line", "Мэр сказал:\n— Мост открыт", True),
    ("_marked_line", "Мэр сказал:\nМост открыт", False),
]
OF_THE_FIRST_UTTERANCE = [
    ("_fills_sentence", "Мост открыт. «Мы успели вовремя».", True),
    ("_fills_sentence", "Мост назвали «Мы успели вовремя» не зря.", False),
    ("_listed", "Играли клубы: «Заря», «Авангард».", True),
    ("_listed", "Он сказал: «Мы победили», «Авангард» молчал.", False),
    ("_listed", "Играл клуб «Заря» из Орловки.", False),
]


@pytest.mark.parametrize(("rule", "text", "pair", "holds"), OF_TWO_WORDS)
def test_conditions_of_two_words(scene_of: SceneOf, rule: str, text: str, pair: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert getattr(sources, rule)(scene, *(word(scene, one) for one in pair.split())) is holds


@pytest.mark.parametrize(("rule", "text", "one", "holds"), OF_A_WORD)
def test_conditions_of_a_word(scene_of: SceneOf, rule: str, text: str, one: str, *, holds: bool) -> None:
    scene = scene_of(text)
    assert getattr(sources, rule)(scene, word(scene, one)) is holds


@pytest.mark.parametrize(("rule", "text", "holds"), OF_THE_LAST_LINE)
def test_conditions_of_a_line(scene_of: SceneOf, rule: str, text: str, holds: bool) -> None:
    scene = scene_of(text)
    assert getattr(utterances, rule)(scene, *scene.lines[-1]) is holds


@pytest.mark.parametrize(("rule", "text", "holds"), OF_THE_FIRST_UTTERANCE)
def test_conditions_of_an_utterance(scene_of: SceneOf, rule: str, text: str, holds: bool) -> None:
    scene = scene_of(text)
    assert getattr(speech, rule)(scene, find_utterances(scene)[0]) is holds


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("«Да», «нет», — отвечал он.", "goes on: listed"),
        ("«Мост цел». «Мост мал».", "goes on: next to it"),
        ("«Мост цел».\n«Мост мал».", "goes on: opens the paragraph"),
    ],
)
def test_what_stands_between_two_utterances(scene_of: SceneOf, text: str, feature: str) -> None:
    scene = scene_of(text)
    gap = speakers._gap(scene, find_utterances(scene)[1])
    assert gap[feature] == 1.0


@pytest.mark.parametrize(
    ("verb", "gender", "holds"),
    [("сказала", "fem", True), ("сказала", "masc", False), ("сказали", "masc", False), ("говорит", "masc", True)],
)
def test_who_can_be_the_subject_that_a_verb_leaves_out(scene_of: SceneOf, verb: str, gender: str, holds: bool) -> None:
    scene = scene_of(f"Потом {verb}, что мост открыт.")
    assert speakers._may_continue(scene, word(scene, verb), gender) is holds


def speech_features(scene: Scene) -> dict[str, float]:
    utterance = find_utterances(scene)[0]
    [candidate, *_] = speakers.attached(scene, utterance, attachments(scene, utterance))
    speaker = attribution.denoted(scene, candidate, ())
    return confidence.of_speech(scene, utterance, speaker, candidate, (0.5, 0.999))


def test_what_the_confidence_of_speech_is_made_of(scene_of: SceneOf) -> None:
    found = speech_features(scene_of("«Мост открыт», — сказал Пётр Лосев."))
    assert found["frame marks"] == 1.0
    assert found["speech odds"] == 0.0
    assert found["speaker odds"] == pytest.approx(5.293, abs=0.001)
    assert found["where behind dash"] == 1.0
    assert found["behind dash by subject"] == 1.0
    assert found["speaker PER, entity"] == 1.0
    assert found["named where it speaks"] == 1.0


def test_what_the_confidence_of_a_report_is_made_of(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр заявил, что мост откроют осенью.")
    report = next(report for report in find_reports(scene, set()) if report.construction == "clause")
    found = confidence.of_report(scene, report, 0.5, None)
    assert found["construction clause"] == 1.0
    assert found["report odds"] == 0.0
    assert found["clause by subject"] == 1.0
    assert found["no speaker"] == 1.0


def test_a_predicate_is_a_finite_verb_or_a_short_form(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр открыл мост, мост цел.")
    assert [scene.words[i].text for i in range(len(scene.words)) if bounds.predicate(scene, i)] == ["открыл", "цел"]
