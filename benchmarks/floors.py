"""Floors of accuracy and speed: shown, raised, or, with a reason, lowered.

    python benchmarks/floors.py                                             # what holds now
    python benchmarks/floors.py SET FIGURE VALUE                            # raise it
    python benchmarks/floors.py SET FIGURE VALUE --lower "the reason why"   # lower it

The gates of accuracy.py and speed.py compare with floors.json. What was lowered stands in lowered.tsv with its reason;
a test compares that with the history of floors.json, so that no floor falls unnoticed.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
LOWERED = Path(__file__).with_name("lowered.tsv")

Floors = dict[str, dict[str, float]]


def main() -> int:
    """Show, raise or lower."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", nargs="?")
    parser.add_argument("figure", nargs="?")
    parser.add_argument("value", nargs="?", type=float)
    parser.add_argument("--lower", metavar="REASON")
    options = parser.parse_args()
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if options.value is None:
        print(written(floors), LOWERED.read_text(encoding="utf-8"), sep="\n", end="")
        return 0
    held = floors.setdefault(options.set, {}).get(options.figure)
    if held is not None and options.value < held and not (options.lower or "").strip():
        print(
            f"{options.set}: {options.figure} is {held}; give --lower REASON to make it {options.value}",
            file=sys.stderr,
        )
        return 1
    floors[options.set][options.figure] = options.value
    FLOORS.write_text(written(floors), encoding="utf-8")
    if held is not None and options.value < held:
        row = [datetime.now(UTC).date().isoformat(), options.set, options.figure, held, options.value]
        with LOWERED.open("a", encoding="utf-8") as stream:
            print(*row, " ".join(options.lower.split()), sep="\t", file=stream)
    return 0


def written(floors: Floors) -> str:
    """The floors as JSON, a line for each set."""
    lines = [f" {json.dumps(name)}: {json.dumps(figures)}" for name, figures in floors.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
