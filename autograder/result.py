"""Result: what grading one submission gave."""

import functools
from typing import Literal

import msgspec

from autograder.assignment import Words
from autograder.pictures import Drawing
from autograder.session import FailedStatement
from autograder.source import Cell
from autograder.texts import Message

Outcome = Literal["passed", "failed", "error", "timeout", "skipped"]
Status = Literal["graded", "unreadable", "not submitted", "grader error"]


class Failure(msgspec.Struct, frozen=True):
    """Why a check did not pass: in a sentence, what was done, what came of it and what should have."""

    reason: Message
    steps: list[str] = []
    actual: str = ""
    expected: str = ""
    lesson: Words = {}  # what the exercise itself has to say of it, in each language


class CheckResult(msgspec.Struct, frozen=True):
    """What one check came to."""

    check: str
    outcome: Outcome
    score: float
    failure: Failure | None = None


class Result(msgspec.Struct):
    """What one submission came to. `checks` is empty unless `status` is "graded"."""

    student: str
    file: str
    status: Status
    problem: Message | None = None  # why it could not be graded, or could not be run
    checks: list[CheckResult] = []
    failed_statements: list[FailedStatement] = []
    misconceptions: dict[str, str] = {}  # that failed parts look like, by part
    pictures: dict[str, Drawing] = {}  # by the names that the exercise gives them
    source: list[Cell] = []  # its beginning, to be shown
    stdout: str = ""
    isolation: dict[str, str] = {}
    assignment_version: str = ""
    submission_sha256: str = ""
    seed: int = 0

    @property
    def score(self) -> float:
        return sum(check.score for check in self.checks)


def slim(result: Result) -> Result:
    """Return the result without what the submission holds and draws; of what many results hold there is but one."""
    checks = [_shared_check(msgspec.msgpack.encode(check)) for check in result.checks]
    isolation = _shared_isolation(tuple(result.isolation.items()))
    return msgspec.structs.replace(result, checks=checks, isolation=isolation, pictures={}, source=[], stdout="")


@functools.lru_cache(maxsize=10_000)
def _shared_check(encoded: bytes) -> CheckResult:
    return msgspec.msgpack.decode(encoded, type=CheckResult)


@functools.cache
def _shared_isolation(items: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(items)
