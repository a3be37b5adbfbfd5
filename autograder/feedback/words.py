"""A result in words, plain text. Hidden checks tell their promise and what kind of thing went wrong, no values."""

import builtins

import msgspec

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.exercise import Exercise
from autograder.grade import Grade
from autograder.late import days_late
from autograder.number import number
from autograder.result import CheckResult, Failure, Result
from autograder.session import FailedStatement
from autograder.texts import Message, Value, text

RAISED_HIDDEN = {"failure.raised": "failure.raised_hidden", "failure.raised_at": "failure.raised_at_hidden"}


class Told(msgspec.Struct, frozen=True):
    """Why a check did not pass, in one language: in sentences, by what was done, what came and what should have."""

    sentences: list[str]
    steps: list[str] = []
    got: str = ""
    expected: str = ""


def tell(check: Check, outcome: CheckResult, result: Result, language: str) -> Told | None:
    """Return what to tell of one check, None for one that passed."""
    if outcome.failure is None:
        return None
    told = _tell_failure(check, outcome.failure, language)
    if outcome.failure.reason.name == "failure.missing":
        name = str(outcome.failure.reason.values["name"]).split(".")[-1]
        reasons = [
            Message("failure.perhaps_because", {"place": statement.place}).in_language(language)
            for statement in result.failed_statements
            if statement.place is not None and (name in statement.text or statement.kind == "SyntaxError")
        ]
        return Told([*told.sentences, *reasons])
    return told


def check_output(check: Check, outcome: CheckResult, result: Result, language: str) -> str:
    """Return the same as lines of text, "" for a check that passed or whose promise says it all."""
    told = tell(check, outcome, result, language)
    if told is None:
        return ""
    lines = [*told.sentences, *(f"    {step}" for step in told.steps)]
    if told.expected:
        lines.append(text(language, "failure.got_and_expected", got=told.got, expected=told.expected))
    return "\n".join(lines)


def misconception_lines(result: Result, part: str, exercise: Exercise, language: str) -> list[str]:
    """Return what to tell of the misconception that a failed part looks like: as much as the course wants told."""
    name = result.misconceptions.get(part, "")
    if name not in exercise.misconceptions or exercise.level == "none":
        return []
    words = exercise.misconceptions[name].words[language]
    return [words.hint] if exercise.level == "hint" else [words.hint, words.explanation]


def _tell_failure(check: Check, failure: Failure, language: str) -> Told:
    if failure.reason.name == "failure.different" and not check.visible:
        return Told([text(language, "failure.different_hidden")])
    if failure.reason.name == "failure.not_so" and not check.visible:
        return Told([])  # what the check promises has said it
    if failure.reason.name in RAISED_HIDDEN and not check.visible:
        return Told([_hidden_error(failure).in_language(language)])
    sentences = [failure.reason.in_language(language)]
    if failure.lesson:
        sentences.append(failure.lesson[language])
    if not check.visible:
        return Told(sentences)
    return Told(sentences, failure.steps, failure.actual if failure.expected else "", failure.expected)


def _hidden_error(failure: Failure) -> Message:
    """Tell of an exception in a hidden check no more than its place and kind: its words may hold the inputs."""
    values = failure.reason.values
    return Message(RAISED_HIDDEN[failure.reason.name], {**values, "kind": known_kind(str(values["kind"]))})


def known_kind(kind: str) -> str:
    """Return the name of an exception of Python's own; a submission's own may say what it likes."""
    return kind if isinstance(getattr(builtins, kind, None), type) else "Exception"


def result_output(result: Result, language: str) -> str:
    """Return what to tell of the submission as a whole: why it can't be graded or run, and which lines failed."""
    lines = [result.problem.in_language(language)] if result.problem else []
    lines += [statement_line(statement, language) for statement in result.failed_statements]
    return "\n".join(lines)


def late_line(grade: Grade, assignment: Assignment, language: str) -> str:
    """Return what being late cost, "" for a submission in time."""
    if grade.late is None or not grade.late.is_late or assignment.settings.late is None:
        return ""
    if grade.late.seconds is None or not assignment.settings.late.points_per_day:
        return text(language, "late.unknown")
    days = days_late(grade.late) or 0
    return text(language, "late.deducted", days=days, points=number(grade.deduction), raw=number(grade.result.score))


def status_words(result: Result, language: str) -> str:
    return text(language, f"status.{result.status.replace(' ', '_')}")


def statement_line(statement: FailedStatement, language: str) -> str:
    name = {"crash": "statement.crash", "timeout": "statement.timeout"}.get(statement.kind, "statement.failed")
    values: dict[str, Value] = {"text": statement.text, "kind": statement.kind, "message": statement.message}
    return Message(name, {**values, "place": statement.place or "?"}).in_language(language)
