"""From a cue to the phrase that denotes its source, and on to the speaker: a text for each way."""

from collections.abc import Callable

import pytest

from skazal.quotes.cues import find_cues
from skazal.quotes.naming import speaker_of
from skazal.quotes.scene import Scene
from skazal.quotes.sources import relay_of, source_of

SceneOf = Callable[[str], Scene]

MOST = "Глава комитета по вопросам семьи, женщин и детей Анна Лис сообщила, что ждёт."
SOURCES = [
    ("own subject", "Мэр Инна Лужина сообщила, что мост закроют.", "сообщить", "Инна Лужина"),
    ("nominative behind the verb", "«Мост закроют», — сообщила мэр Инна Лужина.", "сообщить", "Инна Лужина"),
    ("joined verbs", "Инна Лужина осмотрела мост и заявила, что его закроют.", "заявить", "Инна Лужина"),
    ("converb", "Инна Лужина вышла к людям, сообщив, что мост закроют.", "сообщить", "Инна Лужина"),
    ("relative clause", "Людям ответил инженер, который заявил, что мост закроют.", "заявить", "инженер"),
    ("place", "В мэрии сообщили, что мост закроют.", "сообщить", "мэрия"),
    ("issuer of a document", "В заявлении компании говорится, что мост закроют.", "говориться", "компания"),
    ("document that issues nothing", "В акте проверки сказано, что мост закрыт.", "сказать", "акт проверки"),
    ("reference", "Мост закроют, сообщает агентство со ссылкой на прокуратуру.", "сообщать", "прокуратура"),
    ("owner of words", "«Мост цел», — приводит слова инженера Ивана Каца газета.", "приводить слова", "Иван Кац"),
    ("genitive", "По словам инженера Ивана Каца, мост цел.", "по словам", "Иван Кац"),
    ("name behind commas", MOST, "сообщить", "Анна Лис"),
    ("several subjects", "Иван Кац и Анна Лис рассказали, что мост цел.", "рассказать", "Иван Кац и Анна Лис"),
    ("outlet in marks", "Мост закроют, передаёт «Заречный вестник».", "передавать", "Заречный вестник"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lemma", "name"), [row[1:] for row in SOURCES], ids=[row[0] for row in SOURCES])
def test_the_source_of_a_cue(scene_of: SceneOf, text: str, lemma: str, name: str) -> None:
    scene = scene_of(text)
    site = next(site for site in scene.cues if site.entry.lemma == lemma)
    source = source_of(scene, site)
    assert source is not None
    speaker = speaker_of(scene, source)
    assert speaker is not None
    assert speaker.name.casefold() == name.casefold()


def test_a_subject_does_not_lie_beyond_a_clause(scene_of: SceneOf) -> None:
    scene = scene_of("Секретарь утверждает, что тема закрыта.")
    site = next(site for site in scene.cues if site.entry.lemma == "утверждать")
    source = source_of(scene, site)
    assert source is not None
    assert scene.text.slice(source.start, source.stop) == "Секретарь"


def test_a_helper_is_not_whom_he_helps(scene_of: SceneOf) -> None:
    scene = scene_of("Анна Лис молчит. Адвокат Анны Лис заявил, что дело закрыто.")
    site = next(site for site in scene.cues if site.entry.lemma == "заявить")
    source = source_of(scene, site)
    speaker = speaker_of(scene, source) if source else None
    assert speaker is not None
    assert speaker.type == "ROLE"


def test_who_passes_words_on(scene_of: SceneOf) -> None:
    scene = scene_of("Мост закроют, сообщает агентство «Заря» со ссылкой на прокуратуру.")
    site = next(site for site in scene.cues if site.entry.lemma == "сообщать")
    relay = relay_of(scene, site.word)
    speaker = speaker_of(scene, relay) if relay else None
    assert speaker is not None
    assert "Заря" in speaker.name


def test_a_report_without_a_reference_has_no_relay(scene_of: SceneOf) -> None:
    scene = scene_of("Мост закроют, сообщает агентство «Заря».")
    site = next(site for site in scene.cues if site.entry.lemma == "сообщать")
    assert relay_of(scene, site.word) is None


CUES = [
    ("Инна Лужина не сказала, когда откроют мост.", "сказать", True),
    ("Инна Лужина сказала, когда откроют мост.", "сказать", False),
    ("Инна Лужина выразила полную уверенность, что мост откроют.", "выразить уверенность", False),
    ("По его собственным словам, мост цел.", "по словам", False),
    ("Мэр уверена, что мост откроют.", "уверен", False),
    ("Как следует из отчёта, мост цел.", "как следует из", False),
]


@pytest.mark.parametrize(("text", "lemma", "negated"), CUES)
def test_cues_are_found_and_negation_with_them(scene_of: SceneOf, text: str, lemma: str, negated: bool) -> None:
    found = {site.entry.lemma: site.negated for site in find_cues(scene_of(text).text)}
    assert found.get(lemma) is negated
