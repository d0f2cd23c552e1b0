"""Texts that strangers make to be slow: four times as much of one takes about four times as long, in every output."""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import skazal
from skazal.display import page, render_quotes
from skazal.display.outline import outline
from skazal.display.terminal import entities_table, heading, quotes_table
from skazal.document import Document
from skazal.export import FORMATS, export
from skazal.names import MentionForm, canonical, parse_name
from skazal.report import write_report

SIZE, TIMES = 2_000, 4
SLOWEST = 2.5
"""How much more than TIMES as long the longer text may take, on a machine that does other things too."""
LEAST = 0.08
"""Seconds below which the shorter text's time is noise."""
LETTERS = "абвгдежзиклмнопрстуфхцч"


def repeated(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


def made(piece: Callable[[random.Random], str], between: str = " ") -> Callable[[int], str]:
    """Pieces that differ, up to a size."""

    def text(size: int) -> str:
        luck = random.Random(1)
        return between.join(piece(luck) for _ in range(size // 4))[:size]

    return text


def word(luck: random.Random, capital: bool = False) -> str:
    letters = "".join(luck.choices(LETTERS, k=5))
    return letters.capitalize() if capital else letters


persons = made(lambda luck: f"Иван {word(luck, capital=True)}ов приехал.")
KINDS: dict[str, Callable[[int], str]] = {
    "initials": made(lambda luck: luck.choice(LETTERS).upper() + "."),
    "initials without spaces": made(lambda luck: luck.choice(LETTERS).upper() + ".", ""),
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "one capitalized word": lambda size: "Ж" + "".join(random.Random(1).choices(LETTERS, k=size)),
    "dashes": repeated("— "),
    "words between dashes": made(word, " — "),
    "alternating scripts": made(lambda luck: "".join(luck.choices("аbвgдλш漢", k=5))),
    "combining marks": lambda size: "и" + "\u0306" * size,
    "quoted titles": made(lambda luck: f"«{word(luck, capital=True)}»", ", "),
    "said by names": made(lambda luck: f"сказал {word(luck, capital=True)}ов"),
    "colons and lines": repeated(":\n"),
    "speakers and colons": made(lambda luck: f"{word(luck, capital=True)}ов: {word(luck)}.", "\n"),
    "turns of one word": made(lambda luck: luck.choice(["— Да.", "— Нет.", "— Мост?"]), "\n"),
    "digits and points": made(lambda luck: str(luck.randrange(1_000)), "."),
    "abbreviations": made(lambda luck: luck.choice(["г.", "т.е.", "им.", "руб.", "проф.", "стр."])),
    "zero-width letters": made(lambda luck: "\u200b".join(word(luck))),
    "soft hyphens": repeated("мост\u00ad"),
    "a word of hyphens": made(word, "-"),
    "emoji": repeated("👨\u200d👩\u200d👧"),
    "addresses": made(lambda luck: f"https://a.b/{luck.randrange(1_000)}?x=1&y=<b>"),
    "markup": repeated("<b>мост</b>&nbsp;<script>"),
    "insertions": repeated("«Мост, — сказал он, — мост, — сказал он, — "),
    "relays": repeated("«Мост», — сказал он, передаёт «Вестник», сообщает «Заря», "),
    "namesakes": made(lambda luck: f"{luck.choice(['Иван', 'Анна', 'Олег'])} Иванов сказал."),
    "firms": made(lambda luck: f"ООО «{word(luck, capital=True)}» («{word(luck, capital=True)}»),"),
    "chains of offices": repeated("заместитель председателя комитета по вопросам "),
    "given names": lambda size: persons(size // 2) + repeated(" Иван сказал.")(size // 2),
    "judgements": repeated("назвал «это» "),
    "closing marks": repeated("“"),
    "pronouns": repeated("он сказал, что он "),
}


def shown(document: Document) -> None:
    console = Console(file=StringIO(), width=100, highlight=False)
    console.print(heading(document), quotes_table(document), entities_table(document))


def outputs(document: Document, folder: Path) -> dict[str, Callable[[], object]]:
    """What can be done with a document, by its name."""
    return {
        "JSON": lambda: Document.from_dict(json.loads(document.to_json())),
        "page": lambda: page(document),
        "quotes": lambda: render_quotes(document.quotes),
        "outline": lambda: outline(document),
        "terminal": lambda: shown(document),
        "tables": document.to_frame,
        "report": lambda: write_report([document], StringIO()),
        "name": lambda: canonical([MentionForm((parse_name(document.text).nominative,)), MentionForm(("Ян",))]),
        **{
            format: lambda format=format: export([document], format, folder / f"{len(document.text)}-{format}")  # type: ignore[misc]
            for format in FORMATS
        },
    }


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """No garbage is collected meanwhile: in a process that has run many tests one round takes most of a second."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("undisturbed")
@pytest.mark.parametrize("kind", KINDS)
def test_every_output_takes_time_that_grows_with_the_text(kind: str, tmp_path: Path) -> None:
    found: list[dict[str, float]] = []
    for size in (SIZE, SIZE, SIZE * TIMES):
        text = KINDS[kind](size)
        began = time.process_time()
        document = skazal.annotate(text)
        spent = {"annotate": time.process_time() - began}
        for name, work in outputs(document, tmp_path / str(len(found))).items():
            (tmp_path / str(len(found))).mkdir(exist_ok=True)
            began = time.process_time()
            work()
            spent[name] = time.process_time() - began
        found.append(spent)
    _, short, long = found
    slow = {name: (short[name], long[name]) for name in long if long[name] > SLOWEST * TIMES * max(short[name], LEAST)}
    assert not slow
