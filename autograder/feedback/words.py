"""A result in words, plain text. Hidden checks tell their promise and what kind of thing went wrong, no values."""

import builtins

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.grade import Grade
from autograder.late import days_late
from autograder.number import number
from autograder.result import CheckResult, Failure, Result
from autograder.session import FailedStatement
from autograder.texts import Message, Value, text

RAISED_HIDDEN = {"failure.raised": "failure.raised_hidden", "failure.raised_at": "failure.raised_at_hidden"}


def check_output(check: Check, outcome: CheckResult, result: Result, language: str) -> str:
    """Return what to tell of one check, "" for one that passed."""
    if outcome.failure is None:
        return ""
    lines = failure_lines(check, outcome.failure, language)
    if outcome.failure.reason.name == "failure.missing":
        name = str(outcome.failure.reason.values["name"]).split(".")[-1]
        lines += [
            Message("failure.perhaps_because", {"place": statement.place}).in_language(language)
            for statement in result.failed_statements
            if statement.place is not None and (name in statement.text or statement.kind == "SyntaxError")
        ]
    return "\n".join(lines)


def failure_lines(check: Check, failure: Failure, language: str) -> list[str]:
    if failure.reason.name == "failure.different" and not check.visible:
        return [text(language, "failure.different_hidden")]
    if failure.reason.name in RAISED_HIDDEN and not check.visible:
        return [_hidden_error(failure).in_language(language)]
    lines = [failure.reason.in_language(language)]
    if failure.lesson:
        lines.append(failure.lesson[language])
    if check.visible:
        lines += [f"    {step}" for step in failure.steps]
        if failure.expected:
            lines.append(text(language, "failure.got_and_expected", got=failure.actual, expected=failure.expected))
    return lines


def _hidden_error(failure: Failure) -> Message:
    """Tell of an exception in a hidden check no more than its place and kind: its words may hold the inputs."""
    values = failure.reason.values
    kind = str(values["kind"])
    kind = kind if isinstance(getattr(builtins, kind, None), type) else "Exception"
    return Message(RAISED_HIDDEN[failure.reason.name], {**values, "kind": kind})


def result_output(result: Result, language: str) -> str:
    """Return what to tell of the submission as a whole: why it can't be graded or run, and which lines failed."""
    lines = [result.problem.in_language(language)] if result.problem else []
    lines += [statement_line(statement, language) for statement in result.failed_statements]
    return "\n".join(lines)


def late_line(grade: Grade, assignment: Assignment, language: str) -> str:
    """Return what being late cost, "" for a submission in time."""
    if grade.late is None or not grade.late.is_late or assignment.settings.late is None:
        return ""
    if grade.late.seconds is None:
        return text(language, "late.unknown")
    days = days_late(grade.late) or 0
    return text(language, "late.deducted", days=days, points=number(grade.deduction), raw=number(grade.result.score))


def statement_line(statement: FailedStatement, language: str) -> str:
    name = {"crash": "statement.crash", "timeout": "statement.timeout"}.get(statement.kind, "statement.failed")
    values: dict[str, Value] = {"text": statement.text, "kind": statement.kind, "message": statement.message}
    return Message(name, {**values, "place": statement.place or "?"}).in_language(language)
