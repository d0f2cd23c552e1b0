"""Questions to a corpus of made-up documents, whose answers can be counted by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from skazal import Cue, Document, Entity, Quote, Speaker
from skazal.cli import app
from skazal.corpus import Choice, Corpus
from skazal.corpus.namesakes import Name, join_names
from skazal.document import Gender, QuoteKind
from skazal.errors import CorpusError
from skazal.tables import arrow_tables

# Day, outlet, then speaker, gender, kind and words of each quote.
ARTICLES: list[tuple[str, str, list[tuple[str | None, Gender | None, QuoteKind, str]]]] = [
    ("2031-05-04", "Вестник", [("Инна Лужина", "fem", "direct", "Мост откроют осенью, не раньше")]),
    (
        "05.05.2031",
        "Курьер",
        [
            ("Лужина", "fem", "direct", "мост откроют осенью — не раньше"),
            ("Вяткин", "masc", "indirect", "льда нет"),
        ],
    ),
    (
        "2031-06-01T10:00",
        "Вестник",
        [("Тимур Вяткин", "masc", "mixed", "позор"), ("Олег Вяткин", "masc", "direct", "Ещё раз: нет")],
    ),
    (
        "когда-то",
        "Курьер",
        [(None, None, "direct", "Да"), ("жители", None, "direct", "Мост откроют осенью, не раньше!")],
    ),
]


def documents() -> Iterator[Document]:
    for number, (day, outlet, said) in enumerate(ARTICLES):
        quotes = tuple(quote(index, *one) for index, one in enumerate(said))
        named = {(one[0], one[1]) for one in said if one[0] and one[0] != "жители"}
        entities = tuple(
            Entity(f"e{index}", "PER", name, gender, (), ()) for index, (name, gender) in enumerate(sorted(named))
        )
        yield Document(f"a{number}", "", {"outlet": outlet, "date": day}, (), entities, quotes)


def quote(index: int, name: str | None, gender: Gender | None, kind: QuoteKind, text: str) -> Quote:
    speaker = Speaker(name, "GROUP" if name == "жители" else "PER", None, "мэр", gender, None) if name else None
    cue = Cue(0, 1, "заявил", "заявить", "say", "neutral")
    return Quote(f"q{index}", kind, (), text, speaker, cue, None, None, 0.9, "made up")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tables")
    for name, table in arrow_tables(documents()).items():
        pq.write_table(table, place / f"{name}.parquet")
    return place


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["corpus", *map(str, arguments)], env={"COLUMNS": "150"})


def counted(table: Any, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns) for row in table.to_pylist()]


def test_speakers_are_joined_by_name_and_namesakes_are_told(folder: Path) -> None:
    found = counted(Corpus(folder).speakers(), "speaker", "quotes", "words", "outlets", "could_be")
    assert found == [
        ("Инна Лужина", 2, 10, 2, []),
        ("жители", 1, 5, 1, []),
        ("Олег Вяткин", 1, 3, 1, []),
        ("Вяткин", 1, 2, 1, ["Олег Вяткин", "Тимур Вяткин"]),
        ("Тимур Вяткин", 1, 1, 1, []),
    ]


def test_quotes_are_chosen(folder: Path) -> None:
    corpus = Corpus(folder)
    assert counted(corpus.quotes(Choice(speaker="лужина")), "document", "times") == [("a0", 3), ("a1", 3)]
    assert counted(corpus.quotes(Choice(speaker="Вяткин", since="2031-05-06")), "text") == [
        ("позор",),
        ("Ещё раз: нет",),
    ]
    assert counted(corpus.quotes(Choice(until="2031-05-04")), "document") == [("a0",)]
    assert counted(corpus.quotes(Choice(contains="еще раз")), "document") == [("a2",)]
    assert counted(corpus.quotes(Choice(outlet="курьер", kind="indirect")), "text") == [("льда нет",)]
    assert len(corpus.quotes()) == 7
    with pytest.raises(CorpusError, match="a date is written"):
        corpus.quotes(Choice(since="вчера"))


def test_repeats_tell_who_was_first_and_how_they_spread(folder: Path) -> None:
    (repeat,) = Corpus(folder).repeats().to_pylist()
    assert repeat["text"] == "Мост откроют осенью, не раньше"
    assert repeat["key"] == "мост откроют осенью не раньше"
    assert repeat["speakers"] == ["Инна Лужина", "жители"]
    assert (repeat["times"], repeat["documents"], repeat["outlets"]) == (3, 3, 2)
    assert (str(repeat["first"]), repeat["first_outlet"], repeat["first_document"]) == ("2031-05-04", "Вестник", "a0")
    assert repeat["spread"] == ["2031-05-04 Вестник", "2031-05-05 Курьер", "Курьер"]


def test_shares_sum_to_one(folder: Path) -> None:
    corpus = Corpus(folder)
    assert counted(corpus.stats(["gender"]), "value", "quotes", "share") == [
        ("masc", 3, 0.4286), ("fem", 2, 0.2857), (None, 2, 0.2857),
    ]  # fmt: skip
    months = counted(corpus.stats(["month"]), "value", "quotes")
    assert sorted(months, key=str) == sorted([("2031-05", 3), ("2031-06", 2), (None, 2)], key=str)
    assert len({row[0] for row in counted(corpus.stats(), "measure")}) == 9
    with pytest.raises(CorpusError, match="weather came"):
        corpus.stats(["weather"])


def test_other_fields_may_hold_outlet_and_date(folder: Path) -> None:
    assert set(counted(Corpus(folder, outlet="date", date="it's").quotes(), "date")) == {(None,)}


def test_answers_come_as_tables_csv_and_parquet(folder: Path, tmp_path: Path) -> None:
    shown = run("speakers", folder)
    assert shown.exit_code == 0, shown.output
    assert "Олег Вяткин; Тимур Вяткин" in shown.stdout
    assert "… and 6 more" in run("quotes", folder, "--limit", "1").stdout
    rows = list(csv.DictReader(io.StringIO(run("quotes", folder, "--format", "csv").stdout)))
    assert len(rows) == 7
    assert rows[0]["speaker"] == "Инна Лужина"
    for name in ("stats", "repeats"):
        assert run(name, folder, "-o", tmp_path / f"{name}.parquet").exit_code == 0
        assert len(pq.read_table(tmp_path / f"{name}.parquet")) > 0
    assert run("speakers", folder, "-o", tmp_path / "a.csv", "--limit", "2").exit_code == 0
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_what_cannot_be_asked_is_told(folder: Path, tmp_path: Path) -> None:
    nothing = run("speakers", tmp_path)
    assert nothing.exit_code == 2
    assert "has no table 'documents'" in nothing.stderr
    assert run("quotes", folder, "--since", "вчера").exit_code == 2
    assert "came" in run("quotes", folder, "--since", "2031").stderr
    for option in (("--since", "2031-05-04"), ("--outlet", "Вестник")):
        other = run("quotes", folder, *option, "--date-field", "published", "--outlet-field", "source")
        assert "fields there are date, outlet" in other.stderr
    assert "there is no folder" in run("quotes", tmp_path / "none").stderr
    assert "is not a folder" in run("quotes", folder / "quotes.parquet").stderr
    assert run("stats", folder, "--by", "weather").exit_code == 2
    assert run("speakers", folder, "--format", "parquet").exit_code == 2


def test_what_an_unfinished_run_has_saved_can_be_asked(folder: Path, tmp_path: Path) -> None:
    for name in ("documents", "entities", "quotes"):
        (tmp_path / name).mkdir()
        table = pq.read_table(folder / f"{name}.parquet")
        pq.write_table(table, tmp_path / name / "part-000000000000.parquet")
        if name == "documents":
            pq.write_table(table, tmp_path / name / "part-000000000004.parquet")
    (tmp_path / "_journal.jsonl").write_text('{"records": 4}\n', encoding="utf-8")
    asked = run("speakers", tmp_path)
    assert asked.exit_code == 0
    assert "is not finished" in asked.stderr
    assert len(Corpus(tmp_path).quotes()) == 7
    with (tmp_path / "_journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"finished": true}\n')
    assert run("speakers", tmp_path).stderr == ""


def test_a_terminal_has_room_for_what_is_shown(tmp_path: Path) -> None:
    words = "мост откроют осенью " * 40
    said = [
        Document(f"a{n}", "", {}, (), (), (quote(0, f"Вера {name}", "fem", "direct", words),))
        for n, name in enumerate(("Лужина", "Тюлина", "Вяткина", "Соснина"))
    ]
    for name, table in arrow_tables(said).items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    shown = " ".join(run("repeats", tmp_path).stdout.split())
    assert "and 2 more" in shown
    assert len(shown) < 600
    assert run("stats", tmp_path, "--limit", "1").stdout.count("\n") == 10


def joined(*names: Name) -> dict[str, str | tuple[str, ...]]:
    return {one.name.text: one.could_be or one.joined for one in join_names(names)}


def test_shorter_names_join_the_person_they_fit() -> None:
    assert joined(
        Name("Лужина", "fem"), Name("И. Лужина"), Name("Инна Лужина", "fem", 5), Name("Инна Павловна Лужина", "fem"),
        Name("Артём Лужина", "masc"),
    ) == {
        "Лужина": "Инна Лужина", "И. Лужина": "Инна Лужина", "Инна Лужина": "Инна Лужина",
        "Инна Павловна Лужина": "Инна Лужина", "Артём Лужина": "Артём Лужина",
    }  # fmt: skip


def test_names_that_several_persons_share_join_none() -> None:
    found = joined(
        Name("Ким"), Name("Ю. Ким"), Name("Юлия Ким"), Name("Юрий Ким"), Name("Олег Петров"),
        Name("Олег Ильич Петров"), Name("Олег Юрьевич Петров"), Name("Зевс"),
    )  # fmt: skip
    assert found["Ким"] == found["Ю. Ким"] == ("Юлия Ким", "Юрий Ким")
    assert found["Олег Петров"] == ("Олег Ильич Петров", "Олег Юрьевич Петров")
    assert found["Юлия Ким"] == "Юлия Ким"
    assert found["Зевс"] == "Зевс"


def test_spelling_makes_no_other_person() -> None:
    found = joined(
        Name("Семён Королёв", None, 3), Name("Семен Королев"), Name("С.П. Королев"), Name("Семён Павлович Королёв")
    )  # fmt: skip
    assert set(found.values()) == {"Семён Королёв"}
