"""A process that annotates what it is sent, until nobody sends any more: ``python -m skazal.corpus.worker``.

It is started afresh and not forked: its matrices get one thread, threads and locks of the caller stay with the caller,
and a script that starts workers needs no guard around its main part.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from skazal.corpus.encoding import answer, pipeline_of
from skazal.corpus.settings import Job

# Exit status of a worker that has run out of the memory it may take.
OUT_OF_MEMORY = 97
READY = b"ready"
# Seconds past the limit after which a worker ends itself, should its parent no longer be there to do it.
ORPHANS = 60


def main(reading: int, writing: int) -> None:
    """Serve over two pipes; the first message is the job, the others are articles."""
    requests, answers = Connection(reading, writable=False), Connection(writing, readable=False)
    job: Job = requests.recv()
    answer(pipeline_of(job.pipeline), [], job.form)
    calm_collector()
    if job.limits.megabytes:
        limit_memory(job.limits.megabytes)
    patience = math.ceil(job.limits.seconds) + ORPHANS
    answers.send_bytes(READY)
    while True:
        try:
            articles = requests.recv()
            # The signal's default action needs no Python code to run, which a hanging loop in C would not let.
            signal.alarm(patience)
            answers.send(answer(pipeline_of(job.pipeline), articles, job.form))
            signal.alarm(0)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except (EOFError, BrokenPipeError):
            return


def calm_collector() -> None:
    """Let the garbage collector leave alone what is loaded, and come by every 50,000 objects instead of 700.

    Documents and what is made on the way to them are freed by counting references; looking through them and through
    all caches again and again takes a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def limit_memory(megabytes: int) -> None:
    """Let this process take so much more than it has; only Linux tells and keeps such a limit."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
