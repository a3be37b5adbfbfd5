"""Values and calls as a beginner reads them: short, and as Python writes them."""

import itertools
from typing import Any

import numpy as np

from autograder.printable import printable
from autograder.steps import Step
from autograder.student import Remote

MAX_ITEMS = 12  # of an array or a list that are shown
MAX_LENGTH = 200  # characters of anything
MAX_STEPS = 6
MAX_DEPTH = 2  # of lists in lists, rows in arrays
_DIGITS = 6


def show(value: Any, digits: int = _DIGITS) -> str:
    """Return `value` in at most MAX_LENGTH characters."""
    try:
        written = printable(_write(value, digits))
    except (ValueError, RecursionError):  # a number too long, or things too deep, to be written
        written = type(value).__name__
    return written if len(written) <= MAX_LENGTH else written[: MAX_LENGTH - 1] + "…"


def show_pair(actual: Any, desired: Any) -> tuple[str, str]:
    """Return both values, with more digits where fewer would look the same."""
    pair = show(actual), show(desired)
    return pair if pair[0] != pair[1] else (show(actual, 17), show(desired, 17))


def show_steps(steps: list[Step]) -> list[str]:
    """Return what a check did, a line each; only the last few of many."""
    lines = [_show_step(step) for step in steps]
    return lines if len(lines) <= MAX_STEPS else ["…", *lines[-MAX_STEPS:]]


def _show_step(step: Step) -> str:
    if step.verb == "set":
        return f"{step.target} = {show(step.arguments[0])}"
    written = step.target
    if step.verb == "call":
        arguments = [show(argument) for argument in step.arguments]
        arguments += [f"{name}={show(value)}" for name, value in step.keywords.items()]
        written += f"({', '.join(arguments)})"
    if not step.answered:
        return written
    if isinstance(step.result, Remote):
        return f"{step.result!r} = {written}"
    return f"{written} → {show(step.result)}"


def _write(value: Any, digits: int, depth: int = 0) -> str:
    if value is ...:
        return "..."
    if type(value) in (float, np.float16, np.float32, np.float64):
        written = f"{value:.{digits}g}"
        return written if set(written) & set(".en") else f"{written}.0"
    if type(value) is np.ndarray and value.ndim:
        return f"array{value.shape}" if value.ndim > MAX_DEPTH else _write_items(value, digits, depth)
    if type(value) in (list, tuple):
        return "[…]" if depth == MAX_DEPTH else _write_items(value, digits, depth)
    if type(value) is dict:
        return "{…}" if depth == MAX_DEPTH else _write_dict(value, digits, depth)
    if isinstance(value, np.generic | np.ndarray):
        return str(value)
    if type(value) is int and value.bit_length() > MAX_LENGTH:
        return hex(value)
    return repr(value[:MAX_LENGTH] if type(value) in (str, bytes) else value)


def _write_items(value: Any, digits: int, depth: int) -> str:
    shown = [_write(item, digits, depth + 1) for item in value[:MAX_ITEMS]] + ["…"] * (len(value) > MAX_ITEMS)
    opening, closing = ("(", ")") if type(value) is tuple else ("[", "]")
    return opening + ", ".join(shown) + closing


def _write_dict(value: dict[Any, Any], digits: int, depth: int) -> str:
    items = itertools.islice(value.items(), MAX_ITEMS)
    shown = [f"{_write(key, digits)}: {_write(item, digits, depth + 1)}" for key, item in items]
    return "{" + ", ".join(shown + ["…"] * (len(value) > MAX_ITEMS)) + "}"
