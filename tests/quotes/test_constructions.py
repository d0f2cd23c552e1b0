"""The constructions of indirect speech: what each takes for the content of a report, and what it must leave alone."""

import pytest

from skazal.quotes import constructions
from skazal.quotes.attribution import find_speech
from skazal.quotes.scene import Scene

from .scenes import SceneOf, cue

REPORTED = """
according_to: по словам: По словам мэра, мост откроют осенью. > мост откроют осенью
according_to: по данным: Мост, по данным полиции, закрыт. > Мост || закрыт
according_to: по мнению: Мост откроют осенью, по мнению инженера. > Мост откроют осенью
according_to: согласно отчёту: Согласно отчёту комиссии, мост цел. > мост цел
according_to: по словам: Мост закрыт, потому что, по словам мэра, кончился бетон. > кончился бетон
as_said: отметить: Как отметил мэр, мост откроют осенью. > мост откроют осенью
as_said: сообщить: Мост, как сообщили в мэрии, откроют осенью. > Мост || откроют осенью
as_said: отметить: Как отметил Сергей Лось, председатель совета директоров, мост цел. > мост цел
clause: заявить: Мэр заявил, что мост откроют осенью. > мост откроют осенью
clause: спросить: Мэр спросил, когда откроют мост. > когда откроют мост
clause: спросить: Мэр спросил, будет ли открыт мост. > будет ли открыт мост
clause: заявить: Мэр заявил журналистам в кулуарах форума, что мост откроют. > мост откроют
clause: заявить: Мэр заявил, что мост откроют, передаёт «Заря». > мост откроют
clause: заявить: Мэр заявил, что мост откроют, и добавил, что ждёт гостей. > мост откроют
clause: заявить: Мэр заявил, что мост откроют, после чего ушёл. > мост откроют
clause: заявить: Мэр заявил, что мост откроют, а инженер ответил, что мост опасен. > мост откроют
clause: слово: Мэр отозвался на слова инженера о том, что мост опасен. > мост опасен
parenthesis: считать: Мост откроют осенью, считает мэр. > Мост откроют осенью
parenthesis: добавить: Пешеходам, добавил мэр, оставят проход. > Пешеходам || оставят проход
parenthesis: сообщить: Мост откроют осенью, — сообщил мэр. > Мост откроют осенью
pointed_at: сообщить: Мост откроют осенью. Об этом сообщил мэр. > Мост откроют осенью
pointed_at: рассказать: Мост откроют осенью. Мэр рассказал об этом газете. > Мост откроют осенью
pointed_at: подтвердить: Мост откроют осенью. Эту информацию подтвердили в мэрии. > Мост откроют осенью
colon: уверен: Тренер уверен: команда не подведёт. > команда не подведёт
colon: сказать: Тренер сказал: команда не подведёт. > команда не подведёт
event: сообщить: Мэр сообщил о гибели двух рыбаков в устье реки. > гибели двух рыбаков в устье реки
event: объявить: Мэр объявил о закрытии старого моста. > закрытии старого моста
event: сообщить: Мэр сообщил о гибели двух рыбаков, но имён не назвал. > гибели двух рыбаков
"""

LEFT_ALONE = """
according_to: со ссылкой на: Мост закроют, сообщает агентство со ссылкой на прокуратуру.
according_to: по словам: По словам: мост цел.
as_said: заявить: Мост открыли после того, как заявил мэр.
as_said: сказать: Люди видели, как, выйдя, мэр сказал, что ждёт.
as_said: сообщить: Мэр сообщил, что мост откроют.
clause: сказать: Мэр сказал речь и ушёл.
clause: сказать: Мэр сказал речь; он знал, что мост откроют.
clause: рассказать: Мэр рассказал о планах.
parenthesis: сообщить: Мэр, который сообщил о мосте, ушёл.
parenthesis: сообщить: Мэр вышел, и сообщил о мосте.
parenthesis: сообщить: Мэр сообщил о мосте.
pointed_at: сообщить: Об этом сообщил мэр.
pointed_at: сообщить: Мост закрыт. Мэр сообщил о том, что ждёт гостей.
pointed_at: рассказать: Мост закрыт. Мэр рассказал о планах.
colon: сказать: Тренер сказал: «Команда не подведёт».
colon: сказать: Тренер сказал: — Команда не подведёт.
event: сообщить: Мэр сообщил о гибели.
event: рассказать: Мэр рассказал о планах города на осень и зиму.
event: сообщить: Мэр сообщил людям, что знал о гибели двух рыбаков в устье.
"""


def rows(cases: str) -> list[list[str]]:
    """Function, cue and the rest of each line."""
    return [line.split(": ", 2) for line in cases.strip().splitlines()]


def contents(scene: Scene, function: str, lemma: str) -> list[str] | None:
    """What a construction takes for the content at the first cue with this lemma."""
    found = getattr(constructions, function)(scene, cue(scene, lemma))
    if found is None:
        return None
    name, pieces = found
    assert name == function.replace("_", " ")
    return [scene.text.slice(start, stop) for start, stop in pieces]


@pytest.mark.parametrize(("function", "lemma", "case"), rows(REPORTED))
def test_what_is_reported(scene_of: SceneOf, function: str, lemma: str, case: str) -> None:
    text, _, wanted = case.partition(" > ")
    assert contents(scene_of(text), function, lemma) == wanted.split(" || ")


@pytest.mark.parametrize(("function", "lemma", "text"), rows(LEFT_ALONE))
def test_what_is_left_alone(scene_of: SceneOf, function: str, lemma: str, text: str) -> None:
    assert contents(scene_of(text), function, lemma) is None


def test_a_statement_on_the_next_line_is_no_content_of_a_colon(scene_of: SceneOf) -> None:
    assert contents(scene_of("Тренер сказал:\nКоманда не подведёт."), "colon", "сказать") is None


def test_a_pointer_to_direct_speech_reports_nothing_new(scene_of: SceneOf) -> None:
    scene = scene_of("«Мост откроют осенью». Об этом сообщил мэр.")
    find_speech(scene, 0.5)
    assert contents(scene, "pointed_at", "сообщить") is None
