"""What the tests share: where the project is, how its command line is run, a grader for the neuron exercise."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.assignment import Assignment, load_assignment
from autograder.grading import Grader

ROOT = Path(__file__).parents[1]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    return load_assignment(ROOT, "neuron")


@pytest.fixture(scope="session")
def grader(assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment) as grader:
        yield grader


@pytest.fixture(scope="session")
def autograder() -> Run:
    """Run the command line as a user does."""

    def run(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"} | environment
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=120)

    return run
