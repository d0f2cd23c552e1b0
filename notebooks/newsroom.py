"""Made-up news of a made-up region for the notebooks: the same articles for the same seed, with who said what in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

OUTLETS = ("Северный курьер", "Орловка сегодня", "Ладовские ведомости", "Голос островов")

# Name, gender, role, the role in the genitive; who is quoted by whom depends on the place in this list.
PEOPLE = (
    ("Аркадий Саврасов", "m", "губернатор Залесской области", "губернатора Залесской области"),
    ("Инна Лужина", "f", "мэр Орловки", "мэра Орловки"),
    ("Вера Кононова", "f", "министр транспорта области", "министра транспорта области"),
    ("Тимур Вяткин", "m", "капитан парома «Кедр»", "капитана парома «Кедр»"),
    ("Софья Берг", "f", "учительница из Малого Кедра", "учительницы из Малого Кедра"),
    ("Егор Тюлин", "m", "глава рыбацкой артели", "главы рыбацкой артели"),
    ("Марат Ершов", "m", "депутат областной думы", "депутата областной думы"),
    ("Дина Рябова", "f", "главный врач районной больницы", "главного врача районной больницы"),
)
GENITIVE = {
    "Аркадий Саврасов": "Аркадия Саврасова", "Инна Лужина": "Инны Лужиной", "Вера Кононова": "Веры Кононовой",
    "Тимур Вяткин": "Тимура Вяткина", "Софья Берг": "Софьи Берг", "Егор Тюлин": "Егора Тюлина",
    "Марат Ершов": "Марата Ершова", "Дина Рябова": "Дины Рябовой",
}  # fmt: skip

# A clause that stands alone, and what happened, for the headline and the first paragraph.
EVENTS = (
    ("Паром на острова запустят раньше срока", "Паромное сообщение с Кедровыми островами восстановят раньше срока."),
    ("В Орловке закрыли мост на ремонт", "В Орловке закрыли на ремонт мост через Ладу."),
    ("Лёд на Ладе встал на две недели позже", "Лёд на реке Ладе встал на две недели позже обычного."),
    ("В Малом Кедре открыли новую школу", "В посёлке Малый Кедр открыли новую школу на двести мест."),
    ("Рыбаки просят отложить начало путины", "Рыбацкие артели попросили отложить начало весенней путины."),
    ("Больница Усть-Ладова получила катер", "Районная больница Усть-Ладова получила катер скорой помощи."),
)
CLAUSES = (
    "денег в бюджете хватит до конца года", "подрядчик нарушил сроки ремонта", "люди ждали этого слишком долго",
    "без ледокола зимой не обойтись", "билеты не подорожают", "решение примут после проверки",
    "посёлок остался без связи с берегом", "работы закончат до первого снега", "мы готовились к этому всю весну",
    "новый причал выдержит любой паводок", "расписание рейсов изменится осенью", "никто не спросил самих жителей",
    "детей будут возить в школу катером", "улов в этом году упал вдвое", "проект обсудят с жителями островов",
)  # fmt: skip
VERBS = {
    "neutral": (("сказал", "сказала"), ("сообщил", "сообщила"), ("рассказал", "рассказала"), ("отметил", "отметила")),
    "claiming": (("заявил", "заявила"), ("уверен", "уверена"), ("подчеркнул", "подчеркнула")),
    "conceding": (("признал", "признала"), ("признался", "призналась")),
}
FILLERS = (
    "Напомним, прошлой весной паводок разрушил старый причал.", "На островах живут около двух тысяч человек.",
    "Ремонт обошёлся бюджету в сорок миллионов рублей.", "Следующее заседание думы пройдёт в четверг.",
)  # fmt: skip


@dataclass
class Article:
    """An article with its outlet and day, and its quotes in order as (words, speaker)."""

    id: str
    text: str
    outlet: str
    date: str
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def meta(self) -> dict[str, str]:
        return {"outlet": self.outlet, "date": self.date}


def articles(count: int, seed: int = 7) -> Iterator[Article]:
    """Yield ``count`` articles of one year."""
    luck = random.Random(seed)
    for number in range(count):
        yield article(luck, number)


def article(luck: random.Random, number: int) -> Article:
    """Return an article in which two or three people speak, two or three times each."""
    day = date(2031, 1, 1) + timedelta(days=int(luck.triangular(0, 364, 290)))
    outlet = luck.choice(OUTLETS)
    headline, lead = luck.choice(EVENTS)
    made = Article(f"{outlet.split()[0].lower()}-{number:03}", "", outlet, day.isoformat())
    paragraphs = [headline, lead]
    for person in luck.sample(PEOPLE, k=luck.choice((2, 2, 3)), counts=weights(outlet)):
        if person[0] not in {name for _, name in made.said}:
            paragraphs += speech(luck, person, made.said)
    paragraphs.append(luck.choice(FILLERS))
    made.text = "\n\n".join(paragraphs)
    return made


def weights(outlet: str) -> list[int]:
    """Return how often each of `PEOPLE` is asked by an outlet: some ask those in office, some the islanders."""
    official = OUTLETS.index(outlet) < 2
    return [9 - place if official else 2 + place for place in range(len(PEOPLE))]


def speech(luck: random.Random, person: tuple[str, str, str, str], said: list[tuple[str, str]]) -> Iterator[str]:
    """Yield paragraphs in which a person is introduced and speaks."""
    name, gender, role, of_role = person
    surname, pronoun = name.split()[-1], "он" if gender == "m" else "она"
    one, two, three = luck.sample(CLAUSES, 3)
    tell, add = verb(luck, gender), verb(luck, gender, "neutral")
    first, second = luck.choice((
        (f"«{capital(one)}», — {tell} {role} {name}.", [one]),
        (f"{capital(role)} {name} {add}, что {one}.", [one]),
        (f"По словам {of_role} {GENITIVE[name]}, {one}.", [one]),
        (f"«{capital(one)}, — {tell} {role} {name}. — {capital(two)}».", [f"{one} {two}"]),
    )), luck.choice((
        (f"«{capital(three)}», — {'добавил' if gender == 'm' else 'добавила'} {pronoun}.", [three]),
        (f"{surname} {add}, что {three}.", [three]),
        (f"«{capital(three)}, и спорить тут не о чем».", [f"{three}, и спорить тут не о чем"]),
        (f"{surname} {'назвал' if gender == 'm' else 'назвала'} происходящее «уроком для всех».", ["уроком для всех"]),
    ))  # fmt: skip
    for text, words in (first, second):
        said += [(part, name) for part in words]
        yield text


def verb(luck: random.Random, gender: str, stance: str | None = None) -> str:
    """Return a reporting verb or predicative in the past of a gender."""
    wanted = stance or luck.choices(list(VERBS)[:3], weights=(5, 3, 1))[0]
    return luck.choice(VERBS[wanted])["mf".index(gender)]


def capital(text: str) -> str:
    """Return text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
