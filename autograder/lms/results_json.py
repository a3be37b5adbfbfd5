"""Gradescope's results.json, which is also how the kit keeps a result: one file for each submission."""

from typing import Any

import msgspec

from autograder.checks import Check
from autograder.exercise import Exercise
from autograder.feedback.html import output_html
from autograder.feedback.words import check_output
from autograder.grade import Grade
from autograder.result import Result
from autograder.texts import text


def results_json(grade: Grade, exercise: Exercise, language: str, needs_score: bool = False) -> bytes:
    """Return the grade in Gradescope's schema, in UTF-8.

    With `needs_score` a file that can't be read gets a 0 beside the reason, as Gradescope has no other word for it.
    """
    result = grade.result
    document: dict[str, Any] = {"output": output_html(grade, exercise, language), "output_format": "html"}
    if grade.graded or (needs_score and result.status == "unreadable"):
        document["score"] = grade.score
    document |= {
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(result, index, check, language) for index, check in enumerate(exercise.checks) if result.checks
        ],
        "extra_data": {
            "student": result.student,
            "file": result.file,
            "status": result.status,
            "max_score": exercise.assignment.max_score,
            "raw_score": result.score if grade.graded else None,
            "seconds_late": grade.late.seconds if grade.late else None,
            "stdout": result.stdout,
            "isolation": result.isolation,
            "assignment_version": result.assignment_version,
            "submission_sha256": result.submission_sha256,
            "seed": result.seed,
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def failed_json(language: str) -> bytes:
    """Return what says, in the place of a result, that the kit failed: there is no score in it."""
    return msgspec.json.encode({"output": text(language, "problem.no_result"), "output_format": "text", "tests": []})


def _test(result: Result, index: int, check: Check, language: str) -> dict[str, Any]:
    outcome = result.checks[index]
    return {
        "name": check.promise[language],
        "score": outcome.score,
        "max_score": check.points,
        "status": "passed" if outcome.outcome == "passed" else "failed",
        "output": check_output(check, outcome, result, language),
        "visibility": "visible" if check.visible else "after_published",
        "extra_data": {
            "part": check.part,
            "check": check.name,
            "outcome": outcome.outcome,
            "misconception": None if outcome.failure is None else result.misconceptions.get(check.part),
        },
    }
