"""Questions to an annotated corpus, answered by DuckDB over its Parquet tables; the SQL is in ``sql/``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from skazal.corpus.journal import FINISHED, JOURNAL
from skazal.corpus.namesakes import Name, join_names
from skazal.document import QuoteKind
from skazal.errors import CorpusError
from skazal.tables import needed

if TYPE_CHECKING:
    import pyarrow as pa

MEASURES = ("kind", "type", "gender", "stance", "role", "outlet", "month", "relay", "cue_lemma")
KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which quotes a question is about; what is None leaves all.

    Attributes:
        speaker: words of the name, by which the corpus or the article calls the speaker.
        type: PER, ROLE, GROUP, ORG or DOC.
        role: words of the role.
        outlet: the outlet.
        kind: direct, mixed or indirect.
        since: the first day, ``2031-05-04``.
        until: the last day.
        contains: words of the quote, in a row.
    """

    speaker: str | None = None
    type: str | None = None
    role: str | None = None
    outlet: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    contains: str | None = None


CONDITIONS = {
    "speaker": "has_words(speaker, $speaker) or has_words(named, $speaker)",
    "type": "type = $type",
    "role": "has_words(role, $role)",
    "outlet": "fold(outlet) = fold($outlet)",
    "kind": "kind = $kind",
    "since": "date >= $since::date",
    "until": "date <= $until::date",
    "contains": "contains(' ' || key || ' ', ' ' || quote_key($contains) || ' ')",
}
EVERYTHING = Choice()


class Corpus:
    """An annotated corpus, open for questions; answers are Arrow tables.

    Args:
        folder: what ``skazal annotate`` or ``skazal export --to parquet`` has written.
        outlet: field of the documents' meta that holds the outlet.
        date: field of the documents' meta that holds the date.

    Raises:
        CorpusError: when the tables are not there.
    """

    def __init__(self, folder: Path | str, *, outlet: str = "outlet", date: str = "date") -> None:
        self.folder = Path(folder)
        self._fields = {"outlet": outlet, "date": date}
        self._parts = tables_in(self.folder)

    @property
    def finished(self) -> bool:
        """Whether the run that wrote the tables has come to its end, as far as its journal tells."""
        journal = self.folder / JOURNAL
        return not journal.exists() or journal.read_bytes().endswith(FINISHED)

    @cached_property
    def engine(self) -> Any:
        """DuckDB with the tables and views of ``sql/views.sql``; ``chosen`` has all quotes."""
        engine = needed("duckdb").connect()
        for name, paths in self._parts.items():
            engine.read_parquet(paths).create_view(name)
        joined = join_names(Name(*row) for row in engine.execute(NAMES).fetchall())
        engine.register("joined", joined_table(joined))
        fields = {name: literal(f'$."{field}"') for name, field in self._fields.items()}
        script = sql("views").replace("$outlet", fields["outlet"]).replace("$date", fields["date"])
        engine.execute(script)
        return engine

    def speakers(self, choice: Choice = EVERYTHING) -> pa.Table:
        """Return who is quoted how often and at what length, the most quoted first.

        ``could_be`` has the persons among whom a bare surname does not decide; its quotes count for none of them.
        """
        return self.ask(sql("speakers"), choice)

    def quotes(self, choice: Choice = EVERYTHING) -> pa.Table:
        """Return quotes by date; ``times`` tells how many of the whole corpus have the same words."""
        return self.ask(sql("quotes"), choice)

    def repeats(self, choice: Choice = EVERYTHING) -> pa.Table:
        """Return quotes of four words and more whose words several articles have: who had them first, how they spread.

        Two quotes are one when their words are, whatever the case, the marks and the letter ``ё``: that is ``key``.
        """
        return self.ask(sql("repeats"), choice)

    def stats(self, by: Iterable[str] = MEASURES, choice: Choice = EVERYTHING) -> pa.Table:
        """Return the shares of measures among the quotes.

        Raises:
            CorpusError: for a measure that is not one of `MEASURES`.
        """
        pa = needed("pyarrow")
        wanted = list(by)
        if unknown := [name for name in wanted if name not in MEASURES]:
            raise CorpusError(f"measures are {', '.join(MEASURES)}; {', '.join(unknown)} came")
        return pa.concat_tables([self.ask(sql("stats").replace("{by}", name), choice) for name in wanted])

    def ask(self, query: str, choice: Choice = EVERYTHING) -> pa.Table:
        """Return the answer to a query, in which ``chosen`` has the quotes of the choice.

        Raises:
            CorpusError: for a date that is none, or a choice by what no article has.
        """
        values = {name: value for name in CONDITIONS if (value := getattr(choice, name)) is not None}
        self._check(values)
        where = " and ".join(f"({CONDITIONS[name]})" for name in values) or "true"
        chosen = f"with chosen as (select * from speeches where {where})"
        return self.engine.sql(f"{chosen} {query}", params=values).to_arrow_table()

    def _check(self, values: Mapping[str, str]) -> None:
        days = [values[name] for name in ("since", "until") if name in values]
        for day in days:
            if not is_day(day):
                raise CorpusError(f"a date is written 2031-05-04; {day!r} came")
        for name in ["date"] * bool(days) + ["outlet"] * ("outlet" in values):
            ((count,),) = self.engine.execute(f"select count({name}) from articles").fetchall()
            if not count:
                there = ", ".join(row[0] for row in self.engine.execute(FIELDS).fetchall()) or "none"
                missing = f"no article has {name} in the field {self._fields[name]!r} of its meta"
                raise CorpusError(f"{missing}; fields there are {there}; --{name}-field names another")


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it."""
    try:
        return len(text) == len("2031-05-04") and bool(date.fromisoformat(text))
    except ValueError:
        return False


FIELDS = "select distinct unnest(json_keys(meta)) as field from (select meta from documents limit 1000) order by field"
NAMES = """
select name, gender, count(distinct document) from (
    select document, name, gender from entities where type = 'PER'
    union all
    select document, speaker, speaker_gender from quotes where speaker_type = 'PER'
) group by all order by all
"""


def joined_table(found: Iterable[Any]) -> pa.Table:
    """Return joined names as a table."""
    pa = needed("pyarrow")
    rows = [
        {"name": one.name.text, "gender": one.name.gender, "joined": one.joined, "could_be": list(one.could_be)}
        for one in found
    ]
    texts = [(name, pa.string()) for name in ("name", "gender", "joined")]
    return pa.Table.from_pylist(rows, schema=pa.schema([*texts, ("could_be", pa.list_(pa.string()))]))


TABLES = "annotate into a folder, or turn JSON Lines into tables with skazal export --to parquet"


def tables_in(folder: Path) -> dict[str, list[str]]:
    """Return the files of the tables that questions are asked of.

    Shards of ``skazal annotate`` have the same names in all tables; those that not all tables have are being written.
    """
    found = {name: parts(folder, name) for name in ("documents", "entities", "quotes")}
    common = set.intersection(*({path.name for path in paths} for paths in found.values()))
    if common:
        found = {name: [path for path in paths if path.name in common] for name, paths in found.items()}
    return {name: [str(path) for path in paths] for name, paths in found.items()}


def parts(folder: Path, table: str) -> list[Path]:
    """Return the files of a table."""
    single = folder / f"{table}.parquet"
    if not folder.is_dir():
        raise CorpusError(
            f"there is no folder {folder}; {TABLES}" if not folder.exists() else f"{folder} is not a folder; {TABLES}"
        )
    found = [single] if single.is_file() else sorted((folder / table).glob("*.parquet"))
    if not found:
        raise CorpusError(f"{folder} has no table {table!r}; {TABLES}")
    return found


def sql(name: str) -> str:
    """Return a query of this package."""
    return files("skazal").joinpath("corpus", "sql", f"{name}.sql").read_text(encoding="utf-8")


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
