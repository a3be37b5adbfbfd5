"""What is told of a value, a call or a failure: short, safe to show, and true."""

import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.values import MAX_LENGTH, show, show_pair
from autograder.feedback.words import check_output
from autograder.grading import Grader
from autograder.lms.grades_csv import disarm
from autograder.printable import printable
from autograder.submission import read_submission


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (..., "..."),
        (None, "None"),
        (2.0, "2.0"),
        (np.float64(0.1234567), "0.123457"),
        (np.int64(3), "3"),
        (float("nan"), "nan"),
        (1e-20, "1e-20"),
        (np.array([0.5, -1.0]), "[0.5, -1.0]"),
        (np.array([[1, 2], [3, 4]]), "[[1, 2], [3, 4]]"),
        (np.zeros((2, 2, 2)), "array(2, 2, 2)"),
        (np.array(0.5), "0.5"),
        ([1, [2, [3, [4]]]], "[1, [2, […]]]"),
        ((1.0, "a"), "(1.0, 'a')"),
        ({"a": 1.0, 2: [3, {}]}, "{'a': 1.0, 2: [3, {…}]}"),
        (list(range(100)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …]"),
        ("\x1b[31m\u202ehola", "'\\x1b[31m\\u202ehola'"),
    ],
)
def test_values_are_written_as_python_writes_them_only_shorter(value: Any, shown: str) -> None:
    assert show(value) == shown


@pytest.mark.parametrize(
    "make",
    [
        lambda: np.zeros((2,) * 20),
        lambda: np.ones(10**6),
        lambda: "x" * 10**6,
        lambda: 1 << 16_000,
        lambda: [["a" * 100] * 1000] * 1000,
        lambda: dict.fromkeys(range(10**5)),
    ],
    ids=["many dimensions", "array", "text", "number", "nested", "dict"],
)
def test_no_value_is_too_large_to_be_told(make: Callable[[], Any]) -> None:
    assert len(show(make())) <= MAX_LENGTH


def test_of_a_large_value_only_what_is_shown_is_written() -> None:
    start = time.process_time()
    show({"a": [np.zeros(2)] * 100_000})
    assert time.process_time() - start < 1


def test_values_that_look_the_same_get_more_digits() -> None:
    assert show_pair(0.5, 0.50000001) == ("0.5", "0.50000001000000005")
    assert show_pair(0.5, 0.6) == ("0.5", "0.6")


@given(st.text())
def test_what_is_shown_can_neither_move_the_cursor_nor_turn_the_line_around(text: str) -> None:
    shown = printable(text)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert not any("\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" for character in shown)


@given(st.text() | st.text(alphabet="=+-@\t\r\n;'a"))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    for cell in re.split("[;\n]", disarm(text)):  # as a spreadsheet in Spanish cuts it
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert disarm(text).replace("'", "") == text.replace("'", "")
    assert disarm(text) == text or re.search(r"(^|[;\r\n])[=+\-@\t\r]", text)


def told(grader: Grader, source: str) -> str:
    result = grader.grade(read_submission("ana", "neuron.py", source.encode("utf-8")))
    return "\n".join(check_output(check, done, result, "en") for check, done in zip(grader.checks, result.checks))


def test_a_failed_line_is_named_as_the_reason_only_where_it_defined_what_is_missing(grader: Grader) -> None:
    assert "Perhaps that is because line 1 failed" in told(grader, "relu = no_such_function\n")
    assert "Perhaps" not in told(grader, "import no_such_library\n")


def test_a_wrong_answer_is_told_why_and_never_the_key(grader: Grader) -> None:
    text = told(grader, 'quiz_1 = "d"\nquiz_2 = "anything"\n')
    assert "The error is measured by the loss function" in text
    assert "write just the letter of one option" in text
    assert "shifts the weighted sum" not in text


def test_an_exception_in_a_hidden_check_does_not_tell_the_inputs(grader: Grader) -> None:
    for function in ("def relu(z): raise ValueError(repr(z))", "def relu(z): raise type(repr(z), (Exception,), {})"):
        result = grader.grade(read_submission("ana", "neuron.py", f"{function}\n".encode()))
        hidden = [
            check_output(check, done, result, "en")
            for check, done in zip(grader.checks, result.checks)
            if check.part == "relu" and not check.visible
        ]
        assert hidden == [f"It stopped with an error ({kind}) in line 1, `{function}`." for kind in kinds(function)] * 3


def kinds(function: str) -> list[str]:
    return ["ValueError"] if "ValueError" in function else ["Exception"]
