"""Relays: who passes words on is not who said them."""

import pytest
from spacy.language import Language

from skazal.document import Document
from skazal.pipeline import load, to_document
from skazal.quotes.relays import relay_of

from .scenes import SceneOf, cue, shown


@pytest.fixture(scope="module")
def whole() -> Language:
    return load()


def passed_on(document: Document) -> list[tuple[str, str | None, str | None]]:
    """Content, speaker and relay of each quote."""
    return [
        (quote.text, quote.speaker.name if quote.speaker else None, quote.relay.name if quote.relay else None)
        for quote in document.quotes
    ]


PASSED_ON = [
    ("Прораб Иван Лось заявил, что мост закроют, передаёт «Заря».", ("мост закроют", "Иван Лось", "Заря")),
    ("По данным полиции, прораб Иван Лось заявил, что мост закроют.", ("мост закроют", "Иван Лось", "полиция")),
    ("«Мост цел», — сказал прораб Иван Лось, передаёт «Заря».", ("Мост цел", "Иван Лось", "Заря")),
    ("«Мост цел», — сообщает ТАСС со ссылкой на мэрию.", ("Мост цел", "мэрия", "ТАСС")),
    ("«Мост цел», — приводит слова инженера Ивана Каца газета «Заря».", ("Мост цел", "Иван Кац", "Заря")),
    ("Прораб Иван Лось заявил, что мост закроют.", ("мост закроют", "Иван Лось", None)),
    ("По словам прораба Ивана Лося, мост закроют.", ("мост закроют", "Иван Лось", None)),
]


@pytest.mark.parametrize(("text", "wanted"), PASSED_ON)
def test_who_says_and_who_passes_on(whole: Language, text: str, wanted: tuple[str, str, str | None]) -> None:
    assert passed_on(to_document(whole(text))) == [wanted]


def test_a_person_who_tells_what_another_said_is_a_source(whole: Language) -> None:
    quotes = passed_on(to_document(whole("По словам Анны Лис, прораб Иван Лось заявил, что мост закроют.")))
    assert ("мост закроют", "Иван Лось", None) in quotes
    assert "Анна Лис" in {speaker for _, speaker, _ in quotes}


@pytest.mark.parametrize(
    ("text", "lemma", "relay"),
    [
        ("Мост закроют, сообщает агентство «Заря» со ссылкой на прокуратуру.", "сообщать", "агентство «Заря»"),
        ("Газета приводит слова инженера Ивана Каца: «Мост цел».", "приводить слова", "Газета"),
        ("Газета цитирует инженера Ивана Каца: «Мост цел».", "цитировать", "Газета"),
        ("Мост закроют, сообщает агентство «Заря».", "сообщать", None),
        ("Мост закроют, сообщает агентство со ссылкой на звонок.", "сообщать", None),
        ("По словам мэра, мост цел.", "по словам", None),
    ],
)
def test_whom_a_cue_makes_a_relay(scene_of: SceneOf, text: str, lemma: str, relay: str | None) -> None:
    scene = scene_of(text)
    assert shown(scene, relay_of(scene, cue(scene, lemma))) == relay
