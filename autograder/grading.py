"""Grading one submission: each check is run against it in the sandbox, and what it came to is put into words."""

import contextlib
import functools
import math
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from autograder.assignment import Assignment
from autograder.checking import FollowThrough
from autograder.checks import Check, seed_of
from autograder.exercise import load_exercise
from autograder.failures import STOPPED, cannot_run, failed_by_kit, stopped, wrong
from autograder.feedback.values import show_steps
from autograder.local_session import LocalSession
from autograder.memory import Memory
from autograder.pictures import Curve, Drawing, Histogram, Picture
from autograder.printable import printable
from autograder.recognition import Behaviour, Observation, Recogniser
from autograder.result import CheckResult, Failure, Result
from autograder.sandbox import wire
from autograder.sandbox.launcher import Sandbox
from autograder.sandbox.layers import ON, ORDER
from autograder.sandbox.process import Round, SandboxError, WorkerEnded, WorkerTimeout
from autograder.session import BadSyntax, Session
from autograder.source import Cell, beginning_of
from autograder.steps import StudentError
from autograder.student import MODULE, Conversation, Improvised, Question, Remote
from autograder.submission import Submission
from autograder.texts import Message, UserError

PATIENCE = 30  # times the reference's own time for all checks together
LEAST_PATIENCE = 0.1  # seconds
_Told = TypeVar("_Told")
_one_thread = threading.Lock()  # for what pytest, numpy's own generator and Python's parser allow one at a time


class Grader:
    """Grades submissions of one assignment, one after the other, in one sandbox. Close it, or use it with `with`."""

    def __init__(self, assignment: Assignment, seed: int | None = None, layers: tuple[str, ...] = ORDER) -> None:
        """`seed` is what random inputs are drawn from; `layers` may leave some out, to show what each is worth."""
        with _one_thread:
            self.exercise = load_exercise(assignment)
        self.assignment = assignment
        self.checks = self.exercise.checks
        self.seed = assignment.seed if seed is None else seed
        self.seeds = {name: seed_of(name, self.seed) for name in self._asked()}
        self._scripts: dict[str, list[Question]] = {}  # what each check and picture asks the reference
        self._rounds: dict[str, Round] = {}  # the same, as it is sent
        self._wanted: dict[str, set[str]] = {name: set() for name in self.seeds}
        misconceptions = list(self.exercise.misconceptions.values())
        self._recogniser = Recogniser(misconceptions, self.exercise.reference, self.observe)
        self._patience = math.inf
        self._memory = Memory()
        self._sandbox = Sandbox(assignment.settings.module, assignment.settings.limits, layers)
        try:
            self._rehearse()
        except BaseException:
            self.close()
            raise

    @property
    def isolation(self) -> dict[str, str]:
        """The state of each layer of the sandbox."""
        return self._sandbox.isolation

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._sandbox.close()

    def grade(self, submission: Submission) -> Result:
        """Grade one submission. A fault of the kit's own is told in the result, never raised."""
        result = Result(
            student=submission.student,
            file=submission.file,
            status=submission.status,
            problem=submission.problem,
            isolation=self.isolation,
            assignment_version=self.assignment.settings.version,
            submission_sha256=submission.sha256,
            seed=self.seed,
        )
        if submission.cells is None:
            return result
        result.source = beginning_of(submission.cells)
        try:
            try:
                was_disturbed = self._run_checks(submission.cells, result)
            except SandboxError:
                was_disturbed = True
            if was_disturbed:  # by the end of the zygote, or of a worker, that the submission had no part in
                was_disturbed = self._run_checks(submission.cells, result)
            if was_disturbed and self.isolation["seccomp"] == ON:  # without it a submission may kill itself
                raise SandboxError("its process was killed twice")
        except Exception as error:
            return failed_by_kit(result, error)
        return result

    def observe(self, program: str, part: str, draw: int) -> Behaviour:
        """Return how a program of the exercise's own fares with a part; another `draw` makes it draw otherwise."""
        found = {}
        with _one_thread:
            session = LocalSession(self.assignment.settings.module, program)
            for check in self.checks:
                if check.part == part:
                    conversation = Conversation(session, self.seeds[check.name] ^ draw, self._wanted[check.name])
                    found[check.name] = self._check(check, conversation)[1]
        return found

    def _run_checks(self, cells: list[Cell], result: Result) -> bool:
        """Fill `result`; return whether somebody from outside disturbed it."""
        result.problem = None
        with Session(self._sandbox, cells, self._patience) as session:
            try:
                session.load()
            except BadSyntax as error:
                result.problem = cannot_run(error)
                reason = Failure(Message("failure.cannot_run"))
                result.checks = [CheckResult(check.name, "skipped", 0.0, reason) for check in self.checks]
            else:
                session.rehearse(self._rounds)
                run = [self._run_check(check, session) for check in self.checks]
                result.checks = [check_result for check_result, _ in run]
                result.pictures = self._draw_all(session, result.checks)
                result.misconceptions = self._recognise({outcome.check: seen for outcome, seen in run})
            result.failed_statements = session.failed
            result.stdout = "\n".join(map(printable, session.output().split("\n")))
            return session.was_disturbed

    def _recognise(self, observations: Behaviour) -> dict[str, str]:
        """Return the misconceptions that the failed parts look like, by part."""
        found = {}
        for part in self.assignment.settings.parts:
            seen = {check.name: observations[check.name] for check in self.checks if check.part == part.name}
            if any(each.outcome != "passed" for each in seen.values()):
                with contextlib.suppress(Exception):  # answers may be stranger than any comparison: nothing is named
                    name = self._recogniser.recognise(part.name, seen)
                    if name is not None:
                        found[part.name] = name
        return found

    def _draw_all(self, session: Session, outcomes: list[CheckResult]) -> dict[str, Drawing]:
        """Return the pictures that the submission lets itself be asked for; none of parts where it hung or crashed."""
        stopped_parts = {
            check.part
            for check, done in zip(self.checks, outcomes)
            if done.failure is not None and done.failure.reason.name in STOPPED
        }
        drawn = {}
        for picture in self.exercise.pictures.values():
            if picture.part not in stopped_parts:
                drawing = self._converse(picture.name, session, functools.partial(_draw, picture))
                if drawing is not None:
                    drawn[picture.name] = drawing
        return drawn

    def _asked(self) -> dict[str, Callable[[Conversation], bool]]:
        """Return all that is asked of a submission: each check and picture, and whether it succeeds."""
        asked: dict[str, Callable[[Conversation], bool]] = {
            check.name: lambda talk, check=check: self._check(check, talk)[0].outcome == "passed"  # type: ignore[misc]
            for check in self.checks
        }
        for name, picture in self.exercise.pictures.items():
            asked[name] = lambda talk, picture=picture: _draw(picture, talk) is not None  # type: ignore[misc]
        return asked

    def _rehearse(self) -> None:
        """Learn from the reference what each check and picture asks. Raises UserError where it fails one."""
        path = str(self.assignment.reference)
        for _ in range(2):  # first what is wanted along with new objects, then the questions with that in them
            with Session(self._sandbox, [(0, self.exercise.reference)]) as session:
                try:
                    session.load()
                except BadSyntax as error:
                    raise UserError("author.reference_fails", path=path, check=str(error)) from None
                for name, succeeds in self._asked().items():
                    conversation = Conversation(session, self.seeds[name], self._wanted[name])
                    if not succeeds(conversation):
                        raise UserError("author.reference_fails", path=path, check=name)
                    self._scripts[name] = conversation.questions
                    self._rounds[name] = self.seeds[name], [wire.encode(each) for each in conversation.questions]
                    self._wanted[name] = conversation.wanted
        self._patience = self._time_reference()

    def _time_reference(self) -> float:
        """Return how long a check may keep a submission at work: many times what all of them take the reference."""
        with Session(self._sandbox, [(0, self.exercise.reference)]) as session:
            session.load()
            start = time.monotonic()
            session.rehearse(self._rounds)
            return max(LEAST_PATIENCE, PATIENCE * (time.monotonic() - start))

    def _run_check(self, check: Check, session: Session) -> tuple[CheckResult, Observation]:
        return self._converse(check.name, session, functools.partial(self._check, check))

    def _converse(self, name: str, session: Session, talk: Callable[[Conversation], _Told]) -> _Told:
        """Let a check or a picture talk with the submission, on what was foretold or, where that fails, live."""
        answers = session.foretold(name)
        if answers is not None:
            known: _Told | None = self._memory.find(name, answers, session.functions)
            if known is not None:
                return known
            before, foretold = set(session.functions), list(zip(self._scripts[name], answers))
            try:
                told = talk(Conversation(session, self.seeds[name], self._wanted[name], foretold))
            except Improvised:
                pass
            else:
                self._memory.keep(name, answers, before, session.functions, told)
                return told
        return talk(Conversation(session, self.seeds[name], self._wanted[name]))

    def _check(self, check: Check, conversation: Conversation) -> tuple[CheckResult, Observation]:
        outcome = self._outcome(check, conversation)
        return outcome, Observation(outcome.outcome, conversation.seen())

    def _outcome(self, check: Check, conversation: Conversation) -> CheckResult:
        fixtures: dict[str, Callable[[], Any]] = {
            "student": lambda: student_of(conversation),
            "seed": lambda: conversation.seed,
            "rng": lambda: np.random.default_rng(self.seeds[check.name]),
            "stand_in": lambda: conversation.stand_in,
            "follow_through": lambda: FollowThrough(conversation.stand_in),
        }
        arguments = {name: fixtures[name]() for name in check.fixtures}
        try:
            check.function(**arguments, **check.parameters)
        except SandboxError:
            raise
        except WorkerTimeout:
            failure = Failure(Message("failure.timeout"), show_steps(conversation.steps))
            return CheckResult(check.name, "timeout", 0.0, failure)
        except (WorkerEnded, StudentError) as error:
            return CheckResult(check.name, "error", 0.0, stopped(error, conversation))
        except Exception as error:  # an answer of a kind that nobody expected makes numpy raise all sorts
            return CheckResult(check.name, "failed", 0.0, wrong(error, conversation))
        return CheckResult(check.name, "passed", float(check.points))


def student_of(conversation: Conversation) -> Remote:
    return Remote(conversation, MODULE, "", "")


def _draw(picture: Picture, conversation: Conversation) -> Drawing | None:
    """Ask for a picture; None where there is nothing to draw."""
    try:
        drawing: object = picture.function(student_of(conversation))
    except SandboxError:
        raise
    except Exception:  # whatever a submission does wrong, its checks tell
        return None
    return drawing if isinstance(drawing, Curve | Histogram) else None
