"""What stands between reading and annotating: flaws, repeated ids, batches that know their place in the input."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from typing import Any

from skazal.corpus.articles import Article, Item, flaw, rejected
from skazal.errors import CorpusError

# Characters that a batch of long texts stops at.
BATCH_CHARACTERS = 200_000
# Items that are passed over between two looks at whether to go on.
OFTEN = 256


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs that follow one another.

    Attributes:
        first: position of the first of them in the whole input, from 0.
        items: articles, and what was rejected between them.
        digest: of everything that was read up to the last of them.
    """

    first: int
    items: list[Item]
    digest: str

    @property
    def articles(self) -> list[Article]:
        """What there is to annotate."""
        return [item for item in self.items if isinstance(item, Article)]


def checked(items: Iterable[Item], longest: int) -> Iterator[Item]:
    """Reject articles without a text, with a broken one or with one of more than ``longest`` characters."""
    for item in items:
        if not isinstance(item, Article):
            yield item
        elif len(item.text) > longest:
            yield rejected(item, "too_long", f"the text has {len(item.text)} characters, more than {longest}")
        elif found := flaw(item.text):
            yield rejected(item, *found)
        else:
            yield item


def unique(items: Iterable[Item]) -> Iterator[Item]:
    """Reject articles whose id came before; an id made from a file's name becomes its whole path instead."""
    with closing(Seen()) as seen:
        for item in items:
            if not isinstance(item, Article) or seen.add(item.id):
                yield item
            elif not item.named and seen.add(item.where):
                yield replace(item, id=item.where)
            else:
                yield rejected(item, "duplicate_id", f"the id {item.id!r} came before")


class Seen:
    """A set of ids of any size: SQLite's temporary database, on the disk as soon as it outgrows a few megabytes."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("pragma journal_mode = off")
        self._base.execute("pragma cache_size = -16384")
        self._base.execute("create table seen (id blob primary key) without rowid")

    def add(self, id: str) -> bool:
        """Take an id; return whether it is new."""
        key = blake2b(id.encode("utf-8", errors="surrogatepass"), digest_size=16).digest()
        try:
            return self._base.execute("insert or ignore into seen values (?)", (key,)).rowcount == 1
        except sqlite3.OperationalError as error:
            raise CorpusError(f"no room for ids in the folder of temporary files (SQLITE_TMPDIR): {error}") from None

    def close(self) -> None:
        """Give the database up."""
        self._base.close()


class Feed:
    """The input as batches, from any place on, with a digest of all that came before."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._digest = blake2b(digest_size=16)
        self.position = 0

    @property
    def digest(self) -> str:
        """Of everything that was read."""
        return self._digest.hexdigest()

    def skip(self, count: int) -> Iterator[int]:
        """Pass over items, fewer if there are no more; yield the position now and then."""
        for item in islice(self._items, count):
            self._take(item)
            if self.position % OFTEN == 0:
                yield self.position

    def more(self) -> bool:
        """Whether there is another item; it is taken."""
        return next(self._items, None) is not None

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield the rest, ``size`` at a time or fewer when they are long."""
        waiting: list[Item] = []
        characters = 0
        for item in self._items:
            self._take(item)
            waiting.append(item)
            characters += len(item.text) if isinstance(item, Article) else 0
            if len(waiting) == size or characters >= BATCH_CHARACTERS:
                yield self._batch(waiting)
                waiting, characters = [], 0
        if waiting:
            yield self._batch(waiting)

    def _batch(self, items: list[Item]) -> Batch:
        return Batch(self.position - len(items), items, self.digest)

    def _take(self, item: Item) -> None:
        self.position += 1
        parts: list[Any] = [item.id, item.text, item.meta] if isinstance(item, Article) else [item.id, item.message]
        self._digest.update(json.dumps(parts, default=str).encode("ascii"))
