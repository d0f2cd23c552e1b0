"""Made-up news of any amount, the same for the same seed, with broken records among them and a list of what is broken.

    python benchmarks/generator.py OUT.jsonl [--articles N] [--seed S] [--broken SHARE] [--poison]

OUT is .jsonl, .csv, .parquet or a folder of .txt; only JSON Lines can be broken in every way. OUT.broken.json lists
each broken record as [position, line, reason]. With --poison some records hold the words at which the pipeline of
benchmarks/poisoned.py raises, hangs, dies or fills the memory. Nobody in these texts exists.
"""

import argparse
import csv
import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

OUTLETS = ["Северный курьер", "Орловка сегодня", "Ладовские ведомости", "Залесье.ру", "Голос островов", "Вестник порта"]
GIVEN = {
    "masc": "Аркадий Егор Тимур Фёдор Лев Павел Марат Олег Семён Глеб Денис Игнат Роман Степан Юрий Захар".split(),
    "fem": "Инна Вера Софья Ольга Дина Тамара Лидия Нина Раиса Алла Жанна Кира Майя Ева Зоя Яна".split(),
}
SURNAMES = (
    "Саврасов Тюлин Бугаев Лопарев Кононов Ершов Лужин Берегов Дорохов Вяткин Рябов Соснин Мельников Чалов Пахомов "
    "Грачёв Снегирёв Ладогин Крутов Осокин Полозов Тихонов Валуев Шубин Рогозин Клёнов Мошкин Карпов Заречнов Устинов"
).split()
ROLES = {
    "masc": "губернатор области|мэр Орловки|капитан парома|начальник порта|директор школы|министр транспорта области|"
    "депутат городского совета|главный врач больницы|тренер «Ладоги»|владелец верфи|эксперт по судоходству",
    "fem": "губернатор области|мэр Орловки|директор школы|начальница порта|учительница из посёлка|депутат городского "
    "совета|главный врач больницы|пресс-секретарь губернатора|владелица пекарни|министр транспорта области",
}
SUBJECTS = (
    "мост через Ладу|новый паром|дорога к причалу|ремонт школы|бюджет области|больница в Орловке|ледокол «Витязь»|"
    "рыбный завод|автобусный маршрут|набережная|водопровод на островах|музей судоходства|городской рынок|котельная|"
    "детский сад на Заречной|лодочная станция|библиотека|стадион|маяк на мысе|склад топлива|пожарная часть|теплица"
).split("|")
DEEDS = (
    "откроют к осени|закроют на две недели|проверят ещё раз|достроят без новых денег|передадут городу|начнут строить "
    "весной|отремонтируют до холодов|покажут жителям в субботу|не тронут до конца навигации|оставят как есть|перенесут "
    "на другой берег|продадут с торгов|сдадут раньше срока|обследуют водолазы|осмотрят инженеры из столицы"
).split("|")
REASONS = (
    "деньги на это в бюджете есть|подрядчик подвёл нас уже дважды|люди ждали слишком долго|зимой без этого не обойтись|"
    "так решили сами жители|другого выхода мы не видим|это дешевле, чем строить заново|срок прошёл ещё в мае|проект "
    "пришлось переделать|льда в этом году меньше обычного|экипаж уже обучен|документы лежат в министерстве"
).split("|")
FACTS = (
    "Работы начались {day} и заняли {number} дней|За год поток пассажиров вырос на {number} процентов|На это выделили "
    "{number} миллионов рублей|В посёлке живут {number} человек, почти все работают в порту|Прежний подрядчик ушёл "
    "{day}, не закончив и половины|Очередь на причале {day} растянулась на {number} метров|Суд рассмотрит иск {day}|"
    "Ветер достигал {number} метров в секунду, рейсы отменили|Комиссия нашла {number} нарушений и дала время до {day}|"
    "До ближайшего города отсюда {number} километров по льду или по воде|Проверку назначили на {day}"
).split("|")
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
SAID = {
    "masc": "сказал заявил сообщил пояснил добавил отметил".split(),
    "fem": "сказала заявила сообщила пояснила".split(),
}
THINKS = {"masc": "считает|уверен|убеждён|полагает".split("|"), "fem": "считает|уверена|убеждена|полагает".split("|")}
# What comes at which share of the broken; the last four only with poison.
WAYS = (
    "not_text no_text_missing no_text_null no_text_blank bad_encoding bad_json cut_json duplicate_id too_long bad_id"
).split()
POISONS = {"failed": "ЯД:СБОЙ", "time_limit": "ЯД:ВЕЧНОСТЬ", "died": "ЯД:КОНЕЦ", "memory_limit": "ЯД:ПАМЯТЬ"}
# Characters that articles keep below and `too_long` exceeds: give it to --max-length.
LONGEST = 20_000

Record = dict[str, Any]
Person = tuple[str, str, str]


def articles(count: int, seed: int = 1) -> Iterator[Record]:
    """Yield whole articles."""
    luck = random.Random(seed)
    people = [*cast(luck)]
    for number in range(count):
        yield article(number, luck, people)


def cast(luck: random.Random) -> Iterator[Person]:
    """Yield people: given name, surname, gender; a few share a surname."""
    for surname in SURNAMES:
        for gender in ("masc", "fem"):
            for given in luck.sample(GIVEN[gender], 4):
                yield given, surname + "а" * (gender == "fem"), gender


def article(number: int, luck: random.Random, people: list[Person]) -> Record:
    """Return an article of some 500 to 12,000 characters, most of some 2,000."""
    heroes = [people[min(int(luck.expovariate(0.03)), len(people) - 1)] for _ in range(luck.randint(1, 4))]
    paragraphs = [f"{sentence(luck)}"]
    for _ in range(min(2 + int(luck.lognormvariate(2.0, 0.7)), 40)):
        paragraphs.append(paragraph(luck, luck.choice(heroes), first=luck.random() < 0.4))
    day = date(2031, 1, 1) + timedelta(days=int(luck.triangular(0, 364, 250)))
    return {
        "id": f"a{number:07}", "text": "\n\n".join(paragraphs)[: LONGEST - 1], "outlet": luck.choice(OUTLETS),
        "date": day.isoformat(), "url": f"https://example.org/{day.year}/{number}",
    }  # fmt: skip


def sentence(luck: random.Random) -> str:
    """Return what a headline says."""
    return upper(f"{luck.choice(SUBJECTS)} {luck.choice(DEEDS)}")


def fact(luck: random.Random) -> str:
    """Return a sentence of the author's."""
    day = f"{luck.randint(1, 28)} {luck.choice(MONTHS)}"
    return luck.choice(FACTS).format(day=day, number=luck.randint(2, 980)) + "."


def speech(luck: random.Random) -> str:
    """Return what somebody says, without marks."""
    said = f"{luck.choice(SUBJECTS)} {luck.choice(DEEDS)}"
    return f"{said}, {luck.choice(REASONS)}" if luck.random() < 0.6 else said


def paragraph(luck: random.Random, person: Person, *, first: bool) -> str:
    """Return a paragraph, most often with a quote in one of the usual constructions."""
    given, surname, gender = person
    name = f"{luck.choice(ROLES[gender].split('|'))} {given} {surname}" if first else surname
    build = luck.choice(CONSTRUCTIONS)
    around = [fact(luck) for _ in range(luck.randint(0, 3))]
    return " ".join([*around[:1], build(luck, name, gender), *around[1:]])


def after(luck: random.Random, name: str, gender: str) -> str:
    return f"«{upper(speech(luck))}», — {luck.choice(SAID[gender])} {name}."


def around(luck: random.Random, name: str, gender: str) -> str:
    return f"«{upper(speech(luck))}, — {luck.choice(SAID[gender])} {name}. — {upper(speech(luck))}»."


def before(luck: random.Random, name: str, gender: str) -> str:
    return f"{upper(name)} {luck.choice(SAID[gender])}: «{upper(speech(luck))}»."


def reported(luck: random.Random, name: str, gender: str) -> str:
    return f"{upper(name)} {luck.choice(THINKS[gender])}, что {speech(luck)}."


def relayed(luck: random.Random, name: str, gender: str) -> str:
    return f"«{upper(speech(luck))}», — {luck.choice(SAID[gender])} {name}, передаёт «{luck.choice(OUTLETS)}»."


def silent(luck: random.Random, name: str, gender: str) -> str:
    return f"{upper(name)} от подробностей воздержал{'ся' if gender == 'masc' else 'ась'}. {fact(luck)}"


CONSTRUCTIONS: list[Callable[[random.Random, str, str], str]] = [
    after,
    after,
    around,
    before,
    reported,
    relayed,
    silent,
]


def upper(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def lines(count: int, seed: int, broken: float, poison: bool) -> Iterator[tuple[bytes, str | None]]:
    """Yield lines of JSON, each with the reason for which it will be rejected, if it is broken."""
    luck = random.Random(seed + 1)
    ways = [*WAYS, *(POISONS if poison else ())]
    last = "a0000000"
    for record in articles(count, seed):
        if record["id"] == last or luck.random() >= broken:
            yield json.dumps(record, ensure_ascii=False).encode(), None
            last = record["id"]
        else:
            way = ways[luck.randrange(len(ways))]
            yield break_record(record, way, last), reason_of(way)


def reason_of(way: str) -> str:
    """Return the reason that the product gives for a way of being broken."""
    return "no_text" if way.startswith("no_text") else "bad_json" if way == "cut_json" else way


def break_record(record: Record, way: str, other: str) -> bytes:
    """Return the line of a record broken in this way; ``other`` is an id that came before."""
    changes: dict[str, Record] = {
        "not_text": {"text": 12345}, "no_text_null": {"text": None}, "no_text_blank": {"text": " \n"},
        "duplicate_id": {"id": other}, "too_long": {"text": "Длинно. " * (LONGEST // 8 + 1)}, "bad_id": {"id": [1]},
        **{name: {"text": f"{word} {record['text']}"} for name, word in POISONS.items()},
    }  # fmt: skip
    changed = {**record, **changes.get(way, {})}
    if way == "no_text_missing":
        del changed["text"]
    line = json.dumps(changed, ensure_ascii=False).encode()
    if way == "bad_encoding":
        return line.replace("о".encode(), b"\xee", 3)
    # Cut between letters: half a letter would be bad encoding.
    cut = line[: len(line) // 2].decode(errors="ignore").encode()
    return {"bad_json": b"{" + line, "cut_json": cut}.get(way, line)


def write(
    path: Path, count: int, seed: int = 1, broken: float = 0.0, poison: bool = False
) -> list[tuple[int, int, str]]:
    """Write a corpus; return position, line and reason of its broken records."""
    if path.suffix == ".jsonl":
        return write_lines(path, count, seed, broken, poison)
    records = articles(count, seed)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.DictWriter(stream, ["id", "text", "outlet", "date", "url"])
            rows.writeheader()
            rows.writerows(records)
    elif path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist([*records]), path)
    else:
        path.mkdir()
        for record in records:
            (path / f"{record['id']}.txt").write_text(record["text"], encoding="utf-8")
    return []


def write_lines(path: Path, count: int, seed: int, broken: float, poison: bool) -> list[tuple[int, int, str]]:
    """Write JSON Lines, and the list of what is broken beside them."""
    found = []
    with path.open("wb") as stream:
        for position, (line, reason) in enumerate(lines(count, seed, broken, poison)):
            stream.write(line + b"\n")
            if reason:
                found.append((position, position + 1, reason))
    path.with_suffix(".broken.json").write_text(json.dumps(found), encoding="utf-8")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", type=float, default=0.01, help="share of broken records (default: %(default)s)")
    parser.add_argument("--poison", action="store_true")
    arguments = parser.parse_args()
    found = write(arguments.out, arguments.articles, arguments.seed, arguments.broken, arguments.poison)
    print(f"{arguments.articles} articles, {len(found)} broken, in {arguments.out}")


if __name__ == "__main__":
    main()
