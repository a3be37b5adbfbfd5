"""Gradescope: its export, and its container, run as it runs it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Run
from gradescope_image import container_of, run_container
from lms_class import LMS, check_grades, grades, owed, roster

from autograder.assignment import Assignment
from autograder.late import LatePolicy
from autograder.lms.download import find_submissions
from autograder.lms.gradescope_container import grade_submission
from autograder.texts import UserError

EXPORT = LMS / "gradescope/assignment_5120377_export"
CASES = LMS / "gradescope/container"


def test_an_export_is_graded_with_names_and_addresses(autograder: Run, tmp_path: Path) -> None:
    done = autograder("grade", EXPORT, "--out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    names = {f"submission_{number}": student for number, student in roster("gradescope_submission_id").items()}
    check_grades(tmp_path, names)
    assert {row["email"] for row in grades(tmp_path).values()} == {
        owed()[student]["email"] for student in names.values()
    }


def test_an_export_is_compared_with_the_courses_own_deadline() -> None:
    policy = LatePolicy(points_per_day=10, deadline=datetime(2026, 10, 18, 21, 59, tzinfo=UTC))
    found, _ = find_submissions([EXPORT], "neuron", policy)
    assert {each.student for each in found if each.late and each.late.is_late} == {"submission_301504482"}


def export(folder: Path, metadata: str) -> Path:
    (folder / "submission_1").mkdir(parents=True)
    (folder / "submission_1" / "neuron.py").write_text("x = 1\n", encoding="utf-8")
    (folder / "submission_metadata.yml").write_text(metadata, encoding="utf-8")
    return folder


def test_a_group_has_several_names_and_what_ruby_calls_an_object_is_passed_over(tmp_path: Path) -> None:
    people = "".join(f"  - :name: {name}\n    :email: {name}@b.example\n" for name in ("Ana", "Luis"))
    results = "  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess\n    tests: []\n"
    (each,), _ = find_submissions([export(tmp_path, f"submission_1:\n  :submitters:\n{people}{results}")], "neuron")
    assert (each.student, each.name, each.email) == ("submission_1", "Ana; Luis", "Ana@b.example; Luis@b.example")


def test_half_an_export_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        find_submissions([export(tmp_path, "submission_1: [")], "neuron")
    assert refused.value.message.name == "error.bad_metadata"


@pytest.mark.parametrize(("case", "late"), [("on_time", 0.0), ("late", 116137.106643), ("resubmission", 0.0)])
def test_lateness_comes_from_the_metadata(root: Path, case: str, late: float) -> None:
    document = json.loads(grade_submission(root, CASES / case, "es"))
    assert document["extra_data"]["seconds_late"] == late


def test_the_courses_own_deadline_counts_where_gradescope_has_none(root: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(root / "solutions", course / "solutions", ignore=shutil.ignore_patterns("examples"))
    with (course / "solutions/neuron/assignment.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[late]\npoints_per_day = 10\ndeadline = 2026-10-18T23:59:00+02:00\n")
    shutil.copytree(CASES / "late", tmp_path / "case")
    metadata = tmp_path / "case" / "submission_metadata.json"
    about = json.loads(metadata.read_text(encoding="utf-8"))
    about["assignment"]["due_date"] = None
    metadata.write_text(json.dumps(about), encoding="utf-8")
    document = json.loads(grade_submission(course, tmp_path / "case", "es"))
    assert (document["score"], document["extra_data"]["raw_score"]) == (80, 100)
    assert "Se descuentan 20 puntos de 100." in document["output"]


def test_what_systems_leave_behind_is_not_graded(root: Path, tmp_path: Path) -> None:
    for name in ("practica.py", "._practica.py", "__MACOSX/practica.py"):
        path = tmp_path / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CASES / "late" / "submission" / "neuron.py", path)
    assert json.loads(grade_submission(root, tmp_path, "es"))["score"] == 100


def test_a_result_says_all_that_gradescope_shows(root: Path) -> None:
    document = json.loads(grade_submission(root, CASES / "on_time", "en"))
    assert document["output_format"] == "html"
    assert "leaderboard" not in document
    shown = {test["visibility"] for test in document["tests"]}
    assert shown == {"visible", "after_published"}
    assert document["score"] == sum(test["score"] for test in document["tests"])


@pytest.fixture(scope="module")
def container(autograder: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("package")
    assert autograder("package", "gradescope", "--out", made).returncode == 0
    with container_of(made / "neuron-gradescope.zip") as root:
        yield root


HOSTILE = """
import json, pathlib
for place in ("/autograder/results/results.json", "results.json"):
    try:
        pathlib.Path(place).write_text(json.dumps({"score": 100}))
    except OSError as error:
        print("results", type(error).__name__)
for place in ("/autograder/source/solutions/neuron/assignment.toml", "/autograder/source/failed.json",
              "/autograder/submission_metadata.json"):
    try:
        print("read", pathlib.Path(place).read_text())
    except OSError as error:
        print(type(error).__name__)
"""


@pytest.mark.slow
def test_the_container_grades_what_comes(container: Path, tmp_path: Path) -> None:
    for case, score in (("late", 100), ("on_time", 70), ("notebook", 100)):
        document = run_container(container, CASES / case)
        assert document["score"] == score
        extra = document["extra_data"]
        assert isinstance(extra, dict)
        assert extra["isolation"]["user"] == extra["isolation"]["seccomp"] == "on"

    (tmp_path / "missing" / "submission").mkdir(parents=True)
    missing = run_container(container, tmp_path / "missing")
    assert missing["score"] == 0
    assert "neuron.ipynb" in str(missing["output"])

    (tmp_path / "hostile" / "submission").mkdir(parents=True)
    (tmp_path / "hostile" / "submission" / "neuron.py").write_text(HOSTILE, encoding="utf-8")
    hostile = run_container(container, tmp_path / "hostile")
    assert hostile["score"] == 0
    said = hostile["extra_data"]["stdout"]  # type: ignore[index]
    assert "read" not in said
    assert said.count("PermissionError") == 5, said


@pytest.mark.slow
def test_a_crash_of_the_kit_leaves_a_result_that_says_so(container: Path) -> None:
    reference = container / "source/solutions/neuron/neuron.py"
    whole = reference.read_text(encoding="utf-8")
    try:
        reference.write_text(whole.replace("np.exp", "np.sin"), encoding="utf-8")
        document = run_container(container, CASES / "on_time")
    finally:
        reference.write_text(whole, encoding="utf-8")
    assert "score" not in document
    assert document["tests"] == []
    assert "no hay nota" in str(document["output"])


def test_the_zip_is_lean_and_holds_no_examples(autograder: Run, assignment: Assignment, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert autograder("package", "gradescope", "--out", tmp_path / folder, "--lang", "en").returncode == 0
    made = tmp_path / "one" / "neuron-gradescope.zip"
    assert made.read_bytes() == (tmp_path / "two" / "neuron-gradescope.zip").read_bytes()
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        assert {"setup.sh", "run_autograder"} <= set(names)
        left_out = ("examples", "build", ".md", "validation", "equivalent")
        assert not any(each in name for name in names for each in left_out)
        assert set(archive.read("requirements.txt").decode().split()) & {"rich>=13.0", "otter-grader>=7.0"} == set()
        archive.extractall(tmp_path / "source")
    program = "import sys, autograder.lms.gradescope_container; print(*sys.modules)"
    command = [sys.executable, "-P", "-c", program]
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "source")}
    loaded = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True).stdout.split()
    modules = {
        name[:-3].removesuffix("/__init__").replace("/", ".")
        for name in names
        if name.startswith("autograder/") and name.endswith(".py")
    }
    assert modules == {name for name in loaded if name.split(".")[0] == "autograder"}  # all that it needs and no more
    assert made.stat().st_size < 200_000
