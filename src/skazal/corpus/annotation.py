"""A corpus annotated into files, so that whatever interrupts the run, it goes on from where it was."""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from types import FrameType
from typing import Any

from skazal import __version__
from skazal.corpus.articles import Article, Fields, Rejected
from skazal.corpus.checks import Batch, Feed, checked, unique
from skazal.corpus.encoding import Answer
from skazal.corpus.files import COMPRESSED, FORMATS, STDIN, Format, Meter, sizes, sources
from skazal.corpus.journal import JOURNAL, Journal, Shard, differences
from skazal.corpus.progress import Watch, watch
from skazal.corpus.reading import read_inputs
from skazal.corpus.settings import PIPELINE, Job, Limits, Settings, Summary
from skazal.corpus.shards import LinesFile, ParquetShards, Rejections, Shards
from skazal.corpus.supervision import spread
from skazal.errors import CorpusError
from skazal.tables import SCHEMA_VERSION

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
# Names that promise another format than a folder of tables.
FILES = {*FORMATS, *COMPRESSED, ".txt", ".db", ".duckdb", ".xlsx", ".html"}

CHOICE = "resume it (--resume), overwrite it (--overwrite), or name another output"
OTHERWISE = "resume it as it began, overwrite it (--overwrite), or name another output"

Path_ = str | PathLike[str]


class InterruptedRun(KeyboardInterrupt):
    """Ctrl-C or a request to end came; all that ``summary`` counts is safe."""

    def __init__(self, summary: Summary) -> None:
        super().__init__("interrupted")
        self.summary = summary


def annotate(  # noqa: PLR0913  # each is an option of the command, too
    inputs: Path_ | Iterable[Path_],
    output: Path_,
    *,
    workers: int = 1,
    batch_size: int = 32,
    shard_size: int = 2000,
    id_field: str = "id",
    text_field: str = "text",
    format: Format | None = None,
    max_length: int = 1_000_000,
    time_limit: float = 60.0,
    memory_limit: int = 2048,
    resume: bool = False,
    overwrite: bool = False,
    progress: bool | None = None,
    pipeline: str = PIPELINE,
) -> Summary:
    """Annotate a corpus in processes of its own; every record is in the output or among the rejected.

    Args:
        inputs: files, patterns, folders of ``.txt``, or ``-`` for standard input; one or many.
        output: a file ``….jsonl``, ``….jsonl.gz`` or ``….jsonl.zst``, or else a folder of Parquet tables.
        workers: processes that share the work.
        batch_size: texts that are tagged together.
        shard_size: records after which what is done is written and safe.
        id_field: field of a record that holds its id.
        text_field: field of a record that holds its text; all other fields become the document's meta.
        format: of all inputs; without it their names tell.
        max_length: characters; longer texts are rejected.
        time_limit: seconds that a document may take.
        memory_limit: megabytes that a worker may take on top of its pipeline; 0 for no limit.
        resume: go on with an unfinished run.
        overwrite: begin anew where there is an output already.
        progress: show how far it is; without a wish, when standard error is a terminal.
        pipeline: ``module:function`` that returns a spaCy pipeline with our stages.

    Raises:
        CorpusError: when the run cannot be: another one's output is there, or settings or input differ from those of
            the run to resume.
        OSError: when the output cannot be written, a full disk for one; what was committed is safe.
        InterruptedRun: after Ctrl-C; a KeyboardInterrupt.
    """
    settings = Settings(
        Fields(id_field, text_field), format, workers, batch_size, shard_size,
        Limits(max_length, time_limit, memory_limit), pipeline,
    )  # fmt: skip
    names = [str(inputs)] if isinstance(inputs, str | PathLike) else [str(name) for name in inputs]
    return annotate_into(names, Path(output), settings, Wish(resume, overwrite, progress))


def annotate_into(names: list[str], path: Path, settings: Settings, wish: Wish) -> Summary:
    """Do what ``annotate`` does."""
    check_places(names, path, settings)
    return (into_file if path.name.endswith(LINES) else into_folder)(names, path, settings, wish)


def check_places(names: list[str], path: Path, settings: Settings) -> None:
    """Refuse inputs and outputs that cannot be, before anything is made.

    Raises:
        CorpusError: telling what is wrong.
    """
    if STDIN not in names and next(sources(names), None) is None:
        nothing = "; ".join(map(str, read_inputs(names, settings.fields))) or "no input is named"
        raise CorpusError(f"there is nothing to read: {nothing}")
    if not path.absolute().parent.is_dir():
        raise CorpusError(f"there is no folder {path.absolute().parent}; make it, or name another output")
    if not path.name.endswith(LINES) and not path.is_dir() and (path.exists() or path.suffix in FILES):
        raise CorpusError(
            f"{path} is a file's name; JSON Lines are written to ….jsonl, .gz or .zst after it, tables to a folder"
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do about an output that is there, and whether to show progress."""

    resume: bool
    overwrite: bool
    progress: bool | None = None


def into_folder(names: list[str], path: Path, settings: Settings, wish: Wish) -> Summary:
    """Annotate into Parquet tables."""
    shards = ParquetShards(path)
    there = path / JOURNAL
    if path.is_dir() and any(path.iterdir()) and not there.exists():
        raise CorpusError(f"{path} is not empty, and no run of skazal has written it; name a new or empty folder")
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise CorpusError(f"the folder {path} cannot be made: {error.strerror}") from None
    with Journal(there) as journal:
        return Run(names, settings, shards, journal).go(wish, path)


def into_file(names: list[str], path: Path, settings: Settings, wish: Wish) -> Summary:
    """Annotate into a file of JSON Lines; the journal beside it stays, so that the run can be told from others."""
    if path.is_dir():
        raise CorpusError(f"{path} is a folder; a file is wanted under this name")
    if path.exists() and any(path.samefile(source) for source in sources(names)):
        raise CorpusError(f"{path} is one of the inputs; name another output")
    there = path.with_name(f".{path.name}.journal")
    if path.exists() and not there.exists() and not wish.overwrite:
        lost = f"{there.name} of the run that wrote it is not"
        raise CorpusError(f"{path} is there, and {lost}; overwrite it (--overwrite), or name another output")
    with Journal(there) as journal:
        return Run(names, settings, LinesFile(path), journal).go(wish, path)


@dataclass(slots=True)
class Filling:
    """The shard that is being filled."""

    first: int
    payload: list[bytes] = field(default_factory=list)
    rejected: Rejections = field(default_factory=list)
    records: int = 0
    digest: str = ""

    def add(self, batch: Batch, answer: Answer) -> None:
        """Take a batch and what came of it."""
        self.payload += answer.payload
        articles = -1
        for position, item in enumerate(batch.items, batch.first):
            articles += isinstance(item, Article)
            found = item if isinstance(item, Rejected) else answer.rejected.get(articles)
            if found:
                self.rejected.append((position, found))
        self.records += len(batch.items)
        self.digest = batch.digest

    @property
    def name(self) -> str:
        """Names in their order are records in theirs."""
        return f"part-{self.first:012}"


class Run:
    """A run from its beginning, or from where an earlier one ended."""

    def __init__(self, names: list[str], settings: Settings, shards: Shards, journal: Journal) -> None:
        self.names = names
        self.settings = settings
        self.shards = shards
        self.journal = journal
        self.meter = Meter()
        self.examples: dict[str, Rejected] = {}
        self.stopped = False

    def go(self, wish: Wish, output: Path) -> Summary:
        """Do what is left to do."""
        files, self.meter.total = sizes(self.names)
        self.begin(head_of(self.names, files, self.meter.total, self.settings), wish, output)
        began = time.monotonic()
        skipped = self.journal.records
        with watch(wish.progress) as watcher, signals(self):
            feed = self.feed()
            self.catch_up(feed, watcher)
            if not self.journal.finished and not self.stopped:
                self.work(feed, watcher)
        summary = Summary(
            self.journal.documents, self.journal.rejected, time.monotonic() - began, skipped, self.journal.finished,
            self.examples,
        )  # fmt: skip
        if self.journal.finished:
            self.shards.finish()
        if self.stopped:
            raise InterruptedRun(summary)
        return summary

    def begin(self, head: Mapping[str, Any], wish: Wish, output: Path) -> None:
        """Make the journal and the output agree.

        Raises:
            CorpusError: when there is another run's output.
        """
        before = self.journal.head
        if self.journal.finished and self.shards.gone():
            before = None
        if before and not wish.resume and not wish.overwrite:
            state = "a finished" if self.journal.finished else "an unfinished"
            raise CorpusError(f"{output} has the output of {state} run; {CHOICE}")
        if before and wish.resume:
            if changed := differences(before, head):
                raise CorpusError(f"the run in {output} began otherwise: {'; '.join(changed)}; {OTHERWISE}")
        else:
            self.shards.begin([])
            self.journal.start(dict(head))
        if not self.journal.finished:
            self.shards.begin([(shard.name, shard.sizes) for shard in self.journal.shards])

    def feed(self) -> Feed:
        """Return the input."""
        read = read_inputs(self.names, self.settings.fields, self.settings.format, self.meter)
        return Feed(unique(checked(read, self.settings.limits.characters)))

    def catch_up(self, feed: Feed, watcher: Watch) -> None:
        """Pass over what an earlier run has done.

        Raises:
            CorpusError: when it is not what that run has read.
        """
        if not self.journal.shards and not self.journal.finished:
            return
        for position in feed.skip(self.journal.records):
            watcher.skip(position, self.meter.share)
            if self.stopped:
                return
        same = (feed.position, feed.digest) == (self.journal.records, self.journal.digest)
        if not same or (self.journal.finished and feed.more()):
            raise CorpusError(f"the input is not the one that the run has read; {OTHERWISE}")

    def work(self, feed: Feed, watcher: Watch) -> None:
        """Annotate what is not on the disk yet."""
        settings = self.settings
        filling = Filling(feed.position, digest=feed.digest)
        answered = spread(
            feed.batches(settings.batch_size),
            settings.workers,
            Job(self.shards.form, settings.limits, settings.pipeline),
            stopping=lambda: self.stopped,
        )
        told = self.journal.rejected.total()
        with closing(answered):
            for batch, answer in answered:
                filling.add(batch, answer)
                if filling.records >= settings.shard_size:
                    told += len(filling.rejected)
                    filling = self.commit(filling)
                reached = filling.first + filling.records
                watcher.tell(reached, told + len(filling.rejected), filling.first, self.meter.share)
        # A corpus of nothing has tables, too.
        if filling.records or not (self.journal.shards or self.stopped):
            self.commit(filling)
        if not self.stopped:
            self.journal.finish()

    def commit(self, filling: Filling) -> Filling:
        """Put a shard on the disk and in the journal; return the next one."""
        sizes = self.shards.commit(filling.name, filling.payload, filling.rejected)
        for _, item in filling.rejected:
            self.examples.setdefault(item.reason, item)
        reasons = dict(Counter[str](item.reason for _, item in filling.rejected))
        documents = filling.records - len(filling.rejected)
        end = filling.first + filling.records
        self.journal.add(Shard(filling.name, end, documents, reasons, filling.digest, sizes))
        return Filling(end)


def head_of(names: list[str], files: int, size: int, settings: Settings) -> dict[str, Any]:
    """Return what must not change between the parts of a run."""
    limits = settings.limits
    return {
        "skazal": __version__,
        "schema": SCHEMA_VERSION,
        "input": {"names": names, "files": files, "bytes": size, "format": settings.format},
        "id_field": settings.fields.id,
        "text_field": settings.fields.text,
        "max_length": limits.characters,
        "time_limit": limits.seconds,
        "memory_limit": limits.megabytes,
        "pipeline": settings.pipeline,
    }


@contextmanager
def signals(run: Run) -> Iterator[None]:
    """Let Ctrl-C, and a request to end, stop the run after the batch that is done; a second one stops it at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if run.stopped:
            raise KeyboardInterrupt
        run.stopped = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
