"""Utterances: where the words in marks, replies, blocks and transcripts begin and end, and which are the author's."""

import pytest

from skazal.quotes.scene import Scene
from skazal.quotes.utterances import Utterance, find_utterances, insertion, tells

from .scenes import SceneOf

CASES = [
    ("marks", "«Мост открыт», — сказал прораб.", ["marks: Мост открыт"]),
    ("author inside", "«Мост открыт, — сказал Лось. — Все рады».", ["marks: Мост открыт || Все рады"]),
    ("dash of the speech", "«Мост открыт — и все довольны».", ["marks: Мост открыт — и все довольны"]),
    (
        "dashes of speech and author",
        "«Мост — это дорога, — сказал прораб. — А дорога — это жизнь».",
        ["marks: Мост — это дорога || А дорога — это жизнь"],
    ),
    (
        "author twice",
        "«Мост открыт, — ответил прораб. — Все рады, — добавил он. — Идите».",
        ["marks: Мост открыт || Все рады || Идите"],
    ),
    ("the author has two sentences", "— Ночь, — сказал Лось. Он ушёл. — Дождь.", ["dialogue: Ночь || Дождь."]),
    ("no dash closes the author's", "— Ночь, — сказал Лось. Дождь идёт.", ["dialogue: Ночь || Дождь идёт."]),
    ("two pairs", "«Мост открыт», — сказал прораб. — «Все рады».", ["marks: Мост открыт", "marks: Все рады"]),
    ("outer before inner", "«Он сказал: „Мост открыт“».", ["marks: Он сказал: „Мост открыт“", "marks: Мост открыт"]),
    ("marks opened again", "«Первое.\n«Второе», — сказал прораб.", ["marks: Первое. || Второе"]),
    ("reply", "— Мост открыт, — сказал Лось. — Все рады.", ["dialogue: Мост открыт || Все рады."]),
    ("replies", "— Мост открыт.\n— А река?", ["dialogue: Мост открыт.", "dialogue: А река?"]),
    ("reply behind a colon", "Прораб сказал:\n— Мост открыт.", ["dialogue: Мост открыт."]),
    ("lone line behind a dash", "— Мост открыт.", []),
    ("list", "На складе:\n— доски;\n— гвозди;\n— краска.", []),
    (
        "questions and answers behind dashes",
        "Мост ждали.\n— Когда откроют мост?\n— Осенью.\n— А реку?\n— Весной.",
        ["question: Когда откроют мост?", "answer: Осенью.", "question: А реку?", "answer: Весной."],
    ),
    (
        "replies with authors are no interview",
        "Мост ждали.\n— Когда? — спросил прораб.\n— Осенью, — ответил мэр.",
        ["dialogue: Когда?", "dialogue: Осенью"],
    ),
    ("block", "Прораб сказал:\nМост открыт.", ["block: Мост открыт."]),
    ("block cut out", "Прораб сказал:\n\n\nМост открыт.", []),
    ("marks below a colon", "Прораб сказал:\n«Мост открыт».", ["marks: Мост открыт"]),
    (
        "verse",
        "Поэт сказал:\nРека течёт в долину,\nСолнце светит на рябину.",
        ["block: Река течёт в долину,\nСолнце светит на рябину."],
    ),
    (
        "a block ends where nobody speaks of himself",
        "Прораб сказал:\nМост открыт.\n\nМэр ушёл домой, и все разошлись, потому что стало темно.",
        ["block: Мост открыт."],
    ),
    (
        "transcript",
        "Лось: Когда откроют мост?\nЛис: Осенью.",
        ["transcript: Когда откроют мост?", "transcript: Осенью."],
    ),
    ("labels that name nobody", "Вопрос: Когда?\nОтвет: Осенью.", ["question: Когда?", "answer: Осенью."]),
    ("one label", "Лось: Осенью.", []),
    ("colons of the narrator", "Мост открыли утром: пришли сто человек.\nВечером дали салют: десять залпов.", []),
    (
        "interview without marks",
        "Прораб Иван Лось строит мосты.\nКогда вы начали?\nВ девяностом году. Тогда строили много.",
        ["question: Когда вы начали?", "answer: В девяностом году. Тогда строили много."],
    ),
    ("a question to nobody", "Прораб Иван Лось строит мосты.\nКому нужен мост?\nНикто не знает.", []),
]


def show(scene: Scene, utterance: Utterance) -> str:
    return f"{utterance.frame}: " + " || ".join(scene.text.text[start:end] for start, end in utterance.extents)


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_may_be_speech(scene_of: SceneOf, text: str, wanted: list[str]) -> None:
    scene = scene_of(text)
    assert [show(scene, utterance) for utterance in find_utterances(scene)] == wanted


def test_the_authors_words_are_kept_apart(scene_of: SceneOf) -> None:
    scene = scene_of("«Мост открыт, — подумав, ответил прораб. — Все рады. — Он засмеялся. — Идите».")
    [utterance] = find_utterances(scene)
    assert next(scene.text.slice(*part) for part in utterance.authors) == "подумав, ответил прораб."


def test_the_label_of_a_transcript_is_kept(scene_of: SceneOf) -> None:
    scene = scene_of("Прораб Лось: Когда откроют мост?\nАнна Лис: Осенью.")
    labels = [scene.text.slice(*utterance.label) for utterance in find_utterances(scene) if utterance.label]
    assert labels == ["Прораб Лось", "Анна Лис"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("сказал прораб", True),
        ("подумав, ответил прораб", True),
        ("добавляя, что ждёт", True),
        ("я сказал себе", True),
        ("скажу прямо", False),
        ("скажи прямо", False),
        ("чтобы сказать прямо", False),
        ("говорящий прораб", False),
        ("это дорога", False),
        ("это большая старая дорога к реке у леса сказал", False),
    ],
)
def test_the_authors_words_have_a_cue_in_the_third_person_near_their_beginning(
    scene_of: SceneOf, text: str, told: bool
) -> None:
    scene = scene_of(f"«Мост открыт, — {text}».")
    start = next(word.i for word in scene.words if word.text == "—") + 1
    assert insertion(scene, start, len(scene.words) - 2) is told


def test_what_introduces_words_by_a_preposition_tells_too(scene_of: SceneOf) -> None:
    scene = scene_of("По словам мэра, мост открыт.")
    assert tells(scene, next(site for site in scene.cues if site.entry.pos == "PREP"))
