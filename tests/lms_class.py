"""The invented class of `tests/lms`: who is who in each system, what each is owed, and the files of a run."""

import csv
import io
from pathlib import Path

from autograder.grade import Grade
from autograder.handed_in import HandedIn
from autograder.result import Result

LMS = Path(__file__).parent / "lms"
PARTS = {"sigmoid": 20, "relu": 15, "init": 25, "activate": 30, "quiz": 10}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def roster(column: str) -> dict[str, str]:
    """Return the class's own name of each student by the number in `column`."""
    rows = rows_of((LMS / "roster.csv").read_text(encoding="utf-8"))
    return {row[column]: row["student"] for row in rows if row[column]}


def owed() -> dict[str, dict[str, str]]:
    rows = rows_of((LMS.parent / "sample_class_expected.csv").read_text(encoding="utf-8"))
    return {row["student"]: row for row in rows}


def grades(out: Path) -> dict[str, dict[str, str]]:
    return {row["student"]: row for row in rows_of((out / "grades.csv").read_text(encoding="utf-8-sig"))}


def check_grades(out: Path, names: dict[str, str]) -> None:
    """Check that everybody of `names` (the class's by the system's own key) has the grade that is owed."""
    found = grades(out)
    assert set(found) == set(names)
    for key, student in names.items():
        row, wanted = found[key], owed()[student]
        if not wanted["file"]:
            assert (row["status"], row["score"]) == ("not submitted", "")
            continue
        assert row["status"] == "graded"
        lost = {part for part, points in PARTS.items() if float(row[part]) < points}
        must, may = (set(filter(None, wanted[column].split(";"))) for column in ("loses", "may_lose"))
        assert must <= lost <= must | may, student
        assert row["email"] in ("", wanted["email"])


def made_up(student: str, name: str = "", *, status: str = "graded", lms: str = "", reply_to: str = "") -> Grade:
    """Return a grade that no grading made: all checks of `CHECK` missed, or as the status says."""
    handed_in = HandedIn(student, lms, name=name, reply_to=reply_to, submitted=status != "not submitted")
    return Grade(handed_in, Result(student, "neuron.py", status), None, 0.0)  # type: ignore[arg-type]


def scored(grade: Grade, score: float) -> Grade:
    """Return the grade with that score, as one check."""
    from autograder.result import CheckResult

    grade.result.checks = [CheckResult("test", "passed", score)]
    return grade
