"""Rules that a test can ask without a pipeline, and what must hold for every text."""

import time

import pytest

from skazal.document import Entity
from skazal.entities import gazetteer, resolve
from skazal.entities.listed import SITE
from skazal.entities.naming import known_phrase, unknown_nominative
from skazal.entities.persons import one_slip
from skazal.entities.repeats import same_word
from skazal.pipeline import load
from skazal.reading import read

ODD = ["", " ", "\n\n", "…", "«»", "()", "Он", "Президент", "А. Б. В.", "(((", "«Ян", "Ян (", "ОАО «", "а\u0301 Ян"]
NLP = load(exclude=["skazal_entities", "skazal_quotes"])


def entities(text: str) -> list[Entity]:
    return resolve(read(NLP(text)))


@pytest.mark.parametrize(
    ("one", "other"), [("снегова", "снеговой"), ("мельск", "мельске"), ("соединенные", "соединенных"), ("дым", "дыма")]
)
def test_forms_of_one_name(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("россия", "россияне"), ("путин", "пути"), ("мельск", "мельник")])
def test_words_that_only_begin_alike(one: str, other: str) -> None:
    assert not same_word(one, other)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("карташев", "карташов", True),
        ("карташев", "каратшев", True),
        ("филип", "филипп", True),
        ("карташев", "карташев", False),
        ("карташев", "бургашев", False),
    ],
)
def test_slips_of_the_pen(one: str, other: str, slip: bool) -> None:
    assert one_slip(one, other) is slip


@pytest.mark.parametrize(
    ("word", "tag", "nominative"),
    [
        ("Гринвилле", "PROPN|Case=Loc|Gender=Masc", "Гринвилл"),
        ("Гринвилла", "PROPN|Case=Gen|Gender=Masc", "Гринвилл"),
        ("Залтаны", "PROPN|Case=Gen|Gender=Fem", "Залтана"),
        ("Отаки", "PROPN|Case=Loc|Gender=Masc", "Отаки"),
    ],
)
def test_foreign_places_in_the_nominative(word: str, tag: str, nominative: str) -> None:
    assert unknown_nominative(word, tag) == nominative


def test_names_of_the_gazetteer_in_oblique_cases() -> None:
    assert known_phrase(["Соединённых", "Штатов"]) == "Соединённые Штаты"
    assert known_phrase(["Красных", "Штатов"]) is None


def test_names_of_one_country_share_a_key() -> None:
    known = gazetteer.known()
    assert known["рф"].key == known["россия"].key == known["российская федерация"].key == "RU"
    assert known["мид"].key == known["министерство иностранных дел"].key
    assert known["европа"].label == "LOC"


def test_lists_are_well_formed() -> None:
    codes = {code for code, _ in gazetteer.rows("countries.tsv")}
    assert {code for code, *_ in gazetteer.rows("country_words.tsv")} <= codes
    kinds = {"titled", "owned", "both", "adjectival", "street"}
    assert {kind for _, kind, _ in gazetteer.rows("name_heads.tsv")} <= kinds
    assert {kind for kind, _, _ in gazetteer.rows("organisations.tsv")} == {"ORG", "LOC"}


@pytest.mark.parametrize("site", ["Vyazma.ru", "новости.рф", "Вести.Вязьма.ру"])
def test_sites(site: str) -> None:
    assert SITE.fullmatch(site)


@pytest.mark.parametrize("text", ["box@vyazma.ru", "https://vyazma.ru/news", "5.30", "г.Вязьма"])
def test_what_is_no_site(text: str) -> None:
    assert not SITE.search(text)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_pass(text: str) -> None:
    for entity in entities(text):
        assert all(text[mention.start : mention.end] == mention.text for mention in entity.mentions)


def test_ids_follow_first_mentions() -> None:
    found = entities("Ян Белов приехал в Вязьму. Анна Рыбина осталась в Праге с Яном Беловым.")
    assert [entity.id for entity in found] == [f"e{number}" for number in range(1, len(found) + 1)]
    starts = [entity.mentions[0].start for entity in found]
    assert starts == sorted(starts)


def surname(i: int) -> str:
    letters = chr(1040 + i % 25), chr(1072 + i // 25 % 30), chr(1072 + i // 750 % 30)
    return "{}{}рд{}".format(*letters) + ("ов", "ин", "ев", "енко")[i % 4]


def test_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(count: int) -> float:
        said = "приехал в Вязьму. Он доволен, рассказал директор. Министр поддержал решение.\n"
        lines = (f"Директор завода Пётр {surname(i)} {said}" for i in range(count))
        text = read(NLP("".join(lines)))
        resolve(text)
        start = time.process_time()
        resolve(text)
        return time.process_time() - start

    small, large = seconds(150), seconds(1200)
    assert large < 8 * small * 2.5
