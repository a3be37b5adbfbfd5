"""What grading costs, side by side in one run: `python tests/benchmarks/speed.py`.

Everything per submission runs pinned to one core, in turns, so that a busy moment hits all alike; medians are told.
"""

import contextlib
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment import Assignment, load_assignment
from autograder.checking import FollowThrough
from autograder.checks import HIDDEN_FILE, VISIBLE_FILE, Check, collect_checks
from autograder.grading import Grader
from autograder.lanes import cores, stay_on
from autograder.sandbox import launcher
from autograder.sandbox.layers import ORDER
from autograder.submission import read_submission

ROOT = Path(__file__).parents[2]
CLASS = 300
ROUNDS, GRADED_A_ROUND = 15, 10


def main() -> None:
    assignment = load_assignment(ROOT, "neuron")
    print(f"{platform.machine()}, {len(cores())} cores, Python {platform.python_version()}, numpy {np.__version__}\n")
    with tempfile.TemporaryDirectory() as folder:
        _measure_class(Path(folder), assignment)
        stay_on(cores()[-1])
        _measure_submission(Path(folder), assignment)


def _measure_class(folder: Path, assignment: Assignment) -> None:
    """Grade a class of right and wrong examples with the command line, on one core and on all."""
    examples = sorted((assignment.folder / "examples").glob("*/*.py"))
    submissions = folder / "class"
    submissions.mkdir()
    for i in range(CLASS):
        shutil.copy(examples[i % len(examples)], submissions / f"s{i:03}.py")
    base = 0.0
    for jobs in sorted({1, len(cores())}):
        start = time.perf_counter()
        command = [sys.executable, "-m", "autograder", "grade", str(submissions), "--out", str(folder / f"out{jobs}")]
        subprocess.run([*command, "--jobs", str(jobs)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        rate = CLASS / (time.perf_counter() - start)
        base = base or rate
        print(f"class of {CLASS}, {jobs} core(s), start included: {rate:6.1f} submissions/s  {rate / base:5.2f}x")
    print()


def _measure_submission(folder: Path, assignment: Assignment) -> None:
    """Grade the reference in different ways."""
    path = assignment.folder / "neuron.py"
    submission = read_submission("reference", "neuron.py", path.read_bytes())
    with contextlib.ExitStack() as stack:
        graders = {
            "fork with all layers": stack.enter_context(Grader(assignment)),
            "bare fork, no layers": stack.enter_context(_grader_without_layers(assignment)),
        }
        ways: dict[str, Callable[[], object]] = {
            name: (lambda grader=grader: grader.grade(submission))  # type: ignore[misc]
            for name, grader in graders.items()
        }
        checks = collect_checks(assignment)
        source = path.read_text(encoding="utf-8")
        ways["in-process, no isolation"] = lambda: _grade_in_process(checks, source)
        pytest_folder = _folder_for_pytest(folder, assignment)
        times: dict[str, list[float]] = {name: [] for name in [*ways, "pytest started for it"]}
        for way in ways.values():
            way()
        for _ in range(ROUNDS):
            for name, way in ways.items():
                for _ in range(GRADED_A_ROUND):
                    times[name].append(_seconds(way))
            times["pytest started for it"].append(_seconds(lambda: _start_pytest(pytest_folder)))
    medians = {name: statistics.median(found) for name, found in times.items()}
    base = medians["fork with all layers"]
    print("one submission (the reference, all checks), one core, median:")
    for name, median in medians.items():
        print(f"  {name:26} {1000 * median:8.2f} ms  {median / base:7.2f}x")


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _grader_without_layers(assignment: Assignment) -> Grader:
    """Return a grader whose workers are forked like all others but put nothing on: never for real submissions."""
    sandbox_class: Any = launcher.Sandbox
    is_safe = sandbox_class._zygote_is_safe
    sandbox_class._zygote_is_safe = lambda self: True
    try:
        grader = Grader(assignment, layers=())
    finally:
        sandbox_class._zygote_is_safe = is_safe
    assert all(grader.isolation[layer] != "on" for layer in ORDER)
    assert grader.isolation["process"] == "forked"
    return grader


def _grade_in_process(checks: list[Check], source: str) -> None:
    """Run the checks as their students' pytest would, in this process."""
    module = types.ModuleType("neuron")
    exec(compile(source, "neuron.py", "exec"), module.__dict__)

    @contextlib.contextmanager
    def stand_in(name: str, expression: str) -> Iterator[None]:
        yield

    for number, check in enumerate(checks):
        np.random.seed(number)
        fixtures: dict[str, Any] = {
            "student": module,
            "seed": np.random.seed,
            "rng": np.random.default_rng(number),
            "stand_in": stand_in,
            "follow_through": FollowThrough(stand_in),
        }
        check.function(**{name: fixtures[name] for name in check.fixtures}, **check.parameters)


def _folder_for_pytest(folder: Path, assignment: Assignment) -> Path:
    """Return a folder in which `pytest` runs all checks against the reference."""
    target = folder / "pytest"
    shutil.copytree(assignment.student_folder / "en", target, ignore=shutil.ignore_patterns("__pycache__", "test_*"))
    for name in ("neuron.py", VISIBLE_FILE, HIDDEN_FILE):
        shutil.copy(assignment.folder / name, target / name)
    return target


def _start_pytest(folder: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
