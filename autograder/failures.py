"""What went wrong, put into words that are not yet in any language: of a check, of a file, of the kit itself."""

import re
from typing import Any

import msgspec

from autograder.checking import compared
from autograder.checks import WrongAnswer
from autograder.feedback.values import show, show_pair, show_steps
from autograder.printable import quoted
from autograder.result import Failure, Result
from autograder.sandbox.process import WorkerEnded
from autograder.session import BadSyntax
from autograder.steps import MissingName, Step, StudentError
from autograder.student import Conversation
from autograder.texts import Message, Value

NOTHING: Any = object()
STOPPED = {"failure.timeout", "failure.crashed", "failure.ended"}  # reasons for which the process was no more
_SIGNAL_OR_EXIT = re.compile(r"SIG\w+|signal \d+|exit \d+")  # what a beginner can look up


def failed_by_kit(result: Result, error: Exception) -> Result:
    """Return what becomes of `result` where the kit failed on it: no grade, and nothing of what the submission said."""
    reason = Message("problem.grader_error", {"reason": quoted(f"{type(error).__name__}: {error}")})
    return msgspec.structs.replace(
        result, status="grader error", problem=reason, checks=[], failed_statements=[], stdout=""
    )


def cannot_run(error: BadSyntax) -> Message:
    if error.place is None:
        return Message("problem.cannot_load", {"reason": error.message or "-"})
    caret = " " * (min(max(error.column, 1), len(error.text) + 1) - 1) + "^"
    return Message(
        "problem.syntax", {"place": error.place, "text": error.text, "caret": caret, "reason": error.message}
    )


def stopped(error: WorkerEnded | StudentError, conversation: Conversation) -> Failure:
    """Describe an exception in the submission, or the end of its process."""
    steps = show_steps(conversation.steps)
    if isinstance(error, WorkerEnded):
        how = str(error)
        if _SIGNAL_OR_EXIT.fullmatch(how):
            return Failure(Message("failure.crashed", {"how": how}), steps)
        return Failure(Message("failure.ended"), steps)
    values: dict[str, Value] = {"kind": error.kind, "message": error.message}
    if error.place is None:
        return Failure(Message("failure.raised", values), steps)
    return Failure(Message("failure.raised_at", {**values, "place": error.place, "text": error.text}), steps)


def wrong(error: Exception, conversation: Conversation) -> Failure:
    """Describe an answer that is not what the check expects."""
    if isinstance(error, MissingName):
        name = ".".join(part for part in (error.owner, error.name) if part)
        return Failure(Message("failure.missing", {"name": name}))
    if isinstance(error, WrongAnswer):
        if error.why_not is None:
            return Failure(Message("failure.no_letter", {"variable": error.variable}))
        chosen: dict[str, Value] = {"variable": error.variable, "letter": error.letter}
        return Failure(Message("failure.answer", chosen), lesson=error.why_not)
    steps = conversation.steps
    for i, step in enumerate(steps):
        if step.result is ...:
            return Failure(Message("failure.unfilled", {"name": step.target}), show_steps(steps[: i + 1]))
    for i, step in enumerate(steps):
        if step.verb == "call" and step.answered and step.result is None:
            return Failure(Message("failure.nothing", {"name": step.target}), show_steps(steps[: i + 1]))
    actual, desired = compared(error) or (NOTHING, NOTHING)
    if desired is NOTHING:
        return Failure(Message("failure.not_so"), show_steps(steps))
    steps = steps[: _last_with(actual, steps) + 1]
    return Failure(Message("failure.different"), show_steps(steps), *show_pair(actual, desired))


def _last_with(value: Any, steps: list[Step]) -> int:
    """Return the last step that gave `value`: those after it only looked for the reason."""
    shown = show(value)
    return max((i for i, step in enumerate(steps) if show(step.result) == shown), default=len(steps))
