"""Workers watched: each batch comes back in its order, and a document that kills or hangs its worker goes alone.

When a worker dies or takes too long over a batch, the articles of that batch are annotated again one by one, each
within the limits of a document; which of them did it is then known, and the others lose nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from signal import Signals
from typing import cast

from skazal.corpus.articles import Article, Reason, rejected
from skazal.corpus.checks import Batch
from skazal.corpus.encoding import Answer, joined
from skazal.corpus.settings import Job, Limits
from skazal.corpus.worker import OUT_OF_MEMORY
from skazal.errors import CorpusError

# Batches begun and not yet handed on, for each worker: room to go on while one of them is slow.
AHEAD = 16
# Seconds that each article of a batch adds to the limit of one: ten times what news takes.
PATIENCE = 0.5
LOADING = 300.0
STDERR = 2
# Seconds after which the wish to stop is looked for.
TICK = 0.25
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")}

Answered = tuple[Batch, Answer]


@dataclass(slots=True)
class Pending:
    """A batch whose answer is not complete; ``singles`` when its articles are annotated one by one."""

    batch: Batch
    answer: Answer | None = None
    singles: dict[int, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """Articles for a worker: all of a batch, or the one with this index."""

    pending: Pending
    articles: list[Article]
    index: int | None = None


class Worker:
    """A process and the pipes to it."""

    def __init__(self, job: Job) -> None:
        their_reading, our_writing = os.pipe()
        our_reading, their_writing = os.pipe()
        theirs = (their_reading, their_writing)
        # A group of its own: Ctrl-C in the terminal is for the parent, which then ends its workers.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "skazal.corpus.worker", *map(str, theirs)],
            pass_fds=theirs,
            process_group=0,
            stdin=subprocess.DEVNULL,
            # Standard output is for documents; whatever a pipeline prints goes to the parent's standard error.
            stdout=STDERR,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        for end in theirs:
            os.close(end)
        self.requests = Connection(our_writing, readable=False)
        self.answers = Connection(our_reading, writable=False)
        self.limit = job.limits.seconds
        self.ready = False
        self.task: Task | None = None
        self.deadline = time.monotonic() + LOADING
        self.send(job)

    def start(self, task: Task) -> None:
        """Give it articles to annotate."""
        self.task = task
        spare = PATIENCE * len(task.articles) if task.index is None else 0.0
        self.deadline = time.monotonic() + self.limit + spare
        self.send(task.articles)

    def send(self, message: Job | list[Article]) -> None:
        """Send it something; that it has ended is noticed where its answer is waited for."""
        with suppress(BrokenPipeError):
            self.requests.send(message)

    def receive(self) -> Answer | None:
        """Take what it says: an answer, or None for being ready.

        Raises:
            EOFError: when it has ended.
        """
        if self.ready:
            return cast(Answer, self.answers.recv())
        self.answers.recv_bytes()
        self.ready = True
        return None

    def stop(self) -> int:
        """End it, whatever it is doing; return its exit status."""
        self.requests.close()
        self.answers.close()
        self.process.kill()
        return self.process.wait()

    def status(self) -> int:
        """Return the exit status of a worker that has closed its pipes."""
        self.requests.close()
        self.answers.close()
        try:
            return self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Crew:
    """Workers, the batches they are at, and those that wait."""

    def __init__(self, size: int, job: Job) -> None:
        self.job = job
        self.tasks: deque[Task] = deque()
        self.workers = [Worker(job) for _ in range(size)]

    def assign(self) -> None:
        """Give work to those that have none."""
        for worker in self.workers:
            if worker.ready and worker.task is None and self.tasks:
                worker.start(self.tasks.popleft())

    def listen(self) -> None:
        """Wait a moment for answers; take them, and replace workers that have ended or are late."""
        busy = [worker for worker in self.workers if worker.task or not worker.ready]
        by_pipe = {worker.answers: worker for worker in busy}
        pause = min((worker.deadline - time.monotonic() for worker in busy), default=0.0)
        for pipe in wait(list(by_pipe), timeout=max(0.0, min(pause, TICK))):
            self.hear(by_pipe[cast(Connection, pipe)])
        now = time.monotonic()
        for worker in busy:
            if now > worker.deadline and (worker.task or not worker.ready) and worker in self.workers:
                worker.stop()
                self.replace(worker, "time_limit", f"not done in {self.job.limits.seconds:g} s")

    def hear(self, worker: Worker) -> None:
        """Take what a worker says, or notice that it has ended."""
        try:
            found = worker.receive()
        except (EOFError, ConnectionError):
            self.replace(worker, *cause_of_death(worker.status(), self.job.limits))
            return
        if found is not None and worker.task:
            settle(worker.task, found)
            worker.task = None

    def replace(self, worker: Worker, reason: Reason, message: str) -> None:
        """Put a new worker in the place of one that has ended, and see to its articles.

        Raises:
            CorpusError: when it ended before it began.
        """
        if not worker.ready:
            raise CorpusError(f"a worker could not load its pipeline ({message}); what it said stands above")
        self.workers[self.workers.index(worker)] = Worker(self.job)
        task = worker.task
        if task and task.index is not None:
            settle(task, Answer([], {0: rejected(task.articles[0], reason, message)}))
        elif task:
            alone = [Task(task.pending, [article], index) for index, article in enumerate(task.articles)]
            self.tasks.extendleft(reversed(alone))

    def dismiss(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.stop()


def cause_of_death(status: int, limits: Limits) -> tuple[Reason, str]:
    """Return why a worker has ended."""
    if status == OUT_OF_MEMORY:
        return "memory_limit", f"takes more than {limits.megabytes} MB"
    if status < 0:
        return "died", f"its process was ended by {Signals(-status).name}"
    return "died", f"its process ended with status {status}"


def settle(task: Task, found: Answer) -> None:
    """Note what came of a task."""
    pending = task.pending
    if task.index is None:
        pending.answer = found
        return
    pending.singles[task.index] = found
    if len(pending.singles) == len(pending.batch.articles):
        pending.answer = joined([pending.singles[i] for i in range(len(pending.singles))])


def spread(
    batches: Iterator[Batch], workers: int, job: Job, *, stopping: Callable[[], bool] = bool
) -> Generator[Answered]:
    """Annotate batches in processes and yield them in order with what came of them; few are read ahead.

    Args:
        batches: taken when a worker will need the next.
        workers: processes.
        job: what they do.
        stopping: asked every moment; once true, nothing more is yielded.

    Raises:
        CorpusError: when a worker cannot begin.
    """
    crew = Crew(workers, job)
    waiting: deque[Pending] = deque()
    more = True
    try:
        while not stopping():
            crew.assign()
            while waiting and waiting[0].answer is not None:
                done = waiting.popleft()
                yield done.batch, cast(Answer, done.answer)
            if more and len(crew.tasks) < workers and len(waiting) < AHEAD * workers:
                more = begin(batches, waiting, crew.tasks)
            elif waiting:
                crew.listen()
            elif not more:
                return
    finally:
        crew.dismiss()


def begin(batches: Iterator[Batch], waiting: deque[Pending], tasks: deque[Task]) -> bool:
    """Take up the next batch; return whether there was one."""
    batch = next(batches, None)
    if batch is None:
        return False
    pending = Pending(batch)
    waiting.append(pending)
    if articles := batch.articles:
        tasks.append(Task(pending, articles))
    else:
        pending.answer = Answer()
    return True
