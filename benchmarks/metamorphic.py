"""How often it changes who said what when a text is changed in a way that says nothing new, on annotated news.

    python benchmarks/metamorphic.py [--gold DIR] [--change NAME ...] [--show N] [--gate]

The changes are those of tests/metamorphic/changes.py: other quotation marks, other dashes, `ё` as `е`, other white
space, an added paragraph, other names of the same gender. Of each it prints how many documents it touches, in how many
of them some quote has other bounds or another speaker, and how many of their quotes these are; with --show the first
differences in each document. With --gate the status is 1 when more quotes differ than LIMITS allow.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import skazal
from accuracy import ROOT, module
from skazal import Document

changes = module(ROOT / "tests" / "metamorphic" / "changes.py", "changes")

GOLD = Path(os.environ.get("SKAZAL_GOLD", ROOT.parent / "shared" / "gold"))
SETS = ("quotes-dev", "cases-dev", "quotes-train")
LIMITS = {"marks and dashes": 0.02, "the rest": 0.05}
"""The share of quotes that a change of each kind may touch."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one change does: documents and quotes that it touches and that differ, and the differences."""

    documents: int
    documents_differing: int
    quotes: int
    quotes_differing: int
    shown: Sequence[str]

    @property
    def rate(self) -> float:
        return self.quotes_differing / max(self.quotes, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--change", nargs="*", default=())
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--gate", action="store_true")
    options = parser.parse_args()
    documents = list(annotated(options.gold))
    worst = 0.0
    for kind, group in changes.CHANGES.items():
        for change in group:
            if options.change and change.__name__ not in options.change:
                continue
            figures = measure(documents, change)
            report(change.__name__, figures, LIMITS[kind], options.show)
            worst = max(worst, figures.rate - LIMITS[kind])
    return 1 if options.gate and worst > 0 else 0


def annotated(folder: Path) -> Iterator[Document]:
    """The documents of the gold files that are there, as the default pipeline reads them."""
    records = [
        json.loads(line)
        for name in SETS
        if (folder / f"{name}.jsonl").exists()
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    documents = skazal.annotate_many(record["text"] for record in records)
    return (replace(document, id=record["id"]) for document, record in zip(documents, records, strict=True))


def measure(documents: Sequence[Document], change: "changes.Change") -> Figures:
    """What a change does to the documents that it touches."""
    pairs = [(document, change(document)) for document in documents]
    touched = [(document, changed) for document, changed in pairs if changed.edits]
    after = skazal.annotate_many(changed.text for _, changed in touched)
    quotes = differing = wrong = 0
    shown: list[str] = []
    for (document, changed), new in zip(touched, after, strict=True):
        gone, come = changes.differences(document, changed, new)
        quotes += len(document.quotes)
        differing += max(len(gone), len(come))
        wrong += bool(gone or come)
        if gone or come:
            shown.append("\n".join([document.id, *_lines(changed.text, "-", gone), *_lines(changed.text, "+", come)]))
    return Figures(len(touched), wrong, quotes, differing, shown)


def _lines(text: str, sign: str, found: Sequence["changes.Said"]) -> Iterator[str]:
    for spans, name in found:
        yield f"  {sign} {name or 'nobody'}: " + " … ".join(text[start:end] for start, end in spans).replace("\n", "⏎")


def report(name: str, figures: Figures, limit: float, show: int) -> None:
    verdict = "" if figures.rate <= limit else f"  more than {limit:.0%}"
    print(
        f"{name:24} {figures.documents_differing:3} of {figures.documents:3} documents "
        f"{figures.quotes_differing:3} of {figures.quotes:4} quotes {figures.rate:6.1%}{verdict}",
        flush=True,
    )
    for lines in figures.shown[:show]:
        print(lines)


if __name__ == "__main__":
    sys.exit(main())
