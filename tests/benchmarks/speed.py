"""What grading costs, side by side in one run: `python tests/benchmarks/speed.py`. It takes some ten minutes.

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
from classes import Run, grade, make_class
from rivals import prepare_nbgrader, prepare_otter

from autograder.assignment import Assignment, load_assignment
from autograder.checking import FollowThrough
from autograder.checks import HIDDEN_FILE, VISIBLE_FILE, Check, collect_checks
from autograder.grading import Grader
from autograder.lanes import cores, stay_on
from autograder.sandbox import launcher
from autograder.sandbox.layers import ORDER
from autograder.submission import read_submission

ROOT = Path(__file__).parents[2]
ROUNDS, GRADED_A_ROUND = 15, 10
RIVAL_ROUNDS = 5
LARGE, USUAL, SMALL = 10_000, 300, 100


def main() -> None:
    assignment = load_assignment(ROOT, "neuron")
    machine = f"{platform.machine()}, {len(cores())} cores, Linux {platform.release()}"
    print(f"{machine}, Python {platform.python_version()}, numpy {np.__version__}\n")
    with tempfile.TemporaryDirectory() as folder:
        _measure_start(Path(folder))
        _measure_classes(Path(folder))
        stay_on(cores()[-1])
        _measure_submission(Path(folder), assignment)


def _measure_start(folder: Path) -> None:
    one = ROOT / "solutions/neuron/examples/wrong/relu_leaky.py"
    commands = {"--help": ["--help"], "grade of one file": ["grade", str(one), "--out", str(folder / "one")]}
    for name, command in commands.items():
        times = [_seconds(lambda command=command: _autograder(*command)) for _ in range(5)]  # type: ignore[misc]
        print(f"start-up, {name:18} {statistics.median(times):6.2f} s")
    print()


def _autograder(*command: str) -> None:
    subprocess.run([sys.executable, "-m", "autograder", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _measure_classes(folder: Path) -> None:
    """Grade classes with the command line, start and pages included."""
    print(f"{'students':>8} {'cores':>5}  {'':28} {'seconds':>8} {'a second':>9} {'ms each, a core':>16} {'MB':>5}")
    usual = make_class(folder / "usual", USUAL)
    small = make_class(folder / "small", SMALL)
    large = make_class(folder / "large", LARGE)
    endless = make_class(folder / "endless", USUAL, endless=USUAL * 3 // 100)
    both = sorted({1, len(cores())})
    runs: list[Run] = []

    def measure(source: Path, out: str, count: int, what: str = "", *options: str) -> None:
        runs.append(grade(source, folder / out, count, what, *options))
        _print_run(runs[-1])

    measure(small, "out-small", len(cores()))
    for count in both:
        measure(usual, f"out{count}", count)
    measure(usual, "out-bare", 1, "without pages", "--no-pages")
    measure(endless, "out-endless", 1, "3 % never end")
    for count in both:
        measure(large, f"out-large{count}", count)
    measure(large, "out-large1", 1, "again, nothing changed")
    print()
    small_run, plain, *_ = runs
    on_one, on_all = (next(run for run in runs[::-1] if run.cores == n and not run.what) for n in both)
    without, hanging = (next(run for run in runs if run.what.startswith(what)) for what in ("without", "3 %"))
    print(f"{len(cores())} cores against one, {LARGE} students: {on_one.seconds / on_all.seconds:.2f}x")
    print(f"pages and report: {1000 * (plain.seconds - without.seconds) / USUAL:.1f} ms a submission")
    print(f"a submission that never ends: {(hanging.seconds - plain.seconds) / (USUAL * 3 // 100):.2f} s")
    print(f"memory, {LARGE} against {SMALL} students: {on_all.megabytes / small_run.megabytes:.2f}x\n")


def _print_run(run: Run) -> None:
    rate = run.students / run.seconds
    each = f"{run.milliseconds:16.1f} {run.megabytes:5.0f}"
    print(f"{run.students:8} {run.cores:5}  {run.what:28} {run.seconds:8.1f} {rate:9.0f} {each}", flush=True)


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
        rivals: dict[str, Callable[[], object]] = {"pytest started for it": lambda: _start_pytest(pytest_folder)}
        rivals["otter run"] = prepare_otter(folder / "otter", assignment)
        nbgrader = prepare_nbgrader(folder / "nbgrader", assignment)
        if nbgrader is not None:
            rivals["nbgrader autograde"] = nbgrader
        times: dict[str, list[float]] = {name: [] for name in [*ways, *rivals]}
        for way in ways.values():
            way()
        for round_number in range(ROUNDS):
            for name, way in ways.items():
                for _ in range(GRADED_A_ROUND):
                    times[name].append(_seconds(way))
            if round_number < RIVAL_ROUNDS:
                for name, way in rivals.items():
                    times[name].append(_seconds(way))
    medians = {name: statistics.median(found) for name, found in times.items()}
    base = medians["fork with all layers"]
    print("one submission (the reference, all checks and pictures), one core, median:")
    for name, median in medians.items():
        print(f"  {name:26} {1000 * median:8.2f} ms  {median / base:7.2f}x")
    if nbgrader is None:
        print("  nbgrader autograde         not installed")


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
