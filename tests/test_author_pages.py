"""The way from nothing to a graded, packaged exercise: every command that authors read is run as they read it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from autograder.validation.mutants import mutants


def commands(text: str) -> str:
    return "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


def author_section(readme: str) -> str:
    return readme.split("\n## Author\n")[1].split("\n## ")[0]


def run_as_read(script: str, folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | {"PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_authors_page_leads_from_nothing_to_a_graded_packaged_exercise(root: Path, tmp_path: Path) -> None:
    run_as_read(commands((root / ".github/AUTHORS.md").read_text(encoding="utf-8")), tmp_path)
    course = tmp_path / "my_course"
    assert {path.name for path in (course / "zips").iterdir()} == {
        "temperatures-en.zip",
        "temperatures-gradescope.zip",
        "autograder.zip",
    }
    assert (course / "assignments/temperatures/es/temperatures.ipynb").is_file()
    assert (course / "grades/grades.csv").read_text(encoding="utf-8-sig").count("graded") == 3


@pytest.mark.slow
def test_the_readme_begins_an_exercise(root: Path, tmp_path: Path) -> None:
    section = author_section((root / "README.md").read_text(encoding="utf-8"))
    assert len(section.splitlines()) <= 40  # a screen
    run_as_read(commands(section), tmp_path)
    assert (tmp_path / "assignments/my_exercise/en/my_exercise.py").is_file()


def test_the_readme_counts_the_mutants_rightly(root: Path) -> None:
    count = len(mutants((root / "solutions/neuron/neuron.py").read_text(encoding="utf-8")))
    assert f"{count} mutants of the solution" in (root / "README.md").read_text(encoding="utf-8")


def test_the_python_on_the_page_is_what_new_writes(root: Path) -> None:
    page = (root / ".github/AUTHORS.md").read_text(encoding="utf-8")
    check, misconception = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    template = root / "autograder/build/template"
    assert check in (template / "test_hidden.py").read_text(encoding="utf-8")
    assert misconception in (template / "misconceptions.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["es", "en"])
def test_new_begins_an_exercise_that_builds_validates_and_grades(
    autograder: Run, tmp_path: Path, language: str
) -> None:
    made = autograder("new", "Lists_2", "--lang", language, cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert autograder("validate", cwd=tmp_path).returncode == 0
    inside = tmp_path / "solutions/Lists_2"
    assert autograder("build", cwd=inside).returncode == 0
    assert autograder("grade", inside / "Lists_2.py", "--out", "grades", cwd=tmp_path).returncode == 0
    assert "graded,,10,10,8,2" in (tmp_path / "grades/grades.csv").read_text(encoding="utf-8-sig")
    left = [path for path in tmp_path.rglob("*.*") if path.is_file() and "NAME" in path.name]
    assert left == []


def test_new_adds_to_the_course_that_it_is_called_in(autograder: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert autograder("new", name, cwd=tmp_path).returncode == 0
        (tmp_path / "deep/below").mkdir(parents=True, exist_ok=True)
    assert autograder("new", "three", cwd=tmp_path / "deep/below").returncode == 0
    assert {path.name for path in (tmp_path / "solutions").iterdir()} == {"one", "two", "three"}
    for words in (["validate", "two"], ["validate", "--assignment", "two"]):
        assert autograder(*words, cwd=tmp_path).returncode == 0
    refused = autograder("validate", cwd=tmp_path)
    assert refused.returncode == 2
    assert "one, three, two" in refused.stderr


@pytest.mark.parametrize(
    "name", ["two words", "../up", "", "2nd", "año", "class", "numpy", "random", "conftest", "a.b"]
)
def test_a_name_that_cannot_be_a_module_is_refused_in_a_sentence(autograder: Run, tmp_path: Path, name: str) -> None:
    for language in ("es", "en"):
        done = autograder("new", name, "--lang", language, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        (sentence,) = done.stderr.splitlines()
        assert name in sentence
    assert list(tmp_path.iterdir()) == []


def test_an_exercise_that_is_there_stays_as_it_is(autograder: Run, tmp_path: Path) -> None:
    assert autograder("new", "mine", cwd=tmp_path).returncode == 0
    path = tmp_path / "solutions/mine/mine.py"
    path.write_text("changed = True\n", encoding="utf-8")
    done = autograder("new", "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert "solutions/mine" in done.stderr
    assert path.read_text(encoding="utf-8") == "changed = True\n"
