"""Fuzzing led by coverage: looks for a text that breaks a promise of a public entry. `make fuzz SECONDS=600`

    python -m tests.promises.fuzz [--seconds N] [--seed N] [--kept DIR] [FILE …]

Atheris measures which branches of skazal and razdel a text reaches, and makes new texts of those that reached new ones.
An input is bytes: each stands for a piece of news from `texts.PIECES`, or, after an escape, for any character. The
first byte chooses the entry. What reached new branches is kept in a folder, from which the next run goes on; an input
that breaks a promise is written as a file `crash-…` there, and its text is printed. A FILE is tried alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["skazal", "razdel"]):
    import skazal
    from skazal.errors import TextError

    from . import entries

from .texts import PIECES

ESCAPE = 255
# The quick ones more often: a report takes as long as thirty documents.
ENTRIES = (*[entries.annotated] * 10, *[entries.cut] * 4, *[entries.named] * 6, *entries.TEXT_ENTRIES)
LONGEST = 300


def main() -> None:
    """Look for so many seconds; status 0 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="0 for another one each time")
    parser.add_argument("--kept", type=Path, default=Path(".fuzz"))
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_args()
    options.kept.mkdir(exist_ok=True)
    # The models are loaded outside the first input's time.
    skazal.annotate("Мост открыт.")
    where = options.files or [str(options.kept), f"-max_total_time={options.seconds}"]
    arguments = [sys.argv[0], *where, f"-seed={options.seed}", f"-max_len={LONGEST}", "-len_control=0", "-timeout=120"]
    atheris.Setup([*arguments, f"-artifact_prefix={options.kept}/", "-print_final_stats=1"], try_input)
    atheris.Fuzz()


def try_input(data: bytes) -> None:
    """Give the text that the bytes stand for to the entry that the first one chooses."""
    if not data:
        return
    entry, text = ENTRIES[data[0] % len(ENTRIES)], text_of(data[1:])
    try:
        entry(text)
    except TextError:
        if not any("\ud800" <= character <= "\udfff" for character in text):
            raise
    except Exception:
        print(f"{entry.__name__}({text!r})", file=sys.stderr)
        raise


def text_of(data: bytes) -> str:
    """The text that bytes stand for."""
    found, rest = [], iter(data)
    for byte in rest:
        if byte == ESCAPE:
            found.append(chr(next(rest, 0) << 12 & 0x1FFFF | next(rest, 0) << 4 & 0xFFF))
        else:
            found.append(PIECES[byte % len(PIECES)])
    return "".join(found)


if __name__ == "__main__":
    main()
