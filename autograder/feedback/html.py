"""Feedback in HTML for an LMS to show: what to tell of a submission as a whole, and a summary for a comment box.

All text in it is escaped.
"""

from html import escape

from autograder.assignment import Assignment, Part
from autograder.exercise import Exercise
from autograder.feedback.words import late_line, misconception_lines, result_output
from autograder.grade import Grade, part_scores
from autograder.number import number
from autograder.result import Result
from autograder.texts import text


def output_html(grade: Grade, exercise: Exercise, language: str) -> str:
    """Return what to tell of a submission as a whole: its score, why it has none, what mistakes look like."""
    said = result_output(grade.result, language)
    looks_like = "".join(
        f"<p><strong>{escape(part.title[language])}.</strong> {escape(' '.join(lines))}</p>\n"
        for part in exercise.assignment.settings.parts
        if (lines := misconception_lines(grade.result, part.name, exercise, language))
    )
    problem = f"<pre>{escape(said)}</pre>\n" if said else ""
    return _score(grade, exercise.assignment, language) + problem + looks_like


def comment_html(grade: Grade, exercise: Exercise, language: str) -> str:
    """Return a summary for a comment box, in one line and with neither `"` nor `\\`: Moodle's reader stumbles there."""
    parts = exercise.assignment.settings.parts
    lost = "".join(_lost_in_part(part, grade.result, exercise, language) for part in parts)
    if lost:
        not_yet = escape(text(language, "feedback.not_yet"))
        comment = f"{output_html(grade, exercise, language)}<p>{not_yet}</p><ul>{lost}</ul>"
    elif grade.result.checks:  # what failed beside the exercise is for the page alone
        all_right = escape(text(language, "feedback.all_right"))
        comment = f"{_score(grade, exercise.assignment, language)}<p>{all_right}</p>"
    else:
        comment = output_html(grade, exercise, language)
    return one_line(comment)


def one_line(html: str) -> str:
    """Return HTML without line ends and backslashes, and without quotes, which only stand in text here."""
    html = "<br>".join(html.replace(">\n", ">").splitlines())
    return html.replace("\\", "&#92;").replace('"', "&quot;").replace("\0", "\ufffd")


def _score(grade: Grade, assignment: Assignment, language: str) -> str:
    if not grade.graded:
        return ""
    total = text(language, "report.total", score=number(grade.score), points=number(assignment.max_score))
    late = late_line(grade, assignment, language)
    return f"<p><strong>{escape(total)}</strong></p>\n" + (f"<p>{escape(late)}</p>\n" if late else "")


def _lost_in_part(part: Part, result: Result, exercise: Exercise, language: str) -> str:
    failed = [check for check, done in zip(exercise.checks, result.checks) if check.part == part.name and done.failure]
    if not failed:
        return ""
    score = number(part_scores(result, exercise.checks)[part.name])
    heading = text(language, "report.part", title=part.title[language], score=score, points=number(part.points))
    promises = "".join(f"<li>{escape(check.promise[language])}</li>" for check in failed)
    return f"<li>{escape(heading)}<ul>{promises}</ul></li>"
