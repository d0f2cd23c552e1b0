"""The commands ``skazal corpus``: questions to an annotated corpus."""

from __future__ import annotations

import csv
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from skazal.errors import CorpusError

app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", help="Ask an annotated corpus.")

Layout = Literal["table", "csv", "parquet"]
Folder = Annotated[
    Path, typer.Argument(metavar="OUT", help="The folder of tables that annotate or export has written.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write, .csv or .parquet.")]
Shape = Annotated[Layout | None, typer.Option("--format", help="Else the file's name tells; a table without one.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Rows at most; 20 in a table.")]
Speaker = Annotated[str | None, typer.Option(help="Of whom: words of the name.")]
Type = Annotated[Literal["PER", "ROLE", "GROUP", "ORG", "DOC"] | None, typer.Option(help="Of which type of speaker.")]
Role = Annotated[str | None, typer.Option(help="Of whom: words of the role.")]
Outlet = Annotated[str | None, typer.Option(help="In which outlet.")]
Kind = Annotated[Literal["direct", "mixed", "indirect"] | None, typer.Option(help="Of which kind.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day on, 2031-05-04.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day.")]
Contains = Annotated[str | None, typer.Option(help="With these words in a row.")]
OutletField = Annotated[str, typer.Option(help="Field of `meta` that holds the outlet.")]
DateField = Annotated[str, typer.Option(help="Field of `meta` that holds the date.")]
LimitOfEach = Annotated[int | None, typer.Option(min=1, help="Rows of each measure at most; 20 in a table.")]
Measure = Annotated[list[str] | None, typer.Option(help="Measure, such as outlet or gender; may come again. Else all.")]

SHOWN = 20
# Of a list in a cell, and letters of a text.
NAMES = 2
LETTERS = 200
# Columns that a terminal has room for.
COLUMNS = {
    "speakers": "speaker type gender role quotes words_a_quote documents direct mixed indirect could_be".split(),
    "quotes": "date outlet speaker kind cue text times".split(),
    "repeats": "text speakers documents outlets first first_outlet last".split(),
    "stats": "measure value quotes share words_a_quote documents speakers".split(),
}


@app.command()
def speakers(  # noqa: PLR0913, PLR0917  # an option of a command is a parameter
    folder: Folder,
    type: Type = None,
    role: Role = None,
    outlet: Outlet = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    output: Output = None,
    format: Shape = None,
    outlet_field: OutletField = "outlet",
    date_field: DateField = "date",
) -> None:
    """Tell who is quoted how often and at what length.

    Speakers are joined over documents by their names. A bare surname that several persons of the corpus have joins none
    of them; the column `could_be` names them.
    """
    answer = Answer(limit, output, format)
    choice = {"type": type, "role": role, "outlet": outlet, "kind": kind, "since": since, "until": until}
    ask("speakers", folder, outlet_field, date_field, answer, choice)


@app.command()
def quotes(  # noqa: PLR0913, PLR0917  # an option of a command is a parameter
    folder: Folder,
    speaker: Speaker = None,
    type: Type = None,
    role: Role = None,
    outlet: Outlet = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    contains: Contains = None,
    limit: Limit = None,
    output: Output = None,
    format: Shape = None,
    outlet_field: OutletField = "outlet",
    date_field: DateField = "date",
) -> None:
    """List quotes by date; `times` counts those with the same words in the corpus."""
    answer = Answer(limit, output, format)
    choice = {
        "speaker": speaker, "type": type, "role": role, "outlet": outlet, "kind": kind, "since": since, "until": until,
        "contains": contains,
    }  # fmt: skip
    ask("quotes", folder, outlet_field, date_field, answer, choice)


@app.command()
def repeats(  # noqa: PLR0913, PLR0917  # an option of a command is a parameter
    folder: Folder,
    speaker: Speaker = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    contains: Contains = None,
    limit: Limit = None,
    output: Output = None,
    format: Shape = None,
    outlet_field: OutletField = "outlet",
    date_field: DateField = "date",
) -> None:
    """List quotes that several articles have: who had them first, how they spread."""
    answer = Answer(limit, output, format)
    choice = {"speaker": speaker, "outlet": outlet, "since": since, "until": until, "contains": contains}
    ask("repeats", folder, outlet_field, date_field, answer, choice)


@app.command()
def stats(  # noqa: PLR0913, PLR0917  # an option of a command is a parameter
    folder: Folder,
    by: Measure = None,
    speaker: Speaker = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    limit: LimitOfEach = None,
    output: Output = None,
    format: Shape = None,
    outlet_field: OutletField = "outlet",
    date_field: DateField = "date",
) -> None:
    """Tell the shares of kinds, types, genders, stances, roles, outlets, months, relays and cues among the quotes."""
    answer = Answer(limit, output, format)
    choice = {"speaker": speaker, "outlet": outlet, "since": since, "until": until}
    ask("stats", folder, outlet_field, date_field, answer, choice, by)


class Answer:
    """How an answer is wanted."""

    def __init__(self, limit: int | None, output: Path | None, layout: Layout | None) -> None:
        told: dict[str, Layout] = {".csv": "csv", ".parquet": "parquet"}
        self.output = output
        self.layout: Layout = layout or (told.get(output.suffix, "csv") if output else "table")
        self.limit = limit or (SHOWN if self.layout == "table" else None)

    def give(self, question: str, tables: list[Any]) -> None:
        """Print or write tables as one; the limit is for each of them."""
        from skazal.tables import needed

        shown = needed("pyarrow").concat_tables([table.slice(0, self.limit) for table in tables])
        writers: dict[Layout, Callable[[], None]] = {
            "table": lambda: print_table(question, shown, sum(map(len, tables))),
            "csv": lambda: write_csv(shown, self.output),
            "parquet": lambda: write_parquet(shown, self.output),
        }
        writers[self.layout]()


def ask(  # noqa: PLR0913, PLR0917  # what the four commands share
    question: str,
    folder: Path,
    outlet_field: str,
    date_field: str,
    answer: Answer,
    choice: dict[str, str | None],
    by: list[str] | None = None,
) -> None:
    """Ask a question and give the answer; ``by`` are measures, for shares of each."""
    # DuckDB and pyarrow, which other commands need not wait for.
    from skazal.corpus.queries import MEASURES, Choice, Corpus

    try:
        corpus = Corpus(folder, outlet=outlet_field, date=date_field)
        if not corpus.finished:
            typer.echo(f"skazal: the run that writes {folder} is not finished; this is what it has by now", err=True)
        chosen = Choice(**choice)
        if question == "stats":
            found = [corpus.stats([measure], chosen) for measure in by or MEASURES]
        else:
            found = [getattr(corpus, question)(chosen)]
        answer.give(question, found)
    except (CorpusError, ImportError, OSError) as error:
        typer.echo(f"skazal: {error}", err=True)
        raise typer.Exit(2) from None


def print_table(question: str, table: Any, whole: int) -> None:
    """Print what there is room for, and how much is left out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = COLUMNS[question]
    if "could_be" in columns and not any(table.column("could_be").to_pylist()):
        columns = columns[:-1]
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for name in columns:
        number = str(table.schema.field(name).type) in ("int64", "double")
        shown.add_column(name.replace("_", " "), justify="right" if number else "left", overflow="fold")
    for row in table.select(columns).to_pylist():
        shown.add_row(*(Text(short(value)) for value in row.values()))
    console = Console(highlight=False)
    console.print(shown)
    if whole > len(table):
        console.print(f"… and {whole - len(table):,} more; --limit shows more, --output FILE has all")


def short(value: Any) -> str:
    """Return a value as a terminal has room for it."""
    if isinstance(value, list) and len(value) > NAMES:
        return f"{cell(value[:NAMES])} and {len(value) - NAMES} more"
    return "—" if value is None else textwrap.shorten(cell(value), LETTERS, placeholder=" …")


def cell(value: Any) -> str:
    """Return a value as CSV has it."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def write_csv(table: Any, path: Path | None) -> None:
    """Write CSV to a file or standard output."""
    from skazal.corpus.writing import whole

    if path is None:
        csv_rows(table, sys.stdout)
        return
    with whole(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        csv_rows(table, stream)


def csv_rows(table: Any, stream: Any) -> None:
    """Write a table's head and rows."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.schema.names)
    for batch in table.to_batches():
        writer.writerows([cell(value) for value in row.values()] for row in batch.to_pylist())


def write_parquet(table: Any, path: Path | None) -> None:
    """Write a Parquet file."""
    from skazal.corpus.writing import whole
    from skazal.tables import needed

    if path is None:
        raise CorpusError("a Parquet file needs a name: --output FILE.parquet")
    with whole(path) as unfinished:
        needed("pyarrow.parquet").write_table(table, unfinished)
