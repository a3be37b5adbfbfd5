"""`autograder report`: the pages of a graded class again, without grading: other language, other levels, no names."""

from pathlib import Path

import msgspec

from autograder.assignment import Assignment, FeedbackLevel
from autograder.exercise import Exercise, load_exercise
from autograder.feedback.class_report import class_report
from autograder.feedback.page import page_html
from autograder.grade import Grade, grade_of, without_bulk
from autograder.gradebook import FILE_NAME, Gradebook
from autograder.output import REPORT, OutputFolder
from autograder.texts import UserError, text


def report(
    assignment: Assignment, path: Path, language: str, level: FeedbackLevel | None = None, anonymous: bool = False
) -> int:
    """Write the pages in the output folder `path` from its gradebook; return the exit status. Raises UserError."""
    if not (path / FILE_NAME).is_file():
        raise UserError("error.no_gradebook", path=str(path))
    exercise = load_exercise(assignment)
    if level is not None:
        exercise = msgspec.structs.replace(exercise, level=level)
    folder = OutputFolder(path)
    with Gradebook(folder.gradebook, assignment, assignment.seed) as gradebook:
        grades = []
        for who, result in gradebook.last_run():
            grade = grade_of(who, result, assignment)
            folder.write_page(grade.student, page_html(grade, exercise, language))
            grades.append(without_bulk(grade))
    if not grades:
        raise UserError("error.no_gradebook", path=str(path))
    write_class_report(folder, grades, exercise, language, anonymous)
    print(text(language, "report.written", count=len(grades), path=str(path / REPORT)))
    return 0


def write_class_report(
    folder: OutputFolder, grades: list[Grade], exercise: Exercise, language: str, anonymous: bool = False
) -> None:
    folder.write(REPORT, class_report(grades, exercise, language, anonymous).encode("utf-8"))
