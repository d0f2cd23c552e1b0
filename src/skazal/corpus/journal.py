"""The journal of a run: with which settings and input it began, and which shards are on the disk.

A line is written after its shard; a line that was cut off was not written. One process at a time may hold it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

from skazal.errors import CorpusError

# Its name in a folder of tables.
JOURNAL = "_journal.jsonl"
LAST = {"finished": True}
# How the journal of a run ends that came to the end of its input.
FINISHED = json.dumps(LAST).encode() + b"\n"
# The digest of an input without records.
NOTHING = blake2b(digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard on the disk.

    Attributes:
        name: of its files.
        records: read from the beginning of the input to its end.
        documents: annotated, in this shard.
        rejected: by reason, in this shard.
        digest: of the input up to its end.
        sizes: what the writer wants to know of it.
    """

    name: str
    records: int
    documents: int
    rejected: Mapping[str, int]
    digest: str
    sizes: Mapping[str, int]


class Journal:
    """An open journal; ``close`` it, or use it in a ``with``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream = locked(path)
        self._stream.seek(0)
        lines = self._stream.read().split(b"\n")
        try:
            self.entries: list[dict[str, Any]] = [json.loads(line) for line in lines[:-1]]
        except ValueError:
            self.close()
            raise CorpusError(f"{path} is damaged; remove it and its output, and begin anew") from None
        # What stands after the last line break was being written when the run ended.
        self._stream.truncate(sum(len(line) + 1 for line in lines[:-1]))

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def head(self) -> dict[str, Any] | None:
        """What the run began with; None when there was none."""
        return self.entries[0] if self.entries else None

    @property
    def shards(self) -> list[Shard]:
        """The shards on the disk, in order."""
        return [Shard(**entry) for entry in self.entries[1:] if "records" in entry]

    @property
    def finished(self) -> bool:
        """Whether the run came to the end of its input."""
        return bool(self.entries) and "finished" in self.entries[-1]

    @property
    def records(self) -> int:
        """Records of the input that are on the disk, annotated or rejected."""
        return self.shards[-1].records if self.shards else 0

    @property
    def digest(self) -> str:
        """Of these records."""
        return self.shards[-1].digest if self.shards else NOTHING

    @property
    def documents(self) -> int:
        """Documents on the disk."""
        return sum(shard.documents for shard in self.shards)

    @property
    def rejected(self) -> Counter[str]:
        """Rejections on the disk, by reason."""
        return sum((Counter(shard.rejected) for shard in self.shards), Counter())

    def start(self, head: dict[str, Any]) -> None:
        """Begin anew."""
        self._stream.truncate(0)
        self.entries = []
        self._write(head)

    def add(self, shard: Shard) -> None:
        """Note a shard that is on the disk."""
        self._write(asdict(shard))

    def finish(self) -> None:
        """Note that there is no more."""
        self._write(LAST)

    def close(self) -> None:
        """Let others have it."""
        self._stream.close()

    def _write(self, entry: dict[str, Any]) -> None:
        size = self._stream.seek(0, os.SEEK_END)
        try:
            self._stream.write(json.dumps(entry).encode("ascii") + b"\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError:
            self._stream.truncate(size)
            raise
        self.entries.append(entry)


def locked(path: Path) -> BinaryIO:
    """Open a journal for this process alone."""
    try:
        stream = open(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)  # noqa: SIM115  # close() closes it
    except OSError as error:
        raise CorpusError(f"{path} cannot be written: {error.strerror}") from None
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass  # where there are no such locks, two runs must not be started at once
    except OSError:
        stream.close()
        raise CorpusError(f"another run is writing there (it holds {path})") from None
    return stream


def differences(old: Mapping[str, Any], new: Mapping[str, Any], path: str = "") -> list[str]:
    """Return what differs between two heads, each as ``name: was …, is …``."""
    found = []
    for name in sorted({*old, *new}):
        before, now = old.get(name), new.get(name)
        if isinstance(before, Mapping) and isinstance(now, Mapping):
            found += differences(before, now, f"{path}{name}.")
        elif before != now:
            found.append(f"{path}{name} was {before!r}, is {now!r}")
    return found
