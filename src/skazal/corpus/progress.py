"""How a run is coming along, on standard error, when somebody watches."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# The bar's whole length; what is read is known as a share of the input's bytes.
STEPS = 10_000


class Watch(Protocol):
    """Is told how a run is coming along."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def tell(self, done: int, rejected: int, saved: int, share: float | None) -> None:
        """Take records done by now, how many of them rejected, how many safe; the share of the input, if known."""

    def skip(self, done: int, share: float | None) -> None:
        """Take records of an earlier run that have been read again by now."""


class Silence:
    """Says nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def tell(self, done: int, rejected: int, saved: int, share: float | None) -> None:
        """Take note of nothing."""

    def skip(self, done: int, share: float | None) -> None:
        """Take note of nothing."""


class Bar:
    """A line with records done, rate, remaining time, rejections and what is safe on the disk."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        counts = "{task.fields[done]:,} done  {task.fields[rate]:.1f}/s  {task.fields[rejected]:,} rejected  "
        self._progress: Progress = Progress(
            BarColumn(),
            TextColumn(counts + "{task.fields[saved]:,} saved"),
            TimeElapsedColumn(),
            TextColumn("remaining"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            refresh_per_second=4,
        )
        self._task: TaskID = self._progress.add_task("", total=None, done=0, rate=0.0, rejected=0, saved=0)
        self._first: tuple[float, int] | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, done: int, rejected: int, saved: int, share: float | None) -> None:
        """Show it, with the rate since the first time."""
        now = time.monotonic()
        if self._first is None:
            self._first = now, done
        began, first = self._first
        rate = (done - first) / (now - began) if now > began else 0.0
        self._show(share, done=done, rate=rate, rejected=rejected, saved=saved)

    def skip(self, done: int, share: float | None) -> None:
        """Show them as saved."""
        self._show(share, done=done, saved=done)

    def _show(self, share: float | None, **counts: Any) -> None:
        completed = None if share is None else share * STEPS
        self._progress.update(self._task, total=None if share is None else STEPS, completed=completed, **counts)


def watch(wanted: bool | None) -> Watch:
    """Return who watches; without a wish, a bar where standard error is a terminal."""
    return Bar() if (sys.stderr.isatty() if wanted is None else wanted) else Silence()
