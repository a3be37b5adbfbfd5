"""grades.csv: one row for each student, for any spreadsheet."""

import csv
import io
import re

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.grade import Grade, part_scores
from autograder.late import Lateness
from autograder.number import number

# Where the decimal sign is a comma, a spreadsheet begins a new cell at each semicolon, whatever is quoted.
_FORMULA = re.compile(r"(^|[;\r\n])(?=[=+\-@\t\r])")


def grades_csv(grades: list[Grade], assignment: Assignment, checks: list[Check]) -> bytes:
    """Return the rows in UTF-8 with the byte order mark that lets spreadsheets read accents."""
    parts = [part.name for part in assignment.settings.parts]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["student", "name", "email", "file", "status", "late", "score", "max_score", *parts])
    for grade in grades:
        result, who = grade.result, grade.handed_in
        scores = part_scores(result, checks)
        said = [disarm(text) for text in (grade.student, who.name, who.email, result.file)]
        numbers = [number(grade.score) if grade.graded else "", number(assignment.max_score)]
        by_part = [number(scores[part]) if grade.graded else "" for part in parts]
        writer.writerow([*said, result.status, _yes_or_no(grade.late), *numbers, *by_part])
    return file.getvalue().encode("utf-8-sig")


def disarm(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", cell)


def _yes_or_no(late: Lateness | None) -> str:
    return "" if late is None else "yes" if late.is_late else "no"
