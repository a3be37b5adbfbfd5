"""Otter: the zip that `package otter` makes, run by the real `otter run`, agrees with the kit part by part."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Run
from test_notebooks import as_cells, notebook_of

from autograder.grading import Grader
from autograder.lms.grades_csv import part_scores
from autograder.submission import read_submission

SOLUTIONS = Path(__file__).parents[1] / "solutions" / "neuron"
SCRIPTS = [
    "right/lesson_version",
    "right/bias_drawn_first",
    "right/sigmoid_stable_where",
    "wrong/untouched_stub",
    "wrong/sigmoid_sign_in_exponent",
    "wrong/relu_builtin_max",
    "wrong/init_uniform_zero_to_one",
    "wrong/init_fixed_seed",
    "wrong/activate_no_bias",
    "wrong/quiz_1_answer_a",
]
NOTEBOOKS = [
    "right/lesson_version",
    "wrong/untouched_stub",
    "wrong/sigmoid_missing_one",
    "wrong/activate_sigmoid_twice",
]
PARTS = ("sigmoid", "relu", "init", "activate", "quiz")


@pytest.fixture(scope="module")
def otter_zip(autograder: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("otter")
    done = autograder("package", "otter", "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder / "autograder.zip"


def otter_run(otter_zip: Path, submission: Path, parts: Iterable[str] = PARTS) -> dict[str, float]:
    """Return the points of each part by Otter."""
    folder = submission.parent
    (folder / "out").mkdir()
    command = [str(Path(sys.executable).with_name("otter")), "run", "-a", str(otter_zip), "-o", "out", submission.name]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    return {test["name"]: test["score"] for test in document["tests"] if test["name"] in parts}


@pytest.mark.slow
def test_otter_and_the_kit_give_the_same_points(otter_zip: Path, grader: Grader, tmp_path: Path) -> None:
    submissions = []
    for name in [*SCRIPTS, *NOTEBOOKS]:
        as_notebook = len(submissions) >= len(SCRIPTS)
        source = (SOLUTIONS / "examples" / f"{name}.py").read_text(encoding="utf-8")
        content = json.dumps(notebook_of(*as_cells(source))) if as_notebook else source
        path = tmp_path / f"{len(submissions)}-{Path(name).name}" / ("neuron.ipynb" if as_notebook else "neuron.py")
        path.parent.mkdir()
        path.write_text(content, encoding="utf-8")
        submissions.append(path)
    with ThreadPoolExecutor(2) as executor:
        by_otter = list(executor.map(lambda path: otter_run(otter_zip, path), submissions))
    for path, points in zip(submissions, by_otter):
        result = grader.grade(read_submission("ana", path.name, path.read_bytes()))
        assert (path.parent.name, points) == (path.parent.name, part_scores(result, grader.checks))


@pytest.mark.slow
def test_what_forges_a_grade_in_otter_gains_nothing_here(otter_zip: Path, grader: Grader, tmp_path: Path) -> None:
    forged = (Path(__file__).parent / "attacks" / "patches_otter.py").read_bytes()
    (tmp_path / "neuron.py").write_bytes(forged)
    assert sum(otter_run(otter_zip, tmp_path / "neuron.py").values()) == 100
    assert grader.grade(read_submission("mallory", "neuron.py", forged)).score == 0


def test_the_zip_holds_a_test_file_a_part_that_needs_only_numpy_and_otter(otter_zip: Path) -> None:
    with zipfile.ZipFile(otter_zip) as archive:
        names = {name for name in archive.namelist() if name.startswith("tests/")}
        assert names == {f"tests/{part}.py" for part in PARTS}
        for name in names:
            source = archive.read(name).decode("ascii")
            assert "import autograder" not in source
            assert "from autograder" not in source
            assert "import pytest" not in source
            assert "hidden=True" in source


def test_the_students_zip_holds_what_stands_in_the_repository(autograder: Run, root: Path, tmp_path: Path) -> None:
    for language in ("es", "en"):
        for _ in range(2):
            assert autograder("package", "student", "--lang", language, "--out", tmp_path).returncode == 0
        with zipfile.ZipFile(tmp_path / f"neuron-{language}.zip") as archive:
            for name in archive.namelist():
                stands = root / "assignments/neuron" / language / name.removeprefix("neuron/")
                assert archive.read(name) == stands.read_bytes()
            assert "neuron/neuron.ipynb" in archive.namelist()
