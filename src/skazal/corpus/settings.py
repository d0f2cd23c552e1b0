"""How a run goes, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from skazal.corpus.articles import Fields, Rejected
from skazal.corpus.files import Format
from skazal.errors import ArgumentError, ArgumentTypeError

PIPELINE = "skazal.pipeline:load"
Form = Literal["documents", "lines", "arrow"]


def check_count(name: str, value: object, least: int = 1) -> None:
    """Raise an ArgumentError or ArgumentTypeError for what is no whole number from the least."""
    if not isinstance(value, int):
        raise ArgumentTypeError(f"{name} is a whole number from {least}, {value!r} came; write it as an int")
    if value < least:
        raise ArgumentError(f"{name} is at least {least}, {value} came")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost.

    Attributes:
        characters: longer texts are rejected unread.
        seconds: to annotate it alone.
        megabytes: of memory that a worker may take on top of its pipeline; 0 for no limit.
    """

    characters: int = 1_000_000
    seconds: float = 60.0
    megabytes: int = 2048

    def __post_init__(self) -> None:
        check_count("max_length", self.characters)
        check_count("memory_limit", self.megabytes, 0)
        if not isinstance(self.seconds, int | float) or not self.seconds > 0:
            raise ArgumentError(f"time_limit is a number of seconds above 0, {self.seconds!r} came")


DEFAULT_FIELDS = Fields()
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is there for.

    Attributes:
        form: of its answers: objects, JSON lines as bytes, Arrow streams as bytes.
        limits: what one document may cost.
        pipeline: ``module:function`` that returns a spaCy pipeline with our stages.
    """

    form: Form
    limits: Limits = DEFAULT_LIMITS
    pipeline: str = PIPELINE


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads, works and writes.

    Attributes:
        fields: which fields of a record hold id and text.
        format: of all inputs; None leaves it to their names.
        workers: processes that share the work.
        batch_size: texts that are tagged together.
        shard_size: records after which what is done is written and safe.
        limits: what one document may cost.
        pipeline: ``module:function`` that returns a spaCy pipeline with our stages, called once in each worker.
    """

    fields: Fields = DEFAULT_FIELDS
    format: Format | None = None
    workers: int = 1
    batch_size: int = 32
    shard_size: int = 2000
    limits: Limits = DEFAULT_LIMITS
    pipeline: str = PIPELINE

    def __post_init__(self) -> None:
        for name in ("workers", "batch_size", "shard_size"):
            check_count(name, getattr(self, name))
        if self.format not in (None, *get_args(Format)):
            allowed = ", ".join(get_args(Format))
            raise ArgumentError(f"format is one of {allowed}, or None for what names tell; {self.format!r} came")


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run, from its first record on, whatever interrupted it in between.

    Attributes:
        documents: annotated.
        rejected: how many, by reason.
        seconds: that this last part of the run took.
        skipped: records that earlier parts had done.
        finished: whether the input came to its end.
        examples: of each reason the first that this last part of the run has rejected.
    """

    documents: int
    rejected: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    skipped: int = 0
    finished: bool = True
    examples: Mapping[str, Rejected] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """All that was read."""
        return self.documents + sum(self.rejected.values())

    def __str__(self) -> str:
        left_out = sum(self.rejected.values())
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(self.rejected.items()))
        new = self.records - self.skipped
        rate = f"{new / self.seconds:,.1f} a second" if self.seconds else "no time"
        parts = [f"{self.documents:,} annotated", f"{left_out:,} rejected" + (f" ({reasons})" if reasons else "")]
        parts += [f"{self.skipped:,} of them earlier"] if self.skipped else []
        parts += [f"{self.seconds:,.0f} s, {rate}"] if new else []
        return ", ".join(parts)
