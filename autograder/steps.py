"""The steps of a check: what it did with the submission, what came of it, and the values that cross on the way."""

import copy
from typing import Any

import msgspec
import numpy as np

from autograder.texts import Place


class StudentError(Exception):
    """An exception in the submission: its type, its message, and the submission's own line where it has one."""

    def __init__(self, kind: str, message: str, place: Place | None, text: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind
        self.message = message
        self.place = place
        self.text = text


class MissingName(AttributeError):
    """The submission does not define what a check asked for."""

    def __init__(self, owner: str, name: str) -> None:
        super().__init__(name)
        self.owner = owner
        self.name = name


class Step(msgspec.Struct):
    """One thing that a check did with the submission: `target(*arguments)`, `target = value` or `target`.

    `what` names it whichever object it is about: the type and the name. `changed` is what became of arguments.
    """

    target: str
    what: tuple[str, str]
    verb: str  # call, set or get
    arguments: list[Any]
    keywords: dict[str, Any] = {}
    result: Any = None
    changed: list[Any] | None = None
    answered: bool = False
    raised: str = ""  # the type of the exception that came instead
    has_stand_in: bool = False


def room_for_texts(answer: list[Any]) -> int:
    """Return how many characters the texts in `answer` take as an array: numpy makes each as long as the longest."""
    longest = count = 0
    waiting = list(answer)
    while waiting:
        value = waiting.pop()
        count += 1
        if type(value) in (list, tuple):
            waiting += value
        elif type(value) is dict:
            waiting += [*value, *value.values()]
        elif type(value) in (str, bytes):
            longest = max(longest, len(value))
    return longest * count


def snapshot(value: Any) -> Any:
    """Return `value` as it is now: a check may go on to change it."""
    return copy.copy(value) if isinstance(value, list | np.ndarray) else value


def same(one: Any, other: Any) -> bool:
    """Whether two questions, or parts of them, are the same to the last bit."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is list or kind is tuple:
        return len(one) == len(other) and all(map(same, one, other))
    if kind is dict:
        return (not one and not other) or same(list(one.items()), list(other.items()))
    if kind is np.ndarray:
        return one.shape == other.shape and one.dtype == other.dtype and bool(one.tobytes() == other.tobytes())
    return bool(one == other)  # of a plain type


def change_in_place(argument: Any, new: Any) -> None:
    if isinstance(argument, list) and isinstance(new, list):
        argument[:] = new
    elif isinstance(argument, np.ndarray) and isinstance(new, np.ndarray):
        if new.shape == argument.shape:
            argument[...] = new
        else:
            argument.fill(np.nan)  # it was resized: no longer what it was
