"""Another exercise, another course: functions on arrays, no class, no quiz. The engine takes it as it takes any."""

import ast
import csv
import inspect
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import Run
from gradescope_image import container_of, run_container
from test_build import run_pytest_as_a_student
from test_otter import otter_run

from autograder.assignment import Assignment, load_assignment
from autograder.checks import HIDDEN_FILE, VISIBLE_FILE, collect_checks

SERIES = Path(__file__).parent / "other_course/solutions/series"
PARTS = {"celsius": 4, "average": 3.5, "hottest": 2.5}


@pytest.fixture(scope="module")
def course(autograder: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the course with what `build` makes of it."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(SERIES.parent, course / "solutions")
    done = autograder("build", cwd=course)
    assert (done.returncode, done.stderr) == (0, "")
    assert autograder("build", "--check", cwd=course).returncode == 0
    return course


@pytest.fixture(scope="module")
def submissions(course: Path) -> Path:
    """Return the folder of a class of three: a script, the student's notebook filled in, one with a mistake."""
    folder = course / "class"
    folder.mkdir()
    shutil.copy(SERIES / "examples/right/running_sum.py", folder / "ana.py")
    shutil.copy(SERIES / "examples/wrong/celsius_no_parentheses.py", folder / "luis.py")
    nbformat.write(filled_in(course), folder / "zoe.ipynb")
    return folder


def filled_in(course: Path) -> nbformat.NotebookNode:
    """Return the student's notebook with the functions of a right example."""
    notebook = nbformat.read(course / "assignments/series/en/temperatures.ipynb", as_version=4)
    right = (SERIES / "examples/right/list_of_means.py").read_text(encoding="utf-8")
    functions = {f"code-{node.name}": node for node in ast.parse(right).body if isinstance(node, ast.FunctionDef)}
    assert functions.keys() <= {cell.id for cell in notebook.cells}
    for cell in notebook.cells:
        if cell.id in functions:
            cell.source = ast.unparse(functions[cell.id])
    return notebook


def test_one_process_keeps_two_exercises_apart(assignment: Assignment) -> None:
    names = {"neuron": assignment, "series": load_assignment(SERIES.parents[1], "series")}
    for name in ("neuron", "series", "neuron"):
        files = {Path(inspect.getfile(check.function)) for check in collect_checks(names[name]) if not check.question}
        assert files == {names[name].folder / file for file in (VISIBLE_FILE, HIDDEN_FILE)}


def test_it_is_fair(autograder: Run, course: Path) -> None:
    done = autograder("validate", "series", cwd=course)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("language", ["es", "en"])
def test_its_students_run_their_own_checks(course: Path, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(course / "assignments/series" / language, folder)
    assert "3 failed" in run_pytest_as_a_student(folder).stdout
    shutil.copy(SERIES / "examples/wrong/celsius_no_parentheses.py", folder / "temperatures.py")
    assert "1 failed, 2 passed" in run_pytest_as_a_student(folder).stdout
    shutil.copy(SERIES / "examples/right/list_of_means.py", folder / "temperatures.py")
    assert "3 passed" in run_pytest_as_a_student(folder).stdout


def test_it_is_graded_from_scripts_and_notebooks(autograder: Run, course: Path, submissions: Path) -> None:
    done = autograder("grade", submissions, "--out", "grades", cwd=course)
    assert (done.returncode, done.stderr) == (0, "")
    with (course / "grades/grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows.keys() == {"ana", "luis", "zoe"}
    for student, celsius in (("ana", 4), ("zoe", 4), ("luis", 0)):
        scores = {part: float(rows[student][part]) for part in PARTS}
        assert (student, scores) == (student, PARTS | {"celsius": celsius})
        assert float(rows[student]["score"]) == sum(scores.values())
    page = (course / "grades/feedback/luis.html").read_text(encoding="utf-8")
    assert "to_celsius converts an array" in page


@pytest.mark.slow
def test_otter_agrees_part_by_part(autograder: Run, course: Path, submissions: Path, tmp_path: Path) -> None:
    assert autograder("package", "otter", "--out", tmp_path, cwd=course).returncode == 0
    for student, suffix, celsius in (("luis", "py", 0), ("zoe", "ipynb", 4)):
        submission = tmp_path / student / f"temperatures.{suffix}"
        submission.parent.mkdir()
        shutil.copy(submissions / f"{student}.{suffix}", submission)
        points = otter_run(tmp_path / "autograder.zip", submission, PARTS)
        assert (student, points) == (student, PARTS | {"celsius": celsius})


@pytest.mark.slow
def test_gradescope_grades_it(autograder: Run, course: Path, submissions: Path, tmp_path: Path) -> None:
    assert autograder("package", "gradescope", "--out", tmp_path, cwd=course).returncode == 0
    with container_of(tmp_path / "series-gradescope.zip") as container:
        for student, suffix, score in (("luis", "py", 6), ("zoe", "ipynb", 10)):
            submission = tmp_path / student / "submission" / f"temperatures.{suffix}"
            submission.parent.mkdir(parents=True)
            shutil.copy(submissions / f"{student}.{suffix}", submission)
            document = run_container(container, tmp_path / student)
            assert (student, document["score"]) == (student, score)
            assert {test["extra_data"]["part"] for test in document["tests"]} == set(PARTS)
            assert json.dumps(document).count("neuron") == 0


def test_the_engine_speaks_of_no_exercise(root: Path) -> None:
    words = re.compile(r"neuron|sigmoid|relu\b|weights|\bbias|activat|celsius|fahrenheit", re.IGNORECASE)
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in sorted((root / "autograder").rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
        for line in path.read_text(encoding="utf-8").splitlines()
        if words.search(line)
    ]
    assert found == []
