"""The command ``skazal``: annotate files, or read who said what in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal

import typer

from skazal import __version__
from skazal.annotated import read_documents
from skazal.corpus.articles import Article, Fields, Rejected
from skazal.corpus.checks import checked, unique
from skazal.corpus.commands import app as corpus_app
from skazal.corpus.files import Format
from skazal.corpus.reading import read_inputs
from skazal.corpus.settings import Limits, Settings, Summary
from skazal.corpus.writing import output, whole
from skazal.errors import CorpusError, SkazalError

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")
app.add_typer(corpus_app, name="corpus")

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="A text, JSON Lines, CSV or Parquet file, plain or .gz or .zst; a pattern such as 'news/*.jsonl'; "
        "a folder of .txt; or - for standard input.",
    ),
]
IdField = Annotated[str, typer.Option(help="Field of a record that holds its id.")]
TextField = Annotated[str, typer.Option(help="Field of a record that holds its text.")]


Documents = Annotated[
    Path,
    typer.Argument(metavar="DOCS", help="What annotate wrote: a JSON Lines file, or a folder of such or of tables."),
]
ExportFormat = Literal["conllu", "brat", "docbin", "json", "parquet"]


class Complaints:
    """Says on standard error what is wrong with the input, and remembers whether anything was left out."""

    def __init__(self) -> None:
        self.rejected = 0

    def reject(self, what: Rejected) -> None:
        """Tell of an input that is left out."""
        self.rejected += 1
        typer.echo(f"skazal: {what}", err=True)

    def leave(self) -> None:
        """End the command, with status 1 when anything was left out."""
        if self.rejected:
            raise typer.Exit(1)


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"skazal {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and end.")
]


@app.callback()
def main(version: Version = False) -> None:
    """Read Russian news: who is named in it, and who said what."""


@app.command()
def annotate(  # noqa: PLR0913, PLR0917  # an option of a command is a parameter
    inputs: Inputs,
    output_path: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A file .jsonl, .jsonl.gz or .jsonl.zst, or a folder for Parquet tables; standard output without it.",
        ),
    ] = None,
    id_field: IdField = "id",
    text_field: TextField = "text",
    format: Annotated[
        Format | None, typer.Option("--from", help="Format of all inputs; else their names tell.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that share the work.")] = 1,
    batch_size: Annotated[int, typer.Option(min=1, help="Texts that are tagged together.")] = 32,
    shard_size: Annotated[int, typer.Option(min=1, help="Records after which what is done is written.")] = 2000,
    max_length: Annotated[int, typer.Option(min=1, help="Characters; longer texts are rejected.")] = 1_000_000,
    time_limit: Annotated[float, typer.Option(min=0.001, help="Seconds that a document may take.")] = 60.0,
    memory_limit: Annotated[
        int, typer.Option(min=0, help="Megabytes that a worker may take on top of its pipeline; 0 for no limit.")
    ] = 2048,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an unfinished run.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin anew where there is an output.")] = False,
) -> None:
    """Write the entities and quotes of each text: as one JSON document a line, or as Parquet tables.

    Other fields of a record go to the document's `meta`. What cannot be annotated is left out and told: on standard
    error, or, with an output, in its `rejected`. Limits of time and memory hold with an output or several workers.
    Exit status: 0, all annotated; 1, something was rejected; 2, the run cannot be; 3, it ended early; 130, Ctrl-C.
    """
    limits = Limits(max_length, time_limit, memory_limit)
    settings = Settings(Fields(id_field, text_field), format, workers, batch_size, shard_size, limits)
    try:
        if output_path is None or (output_path.exists() and not output_path.is_file() and not output_path.is_dir()):
            stream_documents(inputs, output_path, settings)
        else:
            write_documents(inputs, output_path, settings, resume=resume, overwrite=overwrite)
    except (CorpusError, ImportError) as error:
        raise ended(str(error), 2) from None


def write_documents(inputs: list[str], path: Path, settings: Settings, *, resume: bool, overwrite: bool) -> None:
    """Write documents to a file or folder, so that an interrupted run can go on."""
    from skazal.corpus.annotation import InterruptedRun, Wish, annotate_into

    try:
        summary = annotate_into(inputs, path, settings, Wish(resume, overwrite))
    except InterruptedRun as error:
        raise ended(f"interrupted; {error.summary}; --resume goes on from there", 130) from None
    except OSError as error:
        raise ended(f"{error}; what was saved is safe, --resume goes on from there", 3) from None
    typer.echo(f"skazal: {summary}", err=True)
    if summary.rejected:
        show_rejected(summary, path)
        raise typer.Exit(1)


def show_rejected(summary: Summary, output: Path) -> None:
    """Tell of each reason the first that was rejected, and where the others are."""
    from skazal.corpus.shards import rejections_path

    for reason, example in summary.examples.items():
        typer.echo(f"skazal: {reason}, first in {example}", err=True)
    where = output / "rejected" if output.is_dir() else rejections_path(output)
    typer.echo(f"skazal: every one that was rejected is in {where}", err=True)


def ended(message: str, status: int) -> typer.Exit:
    """Tell why a run has ended; return what ends the command."""
    typer.echo(f"skazal: {message}", err=True)
    return typer.Exit(status)


def stream_documents(inputs: list[str], path: Path | None, settings: Settings) -> None:
    """Write documents to standard output, a device or a pipe as they are done."""
    complaints = Complaints()
    read = read_inputs(inputs, settings.fields, settings.format)
    # Loads spaCy, a second that --help and --version need not wait for.
    from skazal.corpus.running import answers

    annotated = answers(unique(checked(read, settings.limits.characters)), "lines", settings)
    with output(path) as stream, closing(annotated):
        for batch, found in annotated:
            stream.writelines(found.payload)
            stream.flush()
            for item in [*batch.items, *found.rejected.values()]:
                if isinstance(item, Rejected):
                    complaints.reject(item)
    complaints.leave()


@app.command()
def quotes(
    file: Annotated[str, typer.Argument(metavar="FILE", help="As for annotate: a text file, or - for standard input.")],
    entities: Annotated[bool, typer.Option("--entities", help="Show the entities too.")] = False,
    id_field: IdField = "id",
    text_field: TextField = "text",
) -> None:
    """Show who said what in a text, as a table."""
    complaints = Complaints()
    articles = accepted(read_inputs([file], Fields(id_field, text_field)), complaints)
    # See annotate.
    from rich.console import Console

    from skazal.corpus.running import annotate_articles
    from skazal.display.terminal import entities_table, heading, quotes_table

    console = Console(highlight=False)
    for document in annotate_articles(articles):
        console.print(heading(document), quotes_table(document), sep="\n")
        if entities:
            console.print(entities_table(document))
    complaints.leave()


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="As for annotate: a text file, or - for standard input.")],
    id_field: IdField = "id",
    text_field: TextField = "text",
) -> None:
    """Show for each quote which rules fired, who else could have said it, and why the others lost."""
    complaints = Complaints()
    articles = accepted(read_inputs([file], Fields(id_field, text_field)), complaints)
    # See annotate.
    from rich.console import Console

    from skazal.corpus.running import explain as explain_text
    from skazal.display.explanation import explanation_tree

    console = Console(highlight=False)
    for article in articles:
        for explanation in explain_text(article.text):
            console.print(explanation_tree(explanation))
    complaints.leave()


@app.command()
def export(
    documents: Documents,
    to: Annotated[ExportFormat, typer.Option(help="The format.")],
    output_path: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="File to write; a folder for brat and parquet.")
    ],
) -> None:
    """Write annotated documents in a format of other tools."""
    # Loads spaCy; see annotate.
    from skazal.export import export as write

    def work() -> None:
        with whole(output_path) as unfinished:
            write(read_documents(documents), to, unfinished)

    told(work)


@app.command()
def report(  # noqa: PLR0913, PLR0917  # an option of a command is a parameter
    documents: Documents,
    output_path: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The page to write.")] = Path(
        "report.html"
    ),
    title: Annotated[str, typer.Option(help="The page's heading.")] = "Who said what",
    outlet_field: Annotated[str, typer.Option(help="Field of `meta` that holds the outlet.")] = "outlet",
    date_field: Annotated[str, typer.Option(help="Field of `meta` that holds the date.")] = "date",
    url_field: Annotated[str, typer.Option(help="Field of `meta` that holds the address.")] = "url",
) -> None:
    """Write a page about annotated documents: charts, and a table of quotes to search, filter and sort."""
    check_writable(output_path)
    from skazal.report import Fields as ReportFields
    from skazal.report import write_report

    def work() -> None:
        fields = ReportFields(outlet_field, date_field, url_field)
        with whole(output_path) as unfinished, unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            write_report(read_documents(documents), stream, title=title, fields=fields)

    told(work)


def told(work: Callable[[], None]) -> None:
    """Do the work; what makes it impossible is told in a line, and the exit status is 1."""
    try:
        work()
    except (OSError, SkazalError, ImportError) as error:
        typer.echo(f"skazal: {error}", err=True)
        raise typer.Exit(1) from None


def check_writable(path: Path | None) -> None:
    """Refuse an output that cannot be, before the work begins."""
    if path is None:
        return
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder; a file is wanted", param_hint="--output")
    if not path.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.absolute().parent}", param_hint="--output")


def accepted(read: Iterable[Article | Rejected], complaints: Complaints) -> Iterator[Article]:
    """Yield the articles among what was read; tell of the rest."""
    for item in unique(checked(read, Limits().characters)):
        if isinstance(item, Rejected):
            complaints.reject(item)
        else:
            yield item
