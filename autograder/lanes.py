"""Many submissions at once: each lane is a process with a grader and a sandbox of its own, on a core of its own."""

import ctypes
import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import msgspec

from autograder.assignment import load_assignment
from autograder.graders import borrow
from autograder.grading import Grader
from autograder.result import Result
from autograder.submission import Submission

CHUNK = 4  # submissions that go to a lane together
_CHUNKS_AHEAD = 3  # for each lane, so that none waits
_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 1.0  # between two looks at how many lanes there are
_WORTH_LANES = 60  # submissions: with fewer, starting lanes costs more than they save

Work = Callable[[list[Submission]], list[Result]]


class Job(msgspec.Struct, frozen=True):
    """What a lane must know to grade."""

    course: Path
    assignment: str
    seed: int | None


def cores() -> list[int]:
    """Return the cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def stay_on(core: int) -> None:
    """Keep this process, and the sandbox that it starts, on one core: they only ever wait for each other."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


def lanes_for(count: int, jobs: int | None) -> int:
    """Return how many lanes to use for `count` submissions, where `jobs` does not say it."""
    if jobs is not None:
        return max(1, min(jobs, count))
    return len(cores()) if count >= _WORTH_LANES else 1


def open_lanes(count: int) -> ProcessPoolExecutor:
    """Start `count` lanes on this machine."""
    context = multiprocessing.get_context("spawn")
    queue: SimpleQueue[int] = context.SimpleQueue()
    for core in itertools.islice(itertools.cycle(cores()), count):
        queue.put(core)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_start_lane, initargs=(queue, os.getpid()))


def stop_lanes() -> None:
    """End the lanes at once, in the middle of whatever they do."""
    for lane in multiprocessing.active_children():
        lane.kill()


def grade_all(
    work: Work,
    submissions: Iterable[Submission],
    executor: Executor,
    count_lanes: Callable[[], int],
    fallback: Grader | None = None,
) -> Iterator[Result]:
    """Yield a result for each submission, as they come, made by `work` in chunks.

    `count_lanes` is asked again and again: lanes may come and go, and it raises where it is no use to wait any longer.
    What an executor that broke down left is graded by `fallback`.
    """
    rest = iter(submissions)
    pending: dict[Future[list[Result]], list[Submission]] = {}
    broken = False
    while True:
        most = count_lanes() * _CHUNKS_AHEAD
        while not broken and len(pending) < most:
            chunk = list(itertools.islice(rest, CHUNK))
            if not chunk:
                break
            try:
                pending[executor.submit(work, chunk)] = chunk
            except BrokenExecutor:
                broken, rest = True, itertools.chain(chunk, rest)
        if not pending:
            break
        for future in wait(pending, _LOOK_SECONDS, FIRST_COMPLETED).done:
            chunk = pending.pop(future)
            try:
                yield from future.result()
            except BrokenExecutor:
                broken, rest = True, itertools.chain(chunk, rest)
    if broken:
        if fallback is None:
            raise BrokenExecutor
        yield from map(fallback.grade, rest)


def _start_lane(queue: "SimpleQueue[int]", grader: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader: it ends its lanes
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # no lane outlives its grader
        if os.getppid() != grader:  # which ended before that
            os._exit(1)
    stay_on(queue.get())


def grade_chunk(job: Job, chunk: list[Submission]) -> list[Result]:
    with borrow(job, lambda: Grader(load_assignment(job.course, job.assignment), job.seed)) as grader:
        return [grader.grade(submission) for submission in chunk]
