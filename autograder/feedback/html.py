"""Feedback in HTML: a page for each student, a summary for an LMS's comment box. All text in it is escaped."""

from html import escape

from autograder.assignment import Assignment, Part
from autograder.checks import Check
from autograder.feedback.words import check_output, late_line, result_output
from autograder.grade import Grade, part_scores
from autograder.number import number
from autograder.result import Result
from autograder.texts import text

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b }
h1 { font-size: 1.4rem } h2 { font-size: 1.15rem; margin-top: 2rem }
.score { font-size: 1.3rem } ul { list-style: none; padding: 0 } li { margin: .6rem 0 }
.passed::before { content: "✔ "; color: #0a6b2c } .lost::before { content: "✘ "; color: #a01212 }
pre { background: #f3f3f0; padding: .6rem; overflow-x: auto; white-space: pre-wrap; margin: .3rem 0 0 1.3rem }
"""


def page_html(grade: Grade, assignment: Assignment, checks: list[Check], language: str) -> str:
    """Return the student's page: one file that needs no other."""
    title = escape(assignment.settings.title[language])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        + output_html(grade, assignment, language)
        + _parts(grade, assignment, checks, language)
        + "</body>\n</html>\n"
    )


def output_html(grade: Grade, assignment: Assignment, language: str) -> str:
    """Return what to tell of the submission as a whole: its score, what being late cost, why it can't be graded."""
    said = result_output(grade.result, language)
    return _score(grade, assignment, language) + (f"<pre>{escape(said)}</pre>\n" if said else "")


def comment_html(grade: Grade, assignment: Assignment, checks: list[Check], language: str) -> str:
    """Return a summary for a comment box, in one line and with neither `"` nor `\\`: Moodle's reader stumbles there."""
    lost = "".join(_lost_in_part(part, grade.result, checks, language) for part in assignment.settings.parts)
    if lost:
        not_yet = escape(text(language, "feedback.not_yet"))
        comment = f"{output_html(grade, assignment, language)}<p>{not_yet}</p><ul>{lost}</ul>"
    elif grade.result.checks:  # what failed beside the exercise is for the page alone
        all_right = escape(text(language, "feedback.all_right"))
        comment = f"{_score(grade, assignment, language)}<p>{all_right}</p>"
    else:
        comment = output_html(grade, assignment, language)
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


def _lost_in_part(part: Part, result: Result, checks: list[Check], language: str) -> str:
    failed = [check for check, done in zip(checks, result.checks) if check.part == part.name and done.failure]
    if not failed:
        return ""
    promises = "".join(f"<li>{escape(check.promise[language])}</li>" for check in failed)
    return f"<li>{_part_heading(part, part_scores(result, checks), language)}<ul>{promises}</ul></li>"


def _part_heading(part: Part, scores: dict[str, float], language: str) -> str:
    values = {"score": number(scores[part.name]), "points": number(part.points)}
    return escape(text(language, "report.part", title=part.title[language], **values))


def _parts(grade: Grade, assignment: Assignment, checks: list[Check], language: str) -> str:
    if not grade.result.checks:
        return ""
    lines = []
    scores = part_scores(grade.result, checks)
    for part in assignment.settings.parts:
        lines.append(f"<h2>{_part_heading(part, scores, language)}</h2>\n<ul>")
        for check, outcome in zip(checks, grade.result.checks):
            if check.part == part.name:
                said = check_output(check, outcome, grade.result, language)
                more = f"<pre>{escape(said)}</pre>" if said else ""
                kind = "passed" if outcome.outcome == "passed" else "lost"
                lines.append(f'<li class="{kind}">{escape(check.promise[language])}{more}</li>')
        lines.append("</ul>")
    return "\n".join(lines) + "\n"
