"""Exercise: an assignment with its checks and all that feedback on them may use."""

import msgspec

from autograder.assignment import Assignment, FeedbackLevel
from autograder.checks import Check, collect_checks
from autograder.lesson import sections
from autograder.misconceptions import Misconception, load_misconceptions
from autograder.pictures import Picture, load_pictures
from autograder.texts import LANGUAGES, UserError


class Exercise(msgspec.Struct, frozen=True):
    """All of `solutions/<name>/` that grading and feedback need.

    `sections` are the lesson's headings by language and part; `level` is how much is told of misconceptions.
    """

    assignment: Assignment
    reference: str  # its source
    checks: list[Check]
    misconceptions: dict[str, Misconception]
    pictures: dict[str, Picture]
    sections: dict[str, dict[str, str]]
    level: FeedbackLevel


def load_exercise(assignment: Assignment) -> Exercise:
    """Read the exercise. Raises UserError saying what in it is wrong."""
    path = assignment.reference
    if not path.is_file():
        raise UserError("author.no_reference", path=str(path))
    reference = path.read_text(encoding="utf-8")
    checks = collect_checks(assignment)
    misconceptions = {each.name: each for each in load_misconceptions(assignment, reference)}
    pictures = {each.name: each for each in load_pictures(assignment)}
    for check in checks:
        if check.name in pictures:
            raise UserError("author.check_twice", path=str(assignment.folder), check=check.name)
    read_again = {language: sections(assignment, language) for language in LANGUAGES}
    return Exercise(assignment, reference, checks, misconceptions, pictures, read_again, assignment.settings.feedback)
