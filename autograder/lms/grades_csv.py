"""grades.csv: one row for each student, for any spreadsheet."""

import csv
import io

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.result import Result

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def grades_csv(results: list[Result], assignment: Assignment, checks: list[Check]) -> bytes:
    """Return the rows in UTF-8 with the byte order mark that lets spreadsheets read accents."""
    parts = [part.name for part in assignment.settings.parts]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["student", "name", "email", "file", "status", "late", "score", "max_score", *parts])
    for result in results:
        scores = part_scores(result, checks)
        graded = result.status == "graded"
        numbers = [number(result.score), number(assignment.max_score)] if graded else ["", number(assignment.max_score)]
        by_part = [number(scores[part]) if graded else "" for part in parts]
        writer.writerow([disarm(result.student), "", "", disarm(result.file), result.status, "", *numbers, *by_part])
    return file.getvalue().encode("utf-8-sig")


def part_scores(result: Result, checks: list[Check]) -> dict[str, float]:
    """Return the points of each rubric part."""
    scores = {check.part: 0.0 for check in checks}
    for check, outcome in zip(checks, result.checks):
        scores[check.part] += outcome.score
    return scores


def disarm(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def number(value: float) -> str:
    """Return points as people write them: 20, 2.5."""
    return f"{value:.10g}"
