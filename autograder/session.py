"""Session: one submission in its worker, loaded statement by statement, and loaded again after a crash."""

import math
import time
from typing import Any

import msgspec

from autograder.printable import quoted
from autograder.sandbox import wire
from autograder.sandbox.launcher import Sandbox
from autograder.sandbox.process import Round, SandboxError, Worker, WorkerEnded, WorkerTimeout
from autograder.source import Cell
from autograder.texts import Place

MAX_LINE = 1_000_000  # no file that is taken has more
MAX_FAILED = 20  # statements that are told
MAX_CULPRITS = 5  # statements that end the worker; with more of them the rest of the file is not run
LOAD_PATIENCE = 10  # times what a check may take: the demo at a file's end may be long, and is not paid for
MAX_PATIENT_HANGS = 2  # after that many checks that hang
HASTE = 4  # the others may work a fourth of the time
MIN_LOAD_SECONDS = 1.0  # for a file that used up its time: it is read once more, to say so


class FailedStatement(msgspec.Struct, frozen=True):
    """A top-level statement that failed: its place and its exception; `kind` is "crash" or "timeout" without one."""

    place: Place | None
    text: str
    kind: str
    message: str


class BadSyntax(Exception):
    """The submission is no Python: where, if that can be told, and what Python says."""

    def __init__(self, message: str, place: Place | None = None, text: str = "", column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.text = text
        self.column = column


class Session:
    """A submission that answers questions. Use as a context manager."""

    def __init__(self, sandbox: Sandbox, cells: list[Cell], patience: float = math.inf) -> None:
        """`patience` is how many seconds of its own work a check may take the submission."""
        self.failed: list[FailedStatement] = []
        self.functions: set[tuple[str, str]] = set()  # (type, name) of what is known to be callable
        self.restarts = 0
        self.was_disturbed = False  # somebody from outside killed a worker
        self._sandbox = sandbox
        self._cells = [list(cell) for cell in cells]
        self._skip: list[int] = []
        self._stop: int | None = None
        self._worker: Worker | None = None
        self._output = ""
        self._foretold: dict[str, list[Any]] = {}
        self._patience = patience
        self._busy_until: float | None = None  # of this check
        self._hangs = 0
        self._left = self._total_left = sandbox.limits.submission_seconds

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *error: object) -> None:
        self._drop_worker()

    def load(self) -> None:
        """Run the file's top-level statements, passing over those that end the process. Raises BadSyntax."""
        try:
            self._load(report=False)
            return
        except (WorkerEnded, WorkerTimeout):
            self._drop_worker()
        for _ in range(MAX_CULPRITS + 1):
            try:
                self._load(report=True)
                return
            except (WorkerEnded, WorkerTimeout) as error:
                self._drop_worker()
                self._pass_over(error)
        self._stop = max(self._skip[-1], 0)
        try:
            self._load(report=False)
        except (WorkerEnded, WorkerTimeout) as error:
            raise BadSyntax(str(error)) from None

    def rehearse(self, rounds: dict[str, Round]) -> None:
        """Ask at once what each check, by its name, will ask: it saves most of the waiting.

        A submission that hangs or crashes at it is asked again, check by check.
        """
        assert self._worker is not None
        start = time.monotonic()
        try:
            seconds = self._sandbox.limits.check_seconds
            answers = self._worker.ask(list(rounds.values()), seconds, self._worker.busy_seconds() + self._patience)
        except (WorkerEnded, WorkerTimeout):
            self._drop_worker()
            return
        finally:
            self._total_left -= time.monotonic() - start
        self._foretold = {name: answered for name, answered in zip(rounds, answers) if type(answered) is list}

    def foretold(self, check: str) -> list[Any] | None:
        """Return the answers to the questions that `check` will ask, if it was rehearsed."""
        return self._foretold.pop(check, None)

    def begin_check(self) -> None:
        """Give the next check its time."""
        self._left = min(self._sandbox.limits.check_seconds, self._total_left)
        self._busy_until = None

    def ask(self, begin: int | None, question: bytes) -> list[Any]:
        """Ask the submission. Raises WorkerEnded or WorkerTimeout; then nothing more can be asked in this check."""
        try:
            worker = self._worker or self._load_again(begin)
            if self._busy_until is None:
                haste = 1 if self._hangs < MAX_PATIENT_HANGS else HASTE
                self._busy_until = worker.busy_seconds() + self._patience / haste
            start = time.monotonic()
            try:
                match worker.ask([(begin, [question])], self._left, self._busy_until)[0]:
                    case [bytes(answer)]:
                        return wire.decode_frame(answer)  # a large one takes time to read, which counts too
            finally:
                self._left -= time.monotonic() - start
                self._total_left -= time.monotonic() - start
        except (WorkerEnded, WorkerTimeout) as error:
            self._hangs += isinstance(error, WorkerTimeout)
            self._drop_worker()
            raise
        except SandboxError:
            self.was_disturbed = True  # a check may take the exception for the submission's
            raise
        except wire.WireError:
            pass
        raise self.spoiled()

    def spoiled(self) -> WorkerEnded:
        """End the worker, whose answer makes no sense; return what to raise."""
        self._drop_worker()
        return WorkerEnded("an answer that makes no sense")

    def output(self) -> str:
        """Return the beginning of what the submission printed in its first worker."""
        if self._worker is not None and not self._output:
            self._output = self._worker.output()
        return self._output

    def _load_again(self, begin: int | None) -> Worker:
        """Start another worker, where a new check begins."""
        if begin is None:
            raise WorkerEnded("it ended earlier in this check")
        if self._total_left <= 0:
            raise WorkerTimeout
        self.restarts += 1
        return self._load(report=False)

    def _load(self, report: bool) -> Worker:
        """Start a worker and run the file in it; with `report` it says which statement comes, one by one."""
        self._worker = worker = self._sandbox.spawn()
        self.functions.clear()
        self._statement: int | None = None
        start = time.monotonic()
        seconds = max(min(self._sandbox.limits.load_seconds, self._total_left), MIN_LOAD_SECONDS)
        question = wire.encode([[], "load", report, self._cells, self._skip, self._stop])
        try:
            busy_until = LOAD_PATIENCE * self._patience
            for answers in worker.ask_and_follow([(None, [question])], seconds, busy_until):
                if type(answers) is int:
                    self._statement = answers
        finally:
            self._total_left -= time.monotonic() - start
        self._keep_failures(answers)
        return worker

    def _keep_failures(self, answers: list[Any]) -> None:
        """Read what `load` answered: the statements that failed, or that there are none."""
        match _decode_only(answers):
            case ["value", [int(), list(failures)]]:
                if self.restarts:
                    return
                for failure in failures[:MAX_FAILED]:
                    match failure:
                        case [place, str(text), str(kind), str(message)]:
                            words = quoted(text), quoted(kind), quoted(message)
                            self.failed.append(FailedStatement(to_place(place), *words))
            case ["raised", str(kind), str(message), place, str(text), int(column)]:
                said = message if kind == "SyntaxError" else f"{kind}: {message}"
                raise BadSyntax(quoted(said), to_place(place), quoted(text), column)
            case _:
                self._drop_worker()
                raise WorkerEnded("an answer that makes no sense")

    def _pass_over(self, error: WorkerEnded | WorkerTimeout) -> None:
        """Leave out the statement that ended the worker from now on. Raises BadSyntax where it was none."""
        if self._statement is None:
            raise BadSyntax(str(error))
        place, text = self._first_line_of(self._statement)
        kind = "timeout" if isinstance(error, WorkerTimeout) else "crash"
        self.failed.append(FailedStatement(place, text, kind, str(error)))
        self._skip = [*self._skip, self._statement]

    def _first_line_of(self, statement: int) -> tuple[Place | None, str]:
        worker = self._sandbox.spawn()
        try:
            seconds = self._sandbox.limits.load_seconds
            question = wire.encode([[], "first_line_of", self._cells, statement])
            match _decode_only(worker.ask([(None, [question])], seconds)):
                case ["value", [place, str(text)]]:
                    return to_place(place), quoted(text)
        except (WorkerEnded, WorkerTimeout):
            pass
        finally:
            worker.discard()
        return None, ""

    def _drop_worker(self) -> None:
        if self._worker is not None:
            self.was_disturbed |= self._worker.was_killed
            self.output()
            self._worker.discard()
            self._worker = None


def _decode_only(answers: list[Any]) -> list[Any]:
    """Return the message in the one answer to the one round; [] where there is none."""
    match answers:
        case [[bytes(answer)]]:
            try:
                return wire.decode_frame(answer)
            except wire.WireError:
                pass
    return []


def to_place(sent: object) -> Place | None:
    """Return the place that a worker tells, None where it tells none."""
    match sent:
        case [int(cell), int(line)] if 0 <= cell <= MAX_LINE and 0 <= line <= MAX_LINE:
            return Place(cell, line)
    return None
