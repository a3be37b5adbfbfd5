"""What runs a part's checks inside Otter; `otter_tests` puts its text between that of `checking` and the checks."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checking import FollowThrough, letter_of, tell

MODULE = "exercise"


class Pista(Exception):
    pass


class Hint(Exception):
    pass


Told: type[Exception] = Pista  # es
Told: type[Exception] = Hint  # type: ignore[no-redef]  # en


class Student:
    def __init__(self, env: dict[str, Any]) -> None:
        self.__dict__ = env

    def __getattr__(self, name: str) -> Any:
        raise NameError(f"name '{name}' is not defined")


class Marks:
    """`pytest.mark`, where there is no pytest."""

    def check(self, **promise: Any) -> Callable[[Any], Any]:
        return lambda function: function

    def parametrize(self, names: str, values: Any, ids: Any = None) -> Callable[[Any], Any]:
        cases = [
            dict(zip(names.replace(",", " ").split(), value if "," in names else (value,), strict=True))
            for value in values
        ]

        def mark(function: Any) -> Any:
            function.cases = cases
            return function

        return mark


pytest = SimpleNamespace(mark=Marks())


def check(env: dict[str, Any], function: Any, case: int, seed: int) -> None:
    @contextmanager
    def stand_in(name: str, expression: str) -> Iterator[None]:
        missing = object()
        before = env.get(name, missing)
        env[name] = eval(expression, {"np": np})
        try:
            yield
        finally:
            if before is missing:
                del env[name]
            else:
                env[name] = before

    student = Student(env)
    fixtures = {
        "student": student,
        "seed": np.random.seed,
        "rng": np.random.default_rng(seed),
        "stand_in": stand_in,
        "follow_through": FollowThrough(stand_in),
    }
    parameters = getattr(function, "cases", [{}])[case]
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    np.random.seed(seed)
    random.seed(seed)
    try:
        function(**{name: parameters[name] if name in parameters else fixtures[name] for name in names})
    except Exception as error:
        raise Told("\n".join(tell(error, function, MODULE))) from None


def answer_is(variable: str, key: str) -> Callable[[Any], None]:
    def test(student: Any) -> None:
        assert letter_of(getattr(student, variable)) == key

    return test


def answer_is_a_letter(variable: str, letters: str) -> Callable[[Any], None]:
    def test(student: Any) -> None:
        actual, desired = getattr(student, variable), letters
        assert letter_of(actual) in list(desired)

    return test
