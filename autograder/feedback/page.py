"""The student's page: one file that needs no other, for a screen of any width, for paper and for a screen reader."""

import msgspec
from markupsafe import Markup

from autograder.assignment import Part, Question
from autograder.exercise import Exercise
from autograder.feedback.drawing import describe, draw
from autograder.feedback.listing import listing_of
from autograder.feedback.templates import render
from autograder.feedback.words import Told, late_line, misconception_lines, statement_line, tell
from autograder.grade import Grade, part_scores
from autograder.number import number
from autograder.printable import printable
from autograder.result import CheckResult, Result
from autograder.texts import text


class _Check(msgspec.Struct):
    promise: str
    passed: bool
    points: str
    told: Told | None


class _Figure(msgspec.Struct):
    title: str
    description: str
    svg: Markup


class _Question(msgspec.Struct):
    variable: str
    question: str
    letter: str
    answer: str


class _Part(msgspec.Struct):
    title: str
    points: str
    percent: int
    misconception: list[str]
    figures: list[_Figure]
    questions: list[_Question]
    checks: list[_Check]
    read_again: str


def page_html(grade: Grade, exercise: Exercise, language: str) -> str:
    """Return the page of one student."""
    assignment, result = exercise.assignment, grade.result
    scores = part_scores(result, exercise.checks)
    total = _of(grade.score, assignment.max_score, language, "report.total") if grade.graded else ""
    return render(
        "page.html.jinja",
        language,
        title=assignment.settings.title[language],
        who=printable(grade.handed_in.label),
        file=printable(result.file),
        problem=result.problem.in_language(language) if result.problem else "",
        score=total,
        late=late_line(grade, assignment, language) if grade.graded else "",
        parts=[_part(part, scores, result, exercise, language) for part in assignment.settings.parts if result.checks],
        statements=[statement_line(statement, language) for statement in result.failed_statements],
        listing=listing_of(result, language),
    )


def _part(part: Part, scores: dict[str, float], result: Result, exercise: Exercise, language: str) -> _Part:
    score = scores[part.name]
    outcomes = [(check, done) for check, done in zip(exercise.checks, result.checks) if check.part == part.name]
    return _Part(
        title=part.title[language],
        points=_of(score, part.points, language),
        percent=round(100 * score / part.points) if part.points else 100,
        misconception=misconception_lines(result, part.name, exercise, language),
        figures=[
            _Figure(picture.title[language], describe(drawing, language), Markup(draw(drawing)))
            for picture in exercise.pictures.values()
            if picture.part == part.name and (drawing := result.pictures.get(picture.name))
        ],
        questions=[_question(check.question, done, language) for check, done in outcomes if check.question],
        checks=[
            _Check(
                check.promise[language],
                done.outcome == "passed",
                _of(done.score, check.points, language),
                None if result.problem else tell(check, done, result, language),  # said once, above
            )
            for check, done in outcomes
        ],
        read_again=exercise.sections[language].get(part.name, "") if any(done.failure for _, done in outcomes) else "",
    )


def _question(question: Question, done: CheckResult, language: str) -> _Question:
    """Return a quiz question with the option that was chosen, if one was."""
    letter = question.key
    if done.failure is not None:
        letter = str(done.failure.reason.values.get("letter", ""))
    chosen = question.options.get(letter)
    return _Question(question.variable, question.question[language], letter, chosen.text[language] if chosen else "")


def _of(score: float, points: float, language: str, name: str = "report.score_of") -> str:
    return text(language, name, score=number(score), points=number(points))
