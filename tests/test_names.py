"""Person names, one a line in cases/names.txt; then what several mentions say together."""

import re
from pathlib import Path
from typing import Any

import pytest

from skazal.names import MentionForm, PersonName, canonical, compatible, parse_name

CASES = Path(__file__).parent / "cases" / "names.txt"
PARTS = ("first", "patronymic", "surname", "nickname", "title")
LINE = re.compile(r"(?P<name>[^{]+?)(?: \{(?P<tag>[^}]+)\})? → (?P<nominative>.+?) \| (?P<gender>\S+) \| (?P<parts>.+)")
PART = re.compile(rf"({'|'.join(PARTS)})=(.*?)(?= (?:{'|'.join(PARTS)})=|$)")


def cases() -> list[Any]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [
        pytest.param(line.removeprefix("? "), id=line, marks=[pytest.mark.xfail(strict=True)] if line[0] == "?" else [])
        for line in lines
    ]


def shown(name: PersonName) -> dict[str, str | None]:
    gender = "plur" if name.plural else name.gender or "-"
    return {"nominative": name.nominative, "gender": gender, **{part: getattr(name, part) for part in PARTS}}


@pytest.mark.parametrize("line", cases())
def test_name(line: str) -> None:
    match = LINE.fullmatch(line)
    assert match, f"not of the form `name {{tag}} → nominative | gender | parts`: {line}"
    words = match["name"].split()
    tag = match["tag"]
    name = parse_name(words, tags=[f"PROPN|{tag}"] * len(words)) if tag else parse_name(match["name"])
    parts = dict.fromkeys(PARTS) | dict(PART.findall(match["parts"]))
    assert shown(name) == {"nominative": match["nominative"], "gender": match["gender"], **parts}


def test_there_are_names_enough() -> None:
    assert len(cases()) >= 300


def tagged(text: str) -> MentionForm:
    """A mention written as `Хольцем/Ins Masc`: words, then the case and gender that the tagger gives to all of them."""
    words, tag = text.split("/")
    case, gender = tag.split()
    return MentionForm(tuple(words.split()), (f"PROPN|Case={case}|Gender={gender}|Number=Sing",) * len(words.split()))


TOGETHER = [
    ("does not decline", ["Гильфордс/Nom Masc", "Гильфордс/Gen Masc", "Гильфордс/Dat Masc"], "Гильфордс", None),
    ("declines", ["Хольцем/Ins Masc", "Хольца/Gen Masc"], "Хольц", "masc"),
    ("a woman's in two cases", ["Скворцову/Acc Fem", "Скворцовой/Ins Fem"], "Скворцова", "fem"),
    ("first name fixes the gender", ["Анна Хольц/Nom Fem", "Хольц/Gen Masc", "Хольц/Dat Masc"], "Анна Хольц", "fem"),
    (
        "joined to the full name",
        ["Илью Кедрина/Acc Masc", "Кедрин/Nom Masc", "Кедрину/Dat Masc"],
        "Илья Кедрин",
        "masc",
    ),
    ("a wrong tag is outvoted", ["Перейра/Nom Masc", "Перейры/Gen Masc", "Перейра/Gen Masc"], "Перейра", "masc"),
    ("initials filled", ["А. Кротов/Nom Masc", "Алексея Кротова/Gen Masc"], "Алексей Кротов", "masc"),
    ("patronymic joined", ["Людмилы Гуровой/Gen Fem", "Людмила Павловна/Nom Fem"], "Людмила Павловна Гурова", "fem"),
    ("capitals in the headline", ["КЕДРИН/Nom Masc", "Илье Кедрину/Dat Masc"], "Илья Кедрин", "masc"),
    ("spelling of the nominative", ["Пётр Лагин/Nom Masc", "Петра Лагина/Gen Masc"], "Пётр Лагин", "masc"),
    ("women's surnames in -ко", ["Кириленко/Gen Masc", "Оксаны Кириленко/Gen Fem"], "Оксана Кириленко", "fem"),
    ("Asian order", ["Пак Чжэ Ина/Gen Masc", "Пак/Nom Masc"], "Пак Чжэ Ин", "masc"),
]


@pytest.mark.parametrize(
    ("mentions", "nominative", "gender"), [row[1:] for row in TOGETHER], ids=[r[0] for r in TOGETHER]
)
def test_mentions_together(mentions: list[str], nominative: str, gender: str | None) -> None:
    name = canonical([tagged(mention) for mention in mentions])
    assert name.nominative == nominative
    assert gender is None or name.gender == gender


def test_canonical_needs_a_mention() -> None:
    with pytest.raises(ValueError, match="at least one"):
        canonical([])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Саша Кротов", "Александр Кротов", True),
        ("А. Кротов", "Алексей Кротов", True),
        ("Б. Кротов", "Алексей Кротов", False),
        ("Саша Кротов", "А. Кротов", True),
        ("Саша Кротов", "В. Кротов", False),
        ("Алексея Кротова", "Кротовым", True),
        ("Анна Кротова", "Алексей Кротов", False),
        ("Раиса Кротова", "Михаила Кротова", False),
        ("Саша", "Александра Кротова", True),
        ("Иван Кротов", "Пётр Кротов", False),
        ("Кестнер", "Марии-Луизы Кестнер-Бауэр", True),
        ("Иван Сергеевич", "Иван Сергеевич Кротов", True),
        ("Иван Сергеевич", "Иван Петрович Кротов", False),
        ("Хольцем", "Хольца", True),
        ("Хольц", "Штайн", False),
        ("фон Штайна", "Карл фон Штайн", True),
        ("Майк Хадсон", "Майкла Хадсона", True),
        ("Ивановы", "Иван Иванов", False),
        ("Милош Йованович", "Йовановичем", True),
    ],
)
def test_whether_two_names_can_be_one_persons(one: str, other: str, expected: bool) -> None:
    assert compatible(parse_name(one), parse_name(other)) is expected
    assert compatible(parse_name(other), parse_name(one)) is expected


def test_gender_says_its_evidence() -> None:
    evidence = {name: parse_name(name).gender_evidence for name in ("Иван Петрович", "Анна Хольц", "Кротовой", "Хольц")}
    assert evidence == {"Иван Петрович": "patronymic", "Анна Хольц": "first name", "Кротовой": "surname", "Хольц": ""}
    assert parse_name("Хольц", gender="fem").gender_evidence == "given"
    assert parse_name(["Саакадзе"], tags=["PROPN|Case=Nom|Gender=Masc|Number=Sing"]).gender_evidence == "tag"


def test_tokens_and_their_string_read_alike() -> None:
    assert parse_name(["А", ".", "Б", ".", "Кротову"]).nominative == parse_name("А. Б. Кротову").nominative


@pytest.mark.parametrize("name", ["", " ", "...", "«»", "-", "50 Cent", "12", "—", "'", "А", "«Вован»", "ъ"])
def test_what_is_hardly_a_name_is_no_error(name: str) -> None:
    assert isinstance(parse_name(name).nominative, str)


def test_a_warm_parse_is_fast() -> None:
    import timeit

    parse_name("Ольгу Кротову")
    assert timeit.timeit(lambda: parse_name("Ольгу Кротову"), number=10_000) / 10_000 < 30e-6
