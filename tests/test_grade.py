"""`autograder grade`, from what a class handed in to the files that it writes: the contract that scripts rely on."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import Run

SAMPLE = Path(__file__).parent / "sample_class"
PARTS = {"sigmoid": 20, "relu": 15, "init": 25, "activate": 30, "quiz": 10}


def grades(out: Path) -> dict[str, dict[str, str]]:
    raw = (out / "grades.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return {row["student"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))}


def expected() -> dict[str, dict[str, str]]:
    text = SAMPLE.with_name("sample_class_expected.csv").read_text(encoding="utf-8")
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text)) if row["file"]}


@pytest.fixture(scope="module")
def graded(autograder: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("graded") / "grades"
    done = autograder("grade", SAMPLE, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_each_student_of_the_sample_class_loses_points_where_they_should(graded: Path) -> None:
    rows = grades(graded)
    assert set(rows) == set(expected())
    for student, wanted in expected().items():
        row = rows[student]
        assert (row["status"], row["file"], row["max_score"]) == ("graded", wanted["file"], "100")
        lost = {part for part, points in PARTS.items() if float(row[part]) < points}
        must, may = (set(filter(None, wanted[column].split(";"))) for column in ("loses", "may_lose"))
        assert must <= lost <= must | may, student
        assert float(row["score"]) == sum(float(row[part]) for part in PARTS)


def test_grades_csv_has_the_columns_of_the_contract(graded: Path) -> None:
    first_line = (graded / "grades.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first_line == "student,name,email,file,status,late,score,max_score,sigmoid,relu,init,activate,quiz"


def test_results_follow_gradescopes_schema_and_the_contract(graded: Path) -> None:
    document = json.loads((graded / "results" / "joaquin.json").read_text(encoding="utf-8"))
    assert document["score"] == 70
    for test in document["tests"]:
        assert {"name", "score", "max_score", "status", "output", "visibility", "extra_data"} == set(test)
        assert test["status"] in ("passed", "failed")
        assert set(test["extra_data"]) == {"part", "check", "outcome", "misconception"}
        assert test["extra_data"]["outcome"] in ("passed", "failed", "error", "timeout", "skipped")
    assert sum(test["max_score"] for test in document["tests"]) == 100
    extra = document["extra_data"]
    assert {"stdout", "isolation", "assignment_version", "submission_sha256", "seed"} <= set(extra)
    assert len(extra["submission_sha256"]) == 64


def test_hidden_checks_tell_no_values(graded: Path) -> None:
    document = json.loads((graded / "results" / "joaquin.json").read_text(encoding="utf-8"))
    hidden = [test for test in document["tests"] if test["visibility"] != "visible" and test["output"]]
    assert hidden
    assert not any("→" in test["output"] or "se esperaba" in test["output"] for test in hidden)
    visible = [test for test in document["tests"] if test["visibility"] == "visible" and test["output"]]
    assert all("→" in test["output"] and "se esperaba" in test["output"] for test in visible)


def test_a_syntax_error_is_shown_with_its_line_and_a_caret(graded: Path) -> None:
    document = json.loads((graded / "results" / "martina.json").read_text(encoding="utf-8"))
    assert document["score"] == 0
    assert {test["extra_data"]["outcome"] for test in document["tests"]} == {"skipped"}
    assert "^" in document["output"]
    assert "línea" in document["output"]


def test_a_zip_of_the_class_gives_the_same_grades(autograder: Run, graded: Path, tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "class"), "zip", SAMPLE.parent, SAMPLE.name)
    done = autograder("grade", tmp_path / "class.zip", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert (tmp_path / "out" / "grades.csv").read_bytes() == (graded / "grades.csv").read_bytes()


def test_moodles_folders_are_students(autograder: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "course.zip", "w") as archive:
        for name in ("Ana García_48215_assignsubmission_file", "Luis D'Angelo_48216_assignsubmission_file"):
            archive.write(SAMPLE / "maria_jose" / "neuron.py", f"{name}/neuron.py")
    assert autograder("grade", tmp_path / "course.zip", "--out", tmp_path / "out").returncode == 0
    assert [row["score"] for row in grades(tmp_path / "out").values()] == ["100", "100"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_lane_or_two_and_any_order_write_the_same_bytes(
    autograder: Run, graded: Path, tmp_path: Path, jobs: int
) -> None:
    sources = sorted(SAMPLE.iterdir(), reverse=True)
    done = autograder("grade", *sources, "--out", tmp_path / "out", "--jobs", jobs)
    assert done.returncode == 0
    for path in (graded / "results").iterdir():
        assert (tmp_path / "out" / "results" / path.name).read_bytes() == path.read_bytes()


def test_spanish_and_english_give_the_same_points(autograder: Run, graded: Path, tmp_path: Path) -> None:
    done = autograder("grade", SAMPLE, "--out", tmp_path / "out", "--lang", "en")
    assert "Isolation:" in done.stdout
    assert (tmp_path / "out" / "grades.csv").read_bytes() == (graded / "grades.csv").read_bytes()


def test_a_single_file_prints_every_check_the_points_of_each_part_and_the_total(
    autograder: Run, tmp_path: Path
) -> None:
    done = autograder("grade", SAMPLE / "joaquin" / "neuron.py", "--out", tmp_path / "out", "--lang", "en")
    assert done.returncode == 0
    assert "Activating the neuron: 0 of 30" in done.stdout
    assert "The sigmoid: 20 of 20" in done.stdout
    assert "Total: 70 of 100" in done.stdout
    assert "neuron.activate([2.0, 0.5]) →" in done.stdout
    assert "expected: 0.679179" in done.stdout
    assert done.stdout.count("✔") + done.stdout.count("✘") == 27


def test_on_a_terminal_there_is_a_table(tmp_path: Path, root: Path) -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "autograder", "grade", str(SAMPLE), "--out", str(tmp_path / "out")]
    env = os.environ | {"PYTHONPATH": str(root), "TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen(command, cwd=root, env=env, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        while True:
            try:
                part = os.read(controller, 65536)
            except OSError:  # the other end is closed
                break
            shown += part
        process.wait()
    os.close(controller)
    text = shown.decode("utf-8")
    assert "Corrigiendo" in text
    for student in ("joaquin", "ximena"):
        assert f"  {student} " in text
    assert "Estudiante" in text


def test_results_of_students_who_are_gone_are_removed(autograder: Run, tmp_path: Path) -> None:
    for student in ("ana", "luis"):
        shutil.copytree(SAMPLE / "angel", tmp_path / "class" / student)
    assert autograder("grade", tmp_path / "class", "--out", tmp_path / "out").returncode == 0
    shutil.rmtree(tmp_path / "class" / "luis")
    assert autograder("grade", tmp_path / "class", "--out", tmp_path / "out").returncode == 0
    assert [path.name for path in (tmp_path / "out" / "results").iterdir()] == ["ana.json"]


def test_strict_grades_where_the_sandbox_is_whole(autograder: Run, tmp_path: Path) -> None:
    path = SAMPLE / "angel" / "neuron.py"
    assert autograder("grade", path, "--out", tmp_path / "out", "--require", "strict").returncode == 0


@pytest.mark.parametrize("language", ["es", "en"])
def test_help_is_in_the_language_of_the_system_or_the_one_asked_for(autograder: Run, language: str) -> None:
    words = {"es": "uso: autograder", "en": "usage: autograder"}
    assert words[language] in autograder("--help", LC_ALL=f"{language}_XX.UTF-8").stdout
    assert words[language] in autograder("grade", "--help", "--lang", language).stdout


def test_help_loads_nothing_heavy(root: Path) -> None:
    program = (
        "import sys\nsys.argv = ['autograder', '--help']\nfrom autograder.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('numpy', 'pytest', 'rich') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
