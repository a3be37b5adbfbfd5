"""Grading one submission: each check is run against it in the sandbox, and what it came to is put into words."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.assignment import Assignment
from autograder.checking import FollowThrough, compared
from autograder.checks import Check, WrongAnswer, collect_checks, seed_of
from autograder.feedback.values import show, show_pair, show_steps
from autograder.printable import printable, quoted
from autograder.result import CheckResult, Failure, Result
from autograder.sandbox import wire
from autograder.sandbox.launcher import Round, Sandbox, SandboxError, WorkerEnded, WorkerTimeout
from autograder.sandbox.layers import ORDER
from autograder.session import BadSyntax, Session
from autograder.source import Cell
from autograder.student import MODULE, Conversation, Improvised, MissingName, Question, Remote, Step, StudentError
from autograder.submission import Submission
from autograder.texts import Message, UserError, Value

NOTHING: Any = object()


class Grader:
    """Grades submissions of one assignment, one after the other, in one sandbox. Close it, or use it with `with`."""

    def __init__(self, assignment: Assignment, seed: int | None = None, layers: tuple[str, ...] = ORDER) -> None:
        """`seed` is what random inputs are drawn from; `layers` may leave some out, to show what each is worth."""
        self.assignment = assignment
        self.checks = collect_checks(assignment)
        self.seed = assignment.seed if seed is None else seed
        self.seeds = {check.name: seed_of(check, self.seed) for check in self.checks}
        self._scripts: dict[str, list[Question]] = {}  # what each check asks the reference
        self._rounds: dict[str, Round] = {}  # the same, as it is sent
        self._wanted: dict[str, set[str]] = {check.name: set() for check in self.checks}
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
        try:
            try:
                was_disturbed = self._run_checks(submission.cells, result)
            except SandboxError:
                was_disturbed = True
            if was_disturbed:  # by the end of the zygote, or of a worker, that the submission had no part in
                self._run_checks(submission.cells, result)
        except Exception as error:
            return failed_by_kit(result, error)
        return result

    def _run_checks(self, cells: list[Cell], result: Result) -> bool:
        """Fill `result`; return whether somebody from outside disturbed it."""
        result.problem = None
        with Session(self._sandbox, cells) as session:
            try:
                session.load()
            except BadSyntax as error:
                result.problem = _cannot_run(error)
                reason = Failure(Message("failure.cannot_run"))
                result.checks = [CheckResult(check.name, "skipped", 0.0, reason) for check in self.checks]
            else:
                session.rehearse(self._rounds)
                result.checks = [self._run_check(check, session) for check in self.checks]
            result.failed_statements = session.failed
            result.stdout = "\n".join(map(printable, session.output().split("\n")))
            return session.was_disturbed

    def _rehearse(self) -> None:
        """Learn from the reference what each check asks. Raises UserError where the reference fails a check."""
        path = self.assignment.folder / f"{self.assignment.settings.module}.py"
        source = path.read_text(encoding="utf-8")
        for _ in range(2):  # first what is wanted along with new objects, then the questions with that in them
            with Session(self._sandbox, [(0, source)]) as session:
                try:
                    session.load()
                except BadSyntax as error:
                    raise UserError("author.reference_fails", path=str(path), check=str(error)) from None
                for check in self.checks:
                    seed = self.seeds[check.name]
                    conversation = Conversation(session, seed, self._wanted[check.name])
                    if self._converse(check, conversation).outcome != "passed":
                        raise UserError("author.reference_fails", path=str(path), check=check.name)
                    self._scripts[check.name] = conversation.questions
                    self._rounds[check.name] = seed, [wire.encode(question) for question in conversation.questions]
                    self._wanted[check.name] = conversation.wanted

    def _run_check(self, check: Check, session: Session) -> CheckResult:
        seed, wanted = self.seeds[check.name], self._wanted[check.name]
        answers = session.foretold(check.name)
        if answers is not None:
            foretold = list(zip(self._scripts[check.name], answers))
            try:
                return self._converse(check, Conversation(session, seed, wanted, foretold))
            except Improvised:
                pass
        return self._converse(check, Conversation(session, seed, wanted))

    def _converse(self, check: Check, conversation: Conversation) -> CheckResult:
        student = Remote(conversation, MODULE, "", "")
        fixtures: dict[str, Callable[[], Any]] = {
            "student": lambda: student,
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
            return CheckResult(check.name, "error", 0.0, _stopped(error, conversation))
        except Exception as error:  # an answer of a kind that nobody expected makes numpy raise all sorts
            return CheckResult(check.name, "failed", 0.0, _wrong(error, conversation))
        return CheckResult(check.name, "passed", float(check.points))


def failed_by_kit(result: Result, error: Exception) -> Result:
    """Return what becomes of `result` where the kit failed on it: no grade, and nothing of what the submission said."""
    reason = Message("problem.grader_error", {"reason": quoted(f"{type(error).__name__}: {error}")})
    return msgspec.structs.replace(
        result, status="grader error", problem=reason, checks=[], failed_statements=[], stdout=""
    )


def _cannot_run(error: BadSyntax) -> Message:
    if error.place is None:
        return Message("problem.cannot_load", {"reason": error.message or "-"})
    caret = " " * (min(max(error.column, 1), len(error.text) + 1) - 1) + "^"
    return Message(
        "problem.syntax", {"place": error.place, "text": error.text, "caret": caret, "reason": error.message}
    )


def _stopped(error: WorkerEnded | StudentError, conversation: Conversation) -> Failure:
    """Describe an exception in the submission, or the end of its process."""
    steps = show_steps(conversation.steps)
    if isinstance(error, WorkerEnded):
        return Failure(Message("failure.crashed", {"how": str(error)}), steps)
    values: dict[str, Value] = {"kind": error.kind, "message": error.message}
    if error.place is None:
        return Failure(Message("failure.raised", values), steps)
    return Failure(Message("failure.raised_at", {**values, "place": error.place, "text": error.text}), steps)


def _wrong(error: Exception, conversation: Conversation) -> Failure:
    """Describe an answer that is not what the check expects."""
    if isinstance(error, MissingName):
        name = ".".join(part for part in (error.owner, error.name) if part)
        return Failure(Message("failure.missing", {"name": name}))
    if isinstance(error, WrongAnswer):
        name = "failure.no_letter" if error.why_not is None else "failure.answer"
        return Failure(Message(name, {"variable": error.variable}), lesson=error.why_not or {})
    steps = conversation.steps
    for i, step in enumerate(steps):
        if step.result is ...:
            return Failure(Message("failure.unfilled", {"name": step.target}), show_steps(steps[: i + 1]))
    for i, step in enumerate(steps):
        if step.verb == "call" and step.answered and step.result is None:
            return Failure(Message("failure.nothing", {"name": step.target}), show_steps(steps[: i + 1]))
    actual, desired = compared(error) or (NOTHING, NOTHING)
    if desired is NOTHING:
        return Failure(Message("failure.not_so"), show_steps(steps))
    steps = steps[: _last_with(actual, steps) + 1]
    return Failure(Message("failure.different"), show_steps(steps), *show_pair(actual, desired))


def _last_with(value: Any, steps: list[Step]) -> int:
    """Return the last step that gave `value`: those after it only looked for the reason."""
    shown = show(value)
    return max((i for i, step in enumerate(steps) if show(step.result) == shown), default=len(steps))
