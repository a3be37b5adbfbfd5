"""Grade: a student's result, with who it is and how late: all that the files for an instructor are made of."""

import msgspec

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.handed_in import Who
from autograder.late import Lateness, deduction, with_grace
from autograder.result import Result, slim


class Grade(msgspec.Struct):
    """One student's grade. `deduction` is what being late costs, in points."""

    handed_in: Who
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


def grade_of(who: Who, result: Result, assignment: Assignment) -> Grade:
    policy = assignment.settings.late
    late = with_grace(who.late, policy)
    return Grade(who, result, late, deduction(late, policy, result.score))


def without_bulk(grade: Grade) -> Grade:
    """Return the grade without what only the student's own page needs: a large class stays in memory."""
    return Grade(grade.handed_in, slim(grade.result), grade.late, grade.deduction)


def part_scores(result: Result, checks: list[Check]) -> dict[str, float]:
    """Return the points of each rubric part."""
    scores = {check.part: 0.0 for check in checks}
    for check, outcome in zip(checks, result.checks):
        scores[check.part] += outcome.score
    return scores
