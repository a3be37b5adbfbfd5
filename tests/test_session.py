"""What happens to a submission that fails, ends, hangs or eats memory: it costs what it hits, and nothing else."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.grading import Grader
from autograder.lms.grades_csv import part_scores
from autograder.recognition import Recogniser
from autograder.result import Result
from autograder.sandbox import wire
from autograder.sandbox.layers import ORDER
from autograder.sandbox.process import Round, SandboxError, Worker
from autograder.submission import read_submission

RIGHT = (Path(__file__).parents[1] / "solutions/neuron/examples/right/lesson_version.py").read_text(encoding="utf-8")


def grade(grader: Grader, source: str) -> Result:
    return grader.grade(read_submission("ana", "neuron.py", source.encode("utf-8")))


def lost(grader: Grader, result: Result) -> set[str]:
    scores = part_scores(result, grader.checks)
    return {part.name for part in grader.assignment.settings.parts if scores[part.name] < part.points}


STATEMENTS = [
    ("import no_such_library", "ModuleNotFoundError"),
    ("from matplotlib import pyplot as plt", "ModuleNotFoundError"),
    ("n = int(input('n: '))", "EOFError"),
    ("1 / 0", "ZeroDivisionError"),
    ("raise SystemExit", "SystemExit"),
    ("exit()", "SystemExit"),
    ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ("import os; os._exit(0)", "crash"),
    ("import ctypes; ctypes.string_at(0)", "crash"),
    ("open('datos.csv')", "FileNotFoundError"),
]


@pytest.mark.parametrize(("statement", "kind"), STATEMENTS)
@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_top_level_statement_that_fails_is_told_and_costs_nothing(
    grader: Grader, statement: str, kind: str, first: bool
) -> None:
    source = f"{statement}\n{RIGHT}" if first else f"{RIGHT}\n{statement}\n"
    result = grade(grader, source)
    assert (result.status, result.score) == ("graded", 100)
    (failed,) = result.failed_statements
    line = 1 if first else len(source.splitlines())
    assert (failed.kind, failed.place and failed.place.line) == (kind, line)
    assert failed.text == statement


def test_of_a_call_that_fails_the_line_that_called_is_told(grader: Grader) -> None:
    result = grade(grader, f"{RIGHT}\nprint(\n    Neuron(2).activate([1, 2, 3])\n)\n")
    assert result.score == 100
    (failed,) = result.failed_statements
    assert failed.text == "Neuron(2).activate([1, 2, 3])"


@pytest.mark.slow
def test_a_top_level_loop_without_end_is_stopped_told_and_costs_nothing(grader: Grader) -> None:
    result = grade(grader, f"{RIGHT}\nwhile True:\n    pass\n")
    assert result.score == 100
    assert [(failed.kind, failed.text) for failed in result.failed_statements] == [("timeout", "while True:")]


@pytest.mark.parametrize(
    ("body", "outcomes"),
    [
        ("import os; os._exit(0)", {"error"}),
        ("import os; os.abort()", {"error"}),
        ("import sys; sys.exit()", {"error"}),
        ("raise KeyboardInterrupt", {"error"}),
        ("return relu(z)", {"error"}),
        ("return np.ones(10**9)", {"error"}),
        ("return [z] * 10**9", {"error"}),
    ],
)
def test_a_function_that_fails_costs_its_own_part_only(grader: Grader, body: str, outcomes: set[str]) -> None:
    result = grade(grader, RIGHT.replace("return np.maximum(0, z)", body))
    assert lost(grader, result) == {"relu"}
    parts = {check.name: check.part for check in grader.checks}
    assert {outcome.outcome for outcome in result.checks if parts[outcome.check] == "relu"} == outcomes
    assert grade(grader, RIGHT).score == 100


@pytest.mark.slow
def test_an_endless_loop_costs_its_own_part_only(grader: Grader) -> None:
    result = grade(grader, RIGHT.replace("return np.maximum(0, z)", "while True: pass"))
    assert lost(grader, result) == {"relu"}
    assert grade(grader, RIGHT).score == 100


def test_a_worker_that_sends_what_is_no_answer_is_not_said_to_have_been_killed(grader: Grader) -> None:
    result = grade(grader, RIGHT.replace("return np.maximum(0, z)", "import os; os.write(3, b'x' * 100); return z"))
    assert lost(grader, result) == {"relu"}
    reasons = {done.failure.reason.name for done in result.checks if done.failure}
    assert reasons == {"failure.ended"}


def test_slow_is_not_wrong(grader: Grader) -> None:
    """Hundreds of times slower than the reference, but done in a moment."""
    slow = RIGHT.replace("return np.maximum(0, z)", "for _ in range(200_000): pass\n    return np.maximum(0, z)")
    slow = slow.replace("self.bias =", "for _ in range(50_000): pass\n        self.bias =")
    assert slow.count("pass") == 2
    assert grade(grader, slow).score == 100


def test_a_syntax_error_scores_nothing_and_shows_where(grader: Grader) -> None:
    result = grade(grader, RIGHT.replace("class Neuron:", "class Neuron"))
    assert (result.status, result.score) == ("graded", 0)
    assert {outcome.outcome for outcome in result.checks} == {"skipped"}
    assert result.problem is not None
    text = result.problem.in_language("es")
    assert "línea 12" in text
    assert "class Neuron\n" in text
    assert "^" in text


def test_what_is_printed_is_kept_up_to_a_limit(grader: Grader) -> None:
    assert grade(grader, f"print('hola ñ')\n{RIGHT}").stdout == "hola ñ\n"
    long = grade(grader, f"print('x' * 10**7)\n{RIGHT}")
    assert (len(long.stdout), long.score) == (10_000, 100)


def test_no_submission_sees_another_ones_leftovers(grader: Grader) -> None:
    spoiling = "import sys, builtins, numpy\nbuiltins.mine = numpy.mine = sys.mine = 1\nnumpy.exp = abs\n"
    grade(grader, spoiling)
    looking = "import sys, builtins, numpy\nprint([hasattr(m, 'mine') for m in (sys, builtins, numpy)])\n"
    result = grade(grader, looking + RIGHT)
    assert (result.stdout, result.score) == ("[False, False, False]\n", 100)


def test_the_same_submission_gives_the_same_result(grader: Grader) -> None:
    source = RIGHT.replace("np.exp(-z)", "np.exp(z)") + "\nimport random\n"
    source += "print(np.random.rand(), random.random(), hash('a'))\n"
    assert grade(grader, source) == grade(grader, source)


@contextmanager
def workers_killed(grader: Grader) -> Iterator[None]:
    """Kill each worker a moment after it was started, as a machine that runs out of memory does."""
    zygote = grader._sandbox._zygote
    assert zygote is not None
    children, over = Path(f"/proc/{zygote.pid}/task/{zygote.pid}/children"), threading.Event()

    def kill() -> None:
        while not over.wait(0.1):
            for child in children.read_text(encoding="ascii").split():
                try:
                    os.kill(int(child), signal.SIGKILL)
                except ProcessLookupError:
                    continue

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        yield
    finally:
        over.set()
        killing.join()


@pytest.mark.slow
def test_who_is_killed_from_outside_again_and_again_gets_no_grade(grader: Grader) -> None:
    slow = RIGHT.replace("return np.maximum(0, z)", "import time; time.sleep(0.3); return np.maximum(0, z)")
    with workers_killed(grader):
        result = grade(grader, slow)
    assert (result.status, result.checks) == ("grader error", [])
    assert grade(grader, RIGHT).score == 100


def test_who_could_have_killed_itself_keeps_its_grade(grader: Grader) -> None:
    layers = tuple(layer for layer in ORDER if layer != "seccomp")
    with Grader(grader.assignment, layers=layers) as without_seccomp:
        result = grade(without_seccomp, RIGHT.replace("return np.maximum(0, z)", "import os; os.kill(os.getpid(), 9)"))
        assert (result.status, lost(without_seccomp, result)) == ("graded", {"relu"})


def test_a_fault_of_the_kits_own_costs_nothing_at_whatever_question(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a check takes the exception for the submission's: activate is asked again, with another sigmoid."""
    wrong = RIGHT.replace("np.exp(-z)", "np.exp(z)")
    ask, asked, failing = Worker.ask, 0, 0

    def count_or_fail(self: Worker, rounds: list[Round], seconds: float, busy_until: float) -> list[Any]:
        nonlocal asked
        asked += 1
        if asked == failing:
            raise SandboxError("the zygote ended")
        return ask(self, rounds, seconds, busy_until)

    monkeypatch.setattr(Worker, "ask", count_or_fail)
    undisturbed = grade(grader, wrong)
    assert lost(grader, undisturbed) == {"sigmoid"}
    for question in range(1, asked + 1):
        asked, failing = 0, question
        assert grade(grader, wrong) == undisturbed


def test_reading_what_a_submission_answers_counts_as_its_time(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    decode = wire.decode_frame

    def decode_slowly(frame: bytes) -> list[Any]:
        message = decode(frame)
        if message[0] == "value":
            time.sleep(0.12)
        return message

    limits = msgspec.structs.replace(grader.assignment.settings.limits, check_seconds=0.4)
    settings = msgspec.structs.replace(grader.assignment.settings, limits=limits)
    with Grader(msgspec.structs.replace(grader.assignment, settings=settings)) as impatient:
        monkeypatch.setattr(impatient, "_recogniser", Recogniser([], "", impatient.observe))  # it decodes much
        monkeypatch.setattr(wire, "decode_frame", decode_slowly)
        result = grade(
            impatient, RIGHT.replace("return np.maximum(0, z)", "import os; os._exit(0)")
        )  # asked check by check
    outcomes = {outcome.check: outcome.outcome for outcome in result.checks}
    assert (outcomes["test_sigmoid_shape"], outcomes["test_sigmoid_far_from_zero"]) == ("passed", "timeout")
