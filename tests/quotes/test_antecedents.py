"""Whom pronouns, bare nouns and documents take up where the entities do not tell."""

import pytest

from skazal.quotes.antecedents import antecedent, is_pronoun, taken_up
from skazal.quotes.issuers import author_of
from skazal.quotes.phrases import phrase

from .scenes import SceneOf, shown, word


@pytest.mark.parametrize(
    ("text", "pronoun", "wanted"),
    [
        ("Местная жительница вышла. Она молчит.", "Она", "Местная жительница"),
        ("Эксперты пришли. По их словам, мост цел.", "их", "Эксперты"),
        ("Прораб и инженер пришли. Они молчат.", "Они", "Прораб и инженер"),
        ("Прораб вышел. Инженер молчит. Он устал.", "Он", "Инженер"),
        ("Один из рабочих вышел. Он молчит.", "Он", "Один из рабочих"),
        ("Местная жительница вышла. Он молчит.", "Он", None),
        ("Местная жительница вышла. Они молчат.", "Они", None),
        ("Эксперты пришли. Он молчит.", "Он", None),
        ("Мэр Инна Лужина вышла. Она молчит.", "Она", None),
        ("Мост открыт. Он цел.", "Он", None),
        ("Прораба ждут. Он молчит.", "Он", "Прораба"),
        ("Утром ждали одного сторожа. Он молчит.", "Он", None),
        ("Прораб вышел. Я молчу.", "Я", None),
    ],
)
def test_whom_a_pronoun_stands_for(scene_of: SceneOf, text: str, pronoun: str, wanted: str | None) -> None:
    scene = scene_of(text)
    assert shown(scene, antecedent(scene, word(scene, pronoun))) == wanted


def test_an_antecedent_stands_behind_the_given_place(scene_of: SceneOf) -> None:
    scene = scene_of("Прораб вышел. Мост цел. Он молчит.")
    pronoun = word(scene, "Он")
    assert antecedent(scene, pronoun, after=0) is not None
    assert antecedent(scene, pronoun, after=10) is None


@pytest.mark.parametrize(
    ("text", "noun", "wanted"),
    [
        ("Врач Иван Лось вышел к людям. Врач сказал, что ждёт.", "Врач", "Иван Лось"),
        ("Иван Лось вышел к людям. Сам юбиляр молчит.", "юбиляр", "Иван Лось"),
        ("Анна Лис вышла к людям. Актриса молчит.", "Актриса", "Анна Лис"),
        ("Иван Лось вышел к людям. Актриса молчит.", "Актриса", None),
        ("Врач Иван Лось вышел к людям. Прораб молчит.", "Прораб", None),
        ("Иван Лось вышел к людям. Один прораб молчит.", "прораб", None),
        ("Иван Лось вышел к людям. Прораб участка молчит.", "Прораб", "Иван Лось"),
        ("Директор Иван Лось вышел к людям. Прораб участка молчит.", "Прораб", None),
        ("Иван Лось вышел к людям. Прокурор района молчит.", "Прокурор", None),
        ("Иван Лось сказал, что ждёт. Адвокат завода молчит.", "Адвокат", "Иван Лось"),
        ("Иван Лось вышел к людям. Брат мэра молчит.", "Брат", None),
        ("Иван Лось вышел к людям. Мост цел. Река тиха. Прораб участка молчит.", "Прораб", None),
        ("Иван Лось вышел к людям. Его прораб молчит.", "прораб", None),
        ("Актёр Иван Лось вышел к людям. Сам юбиляр молчит.", "юбиляр", "Иван Лось"),
        ("Иван Лось вышел к людям. Врачи молчат.", "Врачи", None),
        ("Врачи вышли к людям. Врач молчит.", "Врач", None),
        ("Ивана Лося ждут люди. Стол молчит.", "Стол", None),
    ],
)
def test_whom_a_bare_noun_takes_up(scene_of: SceneOf, text: str, noun: str, wanted: str | None) -> None:
    scene = scene_of(text)
    person = taken_up(scene, phrase(scene, word(scene, noun), "subject"))
    assert (person.name if person else None) == wanted


@pytest.mark.parametrize(
    ("text", "document", "wanted"),
    [
        ("Иван Лось подписал указ. В указе говорится, что мост закрыт.", "указе", "Иван Лось"),
        ("Иван Лось направил письмо мэру. В письме говорится, что мост закрыт.", "письме", "Иван Лось"),
        ("Иван Лось указом освободил мэра. В указе говорится, что мост закрыт.", "указе", "Иван Лось"),
        ("Иван Лось назначил мэра. В указе говорится, что мост закрыт.", "указе", "Иван Лось"),
        ("Иван Лось назначил мэра. В письме говорится, что мост закрыт.", "письме", None),
        ("Закон подписан Иваном Лосем. В законе говорится, что мост закрыт.", "законе", "Иван Лось"),
        ("Иван Лось читал указ. В указе говорится, что мост закрыт.", "указе", None),
        ("Указ подписан. В указе говорится, что мост закрыт.", "указе", None),
        ("В указе говорится, что мост закрыт.", "указе", None),
    ],
)
def test_who_issued_a_document(scene_of: SceneOf, text: str, document: str, wanted: str | None) -> None:
    scene = scene_of(text)
    author = author_of(scene, word(scene, document))
    assert (author.name if author else None) == wanted


@pytest.mark.parametrize(("norm", "pronoun"), [("она", True), ("их", True), ("я", True), ("тот", True), ("мэр", False)])
def test_pronouns(norm: str, pronoun: bool) -> None:
    assert is_pronoun(norm) is pronoun
