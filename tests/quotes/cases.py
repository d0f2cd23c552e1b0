"""Reads the cases in tests/cases/quotes: texts with the quotes expected in them, written for people to edit.

A case opens with `== name: what it shows` (`== ?name: …` when the product is known to get it wrong), then come the
lines of the text as they stand, then the expectations, one quote a line, in any order:

    > direct | first piece || second piece | Имя Фамилия | сказал | relay=ТАСС
    > optional indirect | content | Имя Фамилия | заявил
    > none

A piece is written without outer marks and narrator's words; a line break inside a piece is written `\\n`. Speaker `-`:
nobody is named by the text. Cue `-`: not compared. `relay=` is compared only where it is written.
An optional quote may be found or not; when found, its kind, pieces and speaker must be these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cases" / "quotes"
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Expected:
    """One quote that a case expects; `speaker` None: no speaker; `cue`, `relay` None: not compared."""

    kind: str
    pieces: tuple[str, ...]
    speaker: str | None
    cue: str | None
    relay: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the quotes expected in it."""

    id: str
    shows: str
    text: str
    expected: tuple[Expected, ...]
    fails: bool


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """All cases of a folder, files in the order of their names. Raises ValueError naming file and line."""
    return [case for path in sorted(folder.glob("*.txt")) for case in _read_file(path)]


def _read_file(path: Path) -> Iterator[Case]:
    for number, block in _blocks(path.read_text(encoding="utf-8")):
        try:
            yield _case(path.stem, block)
        except ValueError as error:
            raise ValueError(f"{path.name}:{number}: {error}") from None


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Blocks with the number of their first line; what stands before the first header is a comment."""
    block: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("== "):
            if block:
                yield start, block
            block, start = [line], number
        elif block:
            block.append(line)
    if block:
        yield start, block


def _case(group: str, block: list[str]) -> Case:
    name, colon, shows = block[0].removeprefix("== ").partition(":")
    if not colon:
        raise ValueError("a header reads `== name: what it shows`")
    expectations = [line for line in block[1:] if line.startswith("> ")]
    if not expectations:
        raise ValueError("a case expects something, or `> none`")
    text = "\n".join(line for line in block[1:] if not line.startswith("> ")).strip("\n")
    expected = () if expectations == ["> none"] else tuple(_expected(line) for line in expectations)
    return Case(f"{group}/{name.lstrip('?')}", shows.strip(), text, expected, name.startswith("?"))


def _expected(line: str) -> Expected:
    body = line.removeprefix("> ")
    optional = body.startswith("optional ")
    cells = [cell.strip(" ") for cell in body.removeprefix("optional ").split(" | ")]
    relay = cells.pop().removeprefix("relay=") if cells[-1].startswith("relay=") else None
    if len(cells) != len(("kind", "pieces", "speaker", "cue")) or cells[0] not in KINDS:
        raise ValueError(f"an expectation reads `> kind | pieces | speaker | cue`, not {line!r}")
    kind, content, speaker, cue = cells
    pieces = tuple(piece.strip(" ").replace("\\n", "\n") for piece in content.split(" || "))
    return Expected(kind, pieces, _given(speaker), _given(cue), relay, optional)


def _given(cell: str) -> str | None:
    return None if cell == "-" else cell
