"""What an author gets wrong is told in one sentence that says what and where, in both languages."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import Run

CASES = [
    ("assignment.toml", 'language = "es"', 'language = "fr"', "fr"),
    ("assignment.toml", 'module = "neuron"', 'module = "my neuron"', "my neuron"),
    ("assignment.toml", "points = 20", "points = 21", "sigmoid"),
    ("assignment.toml", "points = 20", 'points = "many"', "points"),
    ("assignment.toml", "points = 20", "pionts = 20", "pionts"),
    ("assignment.toml", 'name = "relu"', 'name = "sigmoid"', "sigmoid"),
    ("assignment.toml", 'part = "quiz"', 'part = "exam"', "exam"),
    ("assignment.toml", 'key = "b"', 'key = "z"', "quiz_1"),
    ("assignment.toml", 'text.en = "It measures the error."', "", "quiz[1].options.d.text"),
    ("assignment.toml", 'why_not.es = "De eso', 'why_not.xx = "De eso', "why_not"),
    ("assignment.toml", 'text.es = "Mide el error."', "= =", "assignment.toml"),
    ("test_visible.py", 'part="relu"', 'part="rleu"', "rleu"),
    ("test_visible.py", 'en="relu gives the right value for a number",', "", "test_relu_of_a_number"),
    ("test_visible.py", "def test_relu_of_a_number(student)", "def test_relu_of_a_number(pupil)", "pupil"),
    ("test_visible.py", "import numpy as np", "import nunpy as np", "nunpy"),
    ("test_hidden.py", "def test_sigmoid_shape", "def test_sigmoid_of_an_array", "test_sigmoid_of_an_array"),
    ("test_hidden.py", "    points=2,", "    points=2.5,", "sigmoid"),
    ("neuron.py", "return np.maximum(0, z)  # solution", "if z: return z  # solution", "neuron.py"),
    ("neuron.py", 'quiz_1 = "b"  # solution', "", "quiz_1"),
    ("lesson.en.md", "<!-- check: relu -->", "<!-- check: rleu -->", "rleu"),
    ("lesson.es.md", "<!-- code: relu -->", "<!-- code: rleu -->", "rleu"),
    ("lesson.es.md", "<!-- quiz: quiz_2 -->", "<!-- quiz: quiz_3 -->", "quiz_3"),
    ("lesson.es.md", "<!-- setup -->", "<!-- stepup -->", "stepup"),
]


@pytest.mark.parametrize(("file", "old", "new", "names"), CASES, ids=lambda value: str(value)[:25])
def test_build_says_what_is_wrong_and_where_and_writes_nothing(
    autograder: Run, root: Path, tmp_path: Path, file: str, old: str, new: str, names: str
) -> None:
    shutil.copytree(root / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("examples"))
    path = tmp_path / "solutions/neuron" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    for language in ("es", "en"):
        done = autograder("build", "--lang", language, cwd=tmp_path)
        assert done.returncode == 2
        (sentence,) = done.stderr.splitlines()
        assert names in sentence
        assert re.search(r"solutions.neuron", sentence)
    assert not (tmp_path / "assignments").exists()


def test_a_reference_that_fails_a_check_is_told_before_anybody_is_graded(
    autograder: Run, root: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("examples"))
    path = tmp_path / "solutions/neuron/neuron.py"
    path.write_text(path.read_text(encoding="utf-8").replace("np.maximum", "np.minimum"), encoding="utf-8")
    submission = root / "tests/sample_class/angel/neuron.py"
    done = autograder("grade", submission, "--out", "out", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 2
    assert "the solution itself does not pass test_relu_of_a_number" in done.stderr
    assert len(done.stderr.splitlines()) == 1
