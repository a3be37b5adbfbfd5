"""Other autograders' way with one submission, the reference: what a course that uses them would run for it."""

import ast
import importlib.util
import inspect
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.assignment import Assignment
from autograder.checks import Check, collect_checks

STUDENT = "ana"
DATABASE = "gradebook.db"  # nbgrader's own name for it
JUPYTER_FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
IN_TEST_CELLS = """\
import numpy as np
from numpy.testing import assert_allclose

def follow_through(run, name, z, expected):
    assert_allclose(run(), expected)
"""


def prepare_otter(folder: Path, assignment: Assignment) -> Callable[[], None]:
    """Return what grades the reference by `otter run`, with all checks. Raises where it has not full marks."""
    package = [sys.executable, "-m", "autograder", "package", "otter", "--assignment", assignment.name]
    _run([*package, "--out", str(folder)], assignment.folder.parents[1], folder)
    submission = _reference(assignment)
    shutil.copy(submission, folder)
    results = folder / "out" / "results.json"
    results.parent.mkdir()
    command = ["otter", "run", "-a", "autograder.zip", "-o", "out", submission.name]

    def grade() -> None:
        results.unlink(missing_ok=True)
        _run(command, folder, folder)
        tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
        _must_be_full(sum(test.get("score", 0) for test in tests), assignment.max_score)

    return grade


def prepare_nbgrader(folder: Path, assignment: Assignment) -> Callable[[], None] | None:
    """Return what grades the reference by `nbgrader autograde`, or None where it is not installed.

    Its test cells are the visible checks and the quiz: fewer than the others run. Raises where it has not full marks.
    """
    if importlib.util.find_spec("nbgrader") is None:
        return None
    name, file = assignment.name, f"{assignment.name}.ipynb"
    checks = [check for check in collect_checks(assignment) if check.visible or check.question]
    tree = ast.parse(_reference(assignment).read_text(encoding="utf-8"))
    answers = {f"answer_{i}": ast.unparse(node) for i, node in enumerate(tree.body)}
    cells = [
        _cell(grade_id, f"### BEGIN SOLUTION\n{source}\n### END SOLUTION", solution=True, locked=False)
        for grade_id, source in answers.items()
    ]
    cells.append(_cell("in_test_cells", IN_TEST_CELLS))
    cells += [_cell(check.name, _as_asserts(check), grade=True, points=check.points) for check in checks]
    _write(new_notebook(cells=cells), folder / "source" / name / file)
    _run(["nbgrader", "generate_assignment", name], folder, folder)
    handed_in = nbformat.read(folder / "release" / name / file, as_version=4)
    for cell in handed_in.cells:
        cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    _write(handed_in, folder / "submitted" / STUDENT / name / file)
    command = ["nbgrader", "autograde", name, "--student", STUDENT, "--force"]

    def grade() -> None:
        _run(command, folder, folder)
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            (score,) = database.execute("SELECT SUM(auto_score) FROM grade").fetchone()
        _must_be_full(score, sum(check.points for check in checks))

    return grade


def _cell(grade_id: str, source: str, **nbgrader: Any) -> Any:
    """Return a cell as nbgrader's toolbar would mark it; read-only unless `nbgrader` says otherwise."""
    marks = {"schema_version": 3, "grade_id": grade_id, "cell_type": "code", "task": False}
    marks |= {"grade": False, "solution": False, "locked": True} | nbgrader
    return new_code_cell(source, metadata={"nbgrader": marks})


def _as_asserts(check: Check) -> str:
    """Return the body of `check` as it stands in a notebook, where the student's names are global."""
    if check.question:
        return f"assert {check.question.variable} == {check.question.key!r}"
    function = ast.parse(inspect.getsource(check.function)).body[0]
    assert isinstance(function, ast.FunctionDef)
    return "\n".join(map(ast.unparse, function.body)).replace("student.", "")


def _write(notebook: Any, path: Path) -> None:
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def _reference(assignment: Assignment) -> Path:
    return assignment.folder / f"{assignment.settings.module}.py"


def _run(command: list[str], cwd: Path, folder: Path) -> None:
    """Run `command` quietly, with this Python's programs; what Jupyter keeps of a user is kept in `folder`."""
    env = os.environ | {name: str(folder / "jupyter") for name in JUPYTER_FOLDERS}
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)])
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}{done.stderr}")


def _must_be_full(score: float, points: float) -> None:
    if abs(score - points) > 1e-9:
        raise RuntimeError(f"The reference has {score} of {points} points.")
