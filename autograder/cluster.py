"""Grading on the workers of a Dask cluster: what the grader asks of it, and what each of its workers does.

Workers belong to the instructor and are trusted, their answers too; student code runs in the sandbox on each of them.
"""

import asyncio
import contextlib
import functools
import io
import logging
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.archive import zip_of
from autograder.assignment import SOLUTIONS, Assignment, exercise_files, load_assignment
from autograder.gradebook import kit_hash
from autograder.graders import borrow
from autograder.grading import Grader
from autograder.lanes import grade_all
from autograder.printable import quoted
from autograder.result import Result
from autograder.sandbox.layers import ON, STRICT
from autograder.sandbox.process import SandboxError
from autograder.submission import Submission
from autograder.texts import UserError

if TYPE_CHECKING:
    from distributed import Client

_ANSWER_SECONDS = 3.0  # for a scheduler to say that it is one
_PATIENCE_SECONDS = 5.0  # for a worker that ended to be started again
_LOOK_SECONDS = 1.0  # between two looks at who is there
_CLOSE_SECONDS = 1.0

_KIT = kit_hash()  # as this process has loaded it


class Job(msgspec.Struct, frozen=True):
    """What a worker must know to grade: it needs none of the course's files."""

    kit: str  # that results are to be made with
    exercise: bytes  # a zip of it
    assignment: str
    seed: int


@contextlib.contextmanager
def open_cluster(address: str, assignment: Assignment, seed: int) -> Iterator["Cluster"]:
    """Use the workers of the Dask scheduler at `address`. Raises UserError where they can't grade."""
    logging.disable(logging.CRITICAL)  # Dask would tell at length what is said in a sentence here
    try:
        client = _connect(address)
        try:
            yield Cluster(client, address, Job(_KIT, zip_of(exercise_files(assignment)), assignment.name, seed))
        finally:
            with contextlib.suppress(TimeoutError):
                client.close(timeout=_CLOSE_SECONDS)  # what workers have not begun is cancelled
    finally:
        logging.disable(logging.NOTSET)


def _connect(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError:
        raise UserError("author.needs", package="distributed", extra="cluster") from None
    try:
        asyncio.run(_look_for_scheduler(address))
        return Client(address, timeout=_ANSWER_SECONDS, set_as_default=False)
    except Exception:
        raise UserError("error.no_scheduler", address=address) from None


async def _look_for_scheduler(address: str) -> None:
    """Raise something where no scheduler answers soon: Dask's own client may wait for it for ever."""
    from distributed.core import rpc
    from distributed.security import Security

    async with asyncio.timeout(_ANSWER_SECONDS):
        async with rpc(address, connection_args=Security().get_connection_args("client")) as found:
            if (await found.identity())["type"] != "Scheduler":
                raise ValueError(address)


class Cluster:
    """A scheduler's workers, each with the sandbox in force."""

    def __init__(self, client: "Client", address: str, job: Job) -> None:
        self._client = client
        self._address = address
        self._job = job
        self._threads = 0
        self._looked = self._last_seen = time.monotonic()
        with self._told_in_a_sentence():
            self.isolations = self._make_ready()

    def grade(self, submissions: Iterable[Submission]) -> Iterator[Result]:
        """Yield a result for each submission, as they come. Dask does the chunks of a lost worker again."""
        work = functools.partial(_grade_chunk, self._job)
        with self._told_in_a_sentence():
            yield from grade_all(work, submissions, self._client.get_executor(pure=False), self._count_threads)

    def _make_ready(self) -> list[dict[str, str]]:
        """Let each worker make a grader; return the different states of their sandboxes."""
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        except TimeoutError:
            raise UserError("error.no_workers", address=self._address) from None
        try:
            self._client.run_on_scheduler(kit_hash)  # Dask loads there what is sent on to workers
        except ImportError:
            raise UserError("error.scheduler_kit", address=self._address) from None
        isolations = []
        for worker, answer in sorted(self._client.run(_make_ready, self._job, on_error="return").items()):
            if isinstance(answer, UserError):
                raise answer
            if isinstance(answer, Exception):
                raise UserError("error.worker_cannot", worker=worker, reason=_reason(answer))
            if answer not in isolations:
                isolations.append(answer)
        return isolations

    def _count_threads(self) -> int:
        """Return how many submissions the workers can grade at once now. Raises UserError where none is left."""
        now = time.monotonic()
        if self._client.status != "running":
            raise UserError("error.no_scheduler", address=self._address)
        if self._threads and now - self._looked < _LOOK_SECONDS:
            return self._threads
        self._looked = now
        self._threads = sum(self._client.nthreads().values())
        if self._threads:
            self._last_seen = now
        elif now - self._last_seen > _PATIENCE_SECONDS:
            raise UserError("error.no_workers", address=self._address)
        return max(self._threads, 1)

    @contextlib.contextmanager
    def _told_in_a_sentence(self) -> Iterator[None]:
        try:
            yield
        except UserError:
            raise
        except (Exception, CancelledError) as error:
            if self._client.status != "running":
                raise UserError("error.no_scheduler", address=self._address) from None
            raise UserError("error.cluster_failed", address=self._address, reason=_reason(error)) from error


def _reason(error: BaseException) -> str:
    return quoted(f"{type(error).__name__}: {error}")


# What follows runs on the workers.


async def _make_ready(job: Job, dask_worker: Any) -> dict[str, str]:
    """Make a grader if there is none; return the state of its sandbox. Raises UserError where it must not grade."""

    def isolation() -> dict[str, str]:
        with borrow(job, lambda: _make_grader(job, dask_worker.address)) as grader:
            return grader.isolation

    return await asyncio.to_thread(isolation)  # the worker's own thread has to answer its scheduler


def _grade_chunk(job: Job, chunk: list[Submission]) -> list[Result]:
    from distributed import get_worker

    with borrow(job, lambda: _make_grader(job, get_worker().address)) as grader:
        return [grader.grade(submission) for submission in chunk]


def _make_grader(job: Job, worker: str) -> Grader:
    """Make a grader. The exercise lies on the disk, for this user alone, only until its checks are read."""
    if {_KIT, kit_hash()} != {job.kit}:  # what is loaded, and what the sandbox will load
        raise UserError("error.worker_kit", worker=worker)
    with tempfile.TemporaryDirectory(prefix="autograder-") as course:
        folder = Path(course, SOLUTIONS, job.assignment)
        with zipfile.ZipFile(io.BytesIO(job.exercise)) as exercise:
            exercise.extractall(folder)
        try:
            grader = Grader(load_assignment(Path(course), job.assignment), job.seed)
        except SandboxError as error:
            raise UserError("error.worker_sandbox", worker=worker, missing=str(error)) from None
    missing = [f"{layer}: {grader.isolation[layer]}" for layer in STRICT if grader.isolation[layer] != ON]
    if missing:
        grader.close()
        raise UserError("error.worker_sandbox", worker=worker, missing="; ".join(missing))
    return grader
