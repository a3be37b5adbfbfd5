# What the checks have in common: when two values are the same, and what is said when they are not.
# There is no need to read it or to change it.

import linecache
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np

StandIn = Callable[[str, str], AbstractContextManager[None]]

UNFILLED = "there is still `...` instead of your code"
NOTHING = "it returns nothing (None): is a `return` missing?"
DIFFERENT = "it gave {actual}, expected {desired}"
RAISED = "{kind}: {error}"
AT_LINE = "{file}, line {line}: {text}"
NOT_SO = "with your code, the line above does not hold"


class FollowThrough:
    # A mistake in `name` is paid once: what uses it in the right way loses nothing by it.

    # To see that, another function is put in its place, one that gives each z a value of its own.

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in

    def __call__(self, run: Callable[[], Any], name: str, z: float, expected: float) -> None:
        try:
            actual = run()
            if close(actual, expected):
                return
        except Exception as error:
            if not self.follows(run, name, z):
                raise error
            return
        if not self.follows(run, name, z):
            must_be_close(actual, expected)

    def follows(self, run: Callable[[], Any], name: str, z: float) -> bool:
        with self.stand_in(name, "lambda z: z / 4 + 2"):
            try:
                return close(run(), z / 4 + 2)
            except Exception:
                return False


def close(actual: Any, desired: Any) -> bool:
    try:
        desired = np.float64(desired)  # np.float16 - float would be rounded to three digits
        return np.shape(actual) == () and bool(abs(actual - desired) <= 1e-12 + 1e-7 * abs(desired))
    except (TypeError, ValueError):
        return False


def must_be_close(actual: Any, desired: Any) -> None:
    assert close(actual, desired)


def compared(error: BaseException) -> tuple[Any, Any] | None:
    # The two values of a comparison of numpy.testing: (what came out, what was expected).
    trace, found = error.__traceback__, None
    while trace is not None:
        values = trace.tb_frame.f_locals
        if found is None and "actual" in values and "desired" in values:
            found = plain(values["actual"]), plain(values["desired"])
        trace = trace.tb_next
    return found


def plain(value: Any) -> Any:
    # numpy.testing wraps even a single value in an array.
    return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value


def reason(error: BaseException) -> str:
    actual, desired = compared(error) or (None, None)
    if actual is ... or (isinstance(error, TypeError) and "ellipsis" in str(error)):
        return UNFILLED
    if actual is None and desired is not None:
        return NOTHING
    if desired is not None:
        return DIFFERENT.format(actual=actual, desired=desired)
    return NOT_SO if isinstance(error, AssertionError) else RAISED.format(kind=type(error).__name__, error=error)


def tell(error: BaseException, check: Any, module: str) -> list[str]:
    # The line of the check that failed, why and, where the error is in your file, your line.
    check_line, your_line, trace = "", "", error.__traceback__
    while trace is not None:
        file, number = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        text = linecache.getline(file, number).strip()
        if trace.tb_frame.f_code is check.__code__:
            check_line = text
        elif Path(file).stem == module:
            your_line = AT_LINE.format(file=Path(file).name, line=number, text=text)
        trace = trace.tb_next
    return [line for line in (check_line, reason(error), your_line) if line]


def letter_of(answer: Any) -> str:
    # Case and blanks do not matter.
    return "".join(answer.split()).lower() if type(answer) is str else ""
