"""What a run over a corpus costs, and that nothing is lost on the way; on articles of benchmarks/generator.py.

    python benchmarks/corpus.py speed  [--articles N]    two workers against one; memory of parent and workers
    python benchmarks/corpus.py kills  [--articles N]    killed with -9 at ten random moments, resumed, compared
    python benchmarks/corpus.py full   [--articles N]    a small disk that fills up (needs root), resumed, compared
    python benchmarks/corpus.py broken [--articles N]    1 % broken and poisoned records against the list of them

Prints JSON. Exit status 1 when something was lost, repeated or told wrongly. Give --folder a disk with room.
"""

import argparse
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq

from generator import LONGEST, write
from skazal.annotated import read_documents

HERE = Path(__file__).parent
Figures = dict[str, Any]
# Seconds between two looks at the memory of the processes.
PACE = 1.0
# Seconds until a worker has loaded its pipeline, more or less.
LOADING = 3.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=[*MEASURES])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        figures = MEASURES[arguments.what](Path(folder), arguments)
    print(json.dumps({"machine": machine(), "articles": arguments.articles, **figures}, ensure_ascii=False, indent=1))
    sys.exit(not figures.get("right", True))


def machine() -> str:
    return f"{os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}, one BLAS thread a process"


def speed(folder: Path, arguments: argparse.Namespace) -> Figures:
    """One worker, two workers, one worker: a machine that slows down shows in the two figures for one."""
    write(folder / "news.jsonl", arguments.articles, arguments.seed)
    characters = sum(len(json.loads(line)["text"]) for line in (folder / "news.jsonl").open(encoding="utf-8"))
    runs = [watched(folder, f"out{number}", workers) for number, workers in enumerate((1, 2, 1))]
    one = (runs[0]["seconds"] + runs[2]["seconds"]) / 2
    return {
        "characters": characters,
        "two workers over one": round(one / runs[1]["seconds"], 2),
        "articles a core-hour": round(arguments.articles / sum(runs[0]["CPU seconds"].values()) * 3600),
        "runs": runs,
    }


def watched(folder: Path, name: str, workers: int) -> Figures:
    """Run and look at the memory all the time; CPU seconds tell what is lost on a busy machine."""
    began, before = time.monotonic(), used()
    process = start(folder, name, "--workers", str(workers))
    here = psutil.Process(process.pid)
    parent: list[int] = []
    others, own = 0, 0.0
    while process.poll() is None:
        with suppress(psutil.Error):
            parent.append(here.memory_info().rss >> 20)
            own = sum(here.cpu_times()[:2])
            others = max([others, *(child.memory_info().rss >> 20 for child in here.children())])
        time.sleep(PACE)
    seconds = time.monotonic() - began
    tenth = len(parent) // 10 or 1
    return {
        "workers": workers,
        "seconds": round(seconds, 1),
        "CPU seconds": {"parent": round(own, 1), "workers": round(used() - before - own, 1)},
        "parent MB by tenths of the run": [max(parent[i : i + tenth]) for i in range(0, len(parent), tenth)],
        "worker MB": others,
        "status": process.returncode,
    }


def used() -> float:
    """Return CPU seconds of all processes that were started and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def start(folder: Path, name: str, *options: str) -> subprocess.Popen[bytes]:
    """Start the command on the corpus."""
    command = str(Path(sys.executable).with_name("skazal"))
    files = [str(folder / "news.jsonl"), "-o", str(folder / name)]
    return subprocess.Popen([command, "annotate", *files, *options], stderr=subprocess.DEVNULL)


def kills(folder: Path, arguments: argparse.Namespace) -> Figures:
    """Kill at random moments, of which some are while the run starts or writes."""
    write(folder / "news.jsonl", arguments.articles, arguments.seed, 0.01)
    options = ("--workers", "2", "--shard-size", str(max(arguments.articles // 40, 1)), "--max-length", str(LONGEST))
    began = time.monotonic()
    start(folder, "whole", *options).wait()
    usual = time.monotonic() - began
    luck = random.Random(arguments.seed)
    killed = []
    for _ in range(arguments.kills):
        process = start(folder, "out", *options, "--resume")
        # Loading takes some seconds of each part.
        time.sleep(luck.uniform(0.1, usual / arguments.kills * 2 + LOADING))
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed.append(saved(folder / "out"))
    status = start(folder, "out", *options, "--resume").wait()
    return {"saved when killed": killed, "status": status, **compared(folder / "whole", folder / "out")}


def saved(output: Path) -> int:
    """Return the records that the journal has."""
    journal = output / "_journal.jsonl"
    lines = journal.read_bytes().split(b"\n")[:-1] if journal.exists() else []
    return max((json.loads(line).get("records", 0) for line in lines), default=0)


def compared(whole: Path, other: Path) -> Figures:
    """Compare two outputs document by document, and their rejected row by row."""
    documents = sum(1 for _ in read_documents(whole))
    same = sum(a == b for a, b in zip(read_documents(whole), read_documents(other), strict=False))
    again = sum(1 for _ in read_documents(other))
    rejected = rows(whole) == rows(other)
    right = documents == same == again and rejected
    return {"documents": documents, "same": same, "resumed": again, "rejected same": rejected, "right": right}


def rows(output: Path) -> list[Any]:
    """Return what was rejected, in the order of the input."""
    return sorted(pq.read_table(output / "rejected").to_pylist(), key=lambda row: int(row["position"]))


def full(folder: Path, arguments: argparse.Namespace) -> Figures:
    """Fill a small disk, see that what was reported as done is there, give it room, go on."""
    write(folder / "news.jsonl", arguments.articles, arguments.seed, 0.01)
    options = ("--workers", "2", "--shard-size", str(max(arguments.articles // 40, 1)), "--max-length", str(LONGEST))
    start(folder, "whole", *options).wait()
    room = sum(path.stat().st_size for path in (folder / "whole").rglob("*")) // 2
    disk = folder / "disk"
    disk.mkdir()
    with mounted(disk, room) as grow:
        first = start(folder, "disk/out", *options).wait()
        done = saved(disk / "out")
        there = sum(1 for _ in read_documents(disk / "out")) + len(rows(disk / "out"))
        grow()
        second = start(folder, "disk/out", *options, "--resume").wait()
        found = compared(folder / "whole", disk / "out")
    right = found["right"] and first == 3 and there >= done > 0
    told = {"status when full": first, "reported as done": done, "there": there, "status when resumed": second}
    return {**told, **found, "right": right}


@contextmanager
def mounted(disk: Path, room: int) -> Iterator[Callable[[], None]]:
    """Mount a small tmpfs; what is yielded makes it large."""

    def grow() -> None:
        subprocess.run(["mount", "-o", "remount,size=1g", str(disk)], check=True)

    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(disk)], check=True)
    try:
        yield grow
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def broken(folder: Path, arguments: argparse.Namespace) -> Figures:
    """Compare what is rejected with what was broken."""
    from skazal.corpus import annotate

    os.environ["PYTHONPATH"] = str(HERE)
    expected = write(folder / "news.jsonl", arguments.articles, arguments.seed, 0.01, poison=True)
    summary = annotate(
        folder / "news.jsonl", folder / "out", workers=2, max_length=LONGEST, time_limit=5, memory_limit=1000,
        pipeline="poisoned:load",
    )  # fmt: skip
    found = [(row["position"], row["line"], row["reason"]) for row in rows(folder / "out")]
    annotated = sum(1 for _ in read_documents(folder / "out"))
    right = found == expected and annotated == arguments.articles - len(expected)
    return {"broken": len(expected), "annotated": annotated, "rejected": dict(summary.rejected), "right": right}


MEASURES: dict[str, Callable[[Path, argparse.Namespace], Figures]] = {
    "speed": speed,
    "kills": kills,
    "full": full,
    "broken": broken,
}

if __name__ == "__main__":
    main()
