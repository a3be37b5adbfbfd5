"""Grade: a student's result, with who it is and how late: all that the files for an instructor are made of."""

import msgspec

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.handed_in import HandedIn
from autograder.late import Lateness, deduction, with_grace
from autograder.result import Result


class Grade(msgspec.Struct):
    """One student's grade. `deduction` is what being late costs, in points."""

    handed_in: HandedIn
    result: Result
    late: Lateness | None
    deduction: float

    @property
    def student(self) -> str:
        return self.result.student

    @property
    def graded(self) -> bool:
        return self.result.status == "graded"

    @property
    def score(self) -> float:
        return self.result.score - self.deduction


def grade_of(handed_in: HandedIn, result: Result, assignment: Assignment) -> Grade:
    policy = assignment.settings.late
    late = with_grace(handed_in.late, policy)
    return Grade(handed_in, result, late, deduction(late, policy, result.score))


def part_scores(result: Result, checks: list[Check]) -> dict[str, float]:
    """Return the points of each rubric part."""
    scores = {check.part: 0.0 for check in checks}
    for check, outcome in zip(checks, result.checks):
        scores[check.part] += outcome.score
    return scores
