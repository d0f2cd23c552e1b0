"""A made-up annotated corpus of any size, the same for the same seed; no text in it is anybody's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from skazal.document import Cue, Document, Entity, Mention, Quote, QuoteKind, Span, Speaker

OUTLETS = ["Северный курьер", "Орловка сегодня", "Ладовские ведомости", "Залесье.ру", "Голос островов", "Вестник порта"]
GIVEN = {"masc": "Аркадий Егор Тимур Фёдор Лев Павел Марат".split(), "fem": "Инна Вера Софья Ольга Дина Тамара".split()}
SURNAMES = (
    "Саврасов Тюлин Бугаев Лопарев Кононов Ершов Лужин Берегов Дорохов Вяткин Рябов Соснин Мельников Чалов".split()
)
ROLES = ["губернатор области", "мэр Орловки", "капитан парома", "учитель", "министр транспорта", None]
WORDS = (
    "мост паром дорога ремонт бюджет школа больница причал лёд весна осень паводок рейс билет экипаж подрядчик житель "
    "остров откроют закроют проверят обещали построили ждали решили купили продали начнут в на без для к и но уже ещё "
    "снова вовремя"
).split()
CUES = {"masc": ["заявил", "сообщил", "уверен", "пообещал"], "fem": ["заявила", "сообщила", "уверена", "пообещала"]}
STANCES = ["neutral", "neutral", "claiming", "conceding"]
KINDS: list[QuoteKind] = ["direct", "direct", "mixed", "indirect"]


def corpus(quotes: int, seed: int = 1) -> Iterator[Document]:
    """Yield documents of five quotes each until there are ``quotes``."""
    luck = random.Random(seed)
    people = [
        (f"{luck.choice(GIVEN[g])} {s}{'а' if g == 'fem' else ''}", g) for s in SURNAMES for g in ("masc", "fem")
    ] * 3
    for number in range(quotes // 5):
        yield article(number, luck, people)


def article(number: int, luck: random.Random, people: list[tuple[str, str]]) -> Document:
    """Return one document."""
    text = f"{words(luck, 6)}\n\n"
    found: list[Quote] = []
    entities: list[Entity] = []
    for k in range(1, 6):
        name, gender = people[min(int(luck.expovariate(0.08)), len(people) - 1)]
        said, cue = words(luck, luck.randint(8, 40)), luck.randrange(4)
        start = len(text) + 1
        text += f"«{said}», — {CUES[gender][cue]} {name}. {words(luck, 20)}.\n\n"
        at = text.index(CUES[gender][cue], start + len(said))
        mention = at + len(CUES[gender][cue]) + 1
        place = Span(mention, mention + len(name), name)
        entities.append(Entity(f"e{k}", "PER", name, gender, (), (Mention(place.start, place.end, name, "name"),)))  # type: ignore[arg-type]
        speaker = Speaker(name, "PER", f"e{k}", luck.choice(ROLES), gender, place)  # type: ignore[arg-type]
        mark = Cue(at, mention - 1, CUES[gender][cue], CUES["masc"][cue], "say", STANCES[cue])
        span = Span(start, start + len(said), said)
        found.append(
            Quote(f"q{k}", luck.choice(KINDS), (span,), said, speaker, mark, None, None, luck.random(), "made up")
        )
    day = date(2031, 1, 1) + timedelta(days=int(luck.triangular(0, 364, 250)))
    meta = {"outlet": luck.choice(OUTLETS[: 1 + number % len(OUTLETS)]), "date": day.isoformat()}
    return Document(f"a{number}", text, meta, (), tuple(entities), tuple(found))


def words(luck: random.Random, count: int) -> str:
    """Return words in a row that begin like a sentence."""
    return " ".join(luck.choices(WORDS, k=count)).capitalize()
