"""Gradescope's results.json, which is also how the kit keeps a result: one file for each submission."""

from typing import Any

import msgspec

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.feedback.words import check_output, result_output
from autograder.result import Result


def results_json(result: Result, assignment: Assignment, checks: list[Check], language: str) -> bytes:
    """Return `result` in Gradescope's schema, in UTF-8."""
    document: dict[str, Any] = {"output": result_output(result, language), "output_format": "text"}
    if result.status == "graded":
        document["score"] = result.score
    document |= {
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(result, index, check, language) for index, check in enumerate(checks) if result.checks],
        "extra_data": {
            "student": result.student,
            "file": result.file,
            "status": result.status,
            "max_score": assignment.max_score,
            "stdout": result.stdout,
            "isolation": result.isolation,
            "assignment_version": result.assignment_version,
            "submission_sha256": result.submission_sha256,
            "seed": result.seed,
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


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
            "misconception": None,
        },
    }
