"""Where the attribution of an utterance can stand, and which places make it speech for certain."""

import pytest

from skazal.quotes.attachments import Attachment, attachments
from skazal.quotes.scene import Scene
from skazal.quotes.speech import certain
from skazal.quotes.utterances import Utterance, find_utterances

from .scenes import SceneOf


def first(scene: Scene) -> tuple[Utterance, list[Attachment]]:
    """The first utterance of a text with its places."""
    utterance = find_utterances(scene)[0]
    return utterance, attachments(scene, utterance)


BEST = [
    ("inside", "«Мост открыт, — сказал прораб. — Все рады».", "сказал прораб."),
    ("behind dash", "«Мост открыт», — сказал прораб.", "сказал прораб."),
    ("behind dash", "«Мост открыт» &mdash; сказал прораб.", "сказал прораб."),
    ("behind dash, no verb", "«Мост открыт» — прораб Лось.", "прораб Лось."),
    ("behind comma", "«Мост открыт», сказал прораб.", "сказал прораб."),
    ("behind", "«Мост открыт» сказал прораб.", "сказал прораб."),
    ("before colon", "Прораб сказал: «Мост открыт».", "Прораб сказал"),
    ("before colon", "Прораб сказал:\nМост открыт.", "Прораб сказал"),
    ("before colon", "Прораб сказал: — «Мост открыт».", "Прораб сказал"),
    ("before colon, no verb", "Прораб: «Мост открыт».", "Прораб"),
    ("label", "Лось: Когда откроют мост?\nЛис: Осенью.", "Лось"),
    ("signature", "«Мост открыт».\n— Иван Лось, прораб", "Иван Лось, прораб"),
    ("governs", "Прораб назвал мост «чудом».", "Прораб назвал мост"),
    ("governs, no cue", "Мэр открыл завод «Заря».", "Мэр открыл завод «Заря»."),
    ("left", "По словам прораба, мост «стоит крепко».", "По словам прораба, мост"),
    ("sentence before", "Прораб молчал. «Мост открыт».", "Прораб молчал."),
    ("line before", "Прораб молчал.\n«Мост открыт».", "Прораб молчал."),
    ("sentence behind", "«Мост открыт». Прораб сказал и ушёл.", "Прораб сказал и ушёл."),
    ("line behind", "«Мост открыт».\nПрораб сказал и ушёл.", "Прораб сказал и ушёл."),
    ("pointed at", "«Мост открыт». С этими словами прораб ушёл.", "С этими словами прораб ушёл."),
    ("pointed at", "«Мост открыт». Об этом сообщил прораб.", "Об этом сообщил прораб."),
]


@pytest.mark.parametrize(("sieve", "text", "words"), BEST)
def test_the_best_place(scene_of: SceneOf, sieve: str, text: str, words: str) -> None:
    scene = scene_of(text)
    place = first(scene)[1][0]
    assert (place.sieve, scene.text.slice(place.start, place.stop)) == (sieve, words)


def test_the_outer_author_stands_behind_marks_that_close_together(scene_of: SceneOf) -> None:
    scene = scene_of("«Мы строим завод «Заря», — сказал прораб.")
    outer, inner = find_utterances(scene)
    assert "behind dash" in {place.sieve for place in attachments(scene, outer)}
    assert "behind dash" not in {place.sieve for place in attachments(scene, inner)}


def test_the_author_of_inner_words_stands_within_the_outer_marks(scene_of: SceneOf) -> None:
    scene = scene_of("Мэр сказал: «Прораб ответил: „Мост открыт“».")
    [_, inner] = find_utterances(scene)
    place = attachments(scene, inner)[0]
    assert place.site is not None
    assert place.site.entry.lemma == "ответить"


def test_a_line_without_an_author_has_no_place(scene_of: SceneOf) -> None:
    assert first(scene_of("«Железо надо слышать»."))[1] == []


CERTAIN = [
    ("reply", "— Мост открыт.\n— А река?"),
    ("transcript", "Лось: Когда откроют мост?\nЛис: Осенью."),
    ("cue behind a dash", "«Мост открыт», — сказал прораб."),
    ("cue of feeling behind a dash", "«Мост открыт», — улыбнулся прораб."),
    ("cue before a colon", "Прораб сказал: «Мост открыт»."),
    ("block", "Прораб сказал:\nМост открыт."),
    ("author inside", "«Мост открыт, — сказал прораб. — Все рады»."),
    ("caption", "«Пенсии вырастут» — министр."),
    ("clause that fills a sentence", "Вот цех. «Железо надо слышать»."),
    ("with these words", "«Мост открыт». С этими словами прораб ушёл."),
    ("judgement", "Мэр назвал решение «позорным»."),
    ("judgement far behind", "Мэр назвал итоги весенних выборов в совет «позорными»."),
    ("judgement of one", "Она называет решение «позорным»."),
    ("judgement held", "Прораб счёл решение «позорным»."),
    ("no verb before the colon", "Прораб: «Мост открыт»."),
    ("cry without a colon", "Прораб крикнул «Назад»."),
    ("cries in a list", "Рабочие вышли с лозунгами «Хлеб и мир», «Труд и май»."),
    ("headline on a topic", "Прораб о мосте: «Всё впереди»\nМост строят."),
]
WEIGHED = [
    ("headline", "«Железо надо слышать»."),
    ("no clause in a sentence of its own", "Вот цех. «Железо»."),
    ("title before the colon", "Фильм: «Мост открыт»."),
    ("comma alone", "«Мост открыт», сказал прораб."),
    ("cue far behind the dash", "«Мост» — это дорога к лесу, сказал прораб."),
    ("small letter behind a colon", "Прораб сказал: «мост»."),
    ("caption without a clause", "«Пенсии» — министр."),
    ("caption of nobody", "«Пенсии вырастут» — газета."),
    ("judgement that goes on", "Мэр называет решение «позорным»."),
    ("name given", "Собаку назвали «Жучкой»."),
    ("name behind its noun", "Мэр назвал собаку кличкой «Жучка»."),
    ("title", "Мэр открыл завод «Заря»."),
    ("first person", "Я говорю: «Мост открыт»."),
]


@pytest.mark.parametrize("text", [row[1] for row in CERTAIN], ids=[row[0] for row in CERTAIN])
def test_speech_that_is_certain_by_its_form(scene_of: SceneOf, text: str) -> None:
    scene = scene_of(text)
    assert certain(scene, *first(scene))


@pytest.mark.parametrize("text", [row[1] for row in WEIGHED], ids=[row[0] for row in WEIGHED])
def test_words_in_marks_that_are_only_weighed(scene_of: SceneOf, text: str) -> None:
    scene = scene_of(text)
    assert not certain(scene, *first(scene))
