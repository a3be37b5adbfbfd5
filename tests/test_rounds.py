"""Late work, and the same download again: what is graded anew, and what goes back."""

import csv
import io
import shutil
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from lms_class import LMS, grades

from autograder.late import Lateness, LatePolicy, days_late, deduction, lateness

FOLDER = LMS / "moodle/individual"
ZIP, SHEET = FOLDER / "submissions_flat_es.zip", FOLDER / "worksheet_es.csv"


def changed_zip(path: Path, numbers: set[str]) -> Path:
    """Return the download with other submissions of the students of those numbers."""
    with zipfile.ZipFile(ZIP) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            more = b"\nrelu = None\n" if entry.filename.split("_")[1] in numbers else b""
            new.writestr(entry, old.read(entry) + more)
    return path


def in_upload(out: Path) -> set[str]:
    rows = csv.reader(io.StringIO((out / "moodle.csv").read_text(encoding="utf-8-sig"), newline=""))
    return {row[0].removeprefix("Participante") for row in list(rows)[1:]}


def in_feedback(out: Path) -> set[str]:
    with zipfile.ZipFile(out / "moodle_feedback.zip") as archive:
        return {name.split("_")[1] for name in archive.namelist()}


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith("gradebook")
    }


def test_a_second_round_grades_and_returns_only_what_changed(autograder: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = autograder("grade", ZIP, "--gradebook", SHEET, "--out", out)
    assert (first.returncode, len(in_upload(out))) == (0, 14)
    whole = files(out)

    again = autograder("grade", ZIP, "--gradebook", SHEET, "--out", out, "--lang", "es")
    assert "14 sin cambios" not in first.stdout
    assert "15 sin cambios" in again.stdout
    assert files(out) == whole  # the round was not over for those who upload: nothing is taken from them

    changed = {"48215", "48211", "48223", "48224", "48218"}
    download = changed_zip(tmp_path / "second.zip", changed)
    second = autograder("grade", download, "--gradebook", SHEET, "--out", out)
    assert "10 sin cambios" in second.stdout
    assert in_upload(out) == in_feedback(out) == changed
    assert {row["score"] for key, row in grades(out).items() if key in changed} == {"85"}
    assert len(grades(out)) == 15  # the whole class, as ever

    autograder("grade", download, "--gradebook", SHEET, "--out", out, "--all")
    assert len(in_upload(out)) == 14


def test_another_deadline_changes_grades_without_grading(autograder: Run, root: Path, tmp_path: Path) -> None:
    course, out = tmp_path / "course", tmp_path / "out"
    shutil.copytree(root / "solutions", course / "solutions", ignore=shutil.ignore_patterns("examples"))
    settings = course / "solutions/neuron/assignment.toml"
    text = settings.read_text(encoding="utf-8")

    def grade(late: str) -> str:
        settings.write_text(f"{text}\n[late]\n{late}\n", encoding="utf-8")
        done = autograder("grade", ZIP, "--gradebook", SHEET, "--out", out, cwd=course)
        assert done.returncode == 0, done.stderr
        return done.stdout

    grade("points_per_day = 10")
    beatriz = grades(out)["48218"]  # a day and eight hours late
    assert (beatriz["score"], beatriz["late"], beatriz["sigmoid"]) == ("80", "yes", "20")
    assert "Días de retraso: 2. Se descuentan 20 puntos de 100." in (out / "feedback/48218.html").read_text("utf-8")
    assert '"raw_score": 100.0' in (out / "results/48218.json").read_text("utf-8")

    assert "15 sin cambios" in grade("points_per_day = 5")
    assert grades(out)["48218"]["score"] == "90"
    assert in_upload(out) == {"48218"}

    grade("points_per_day = 5\ngrace_minutes = 1920")
    assert (grades(out)["48218"]["score"], grades(out)["48218"]["late"]) == ("100", "no")

    grade("grace_minutes = 15")  # a rule without a deduction
    assert (grades(out)["48218"]["score"], grades(out)["48218"]["late"]) == ("100", "yes")
    assert "<p>La entrega llegó tarde.</p>" in (out / "feedback/48218.html").read_text("utf-8")


def test_a_round_without_the_sheet_is_not_over(autograder: Run, root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(root / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("examples"))
    with (tmp_path / "solutions/neuron/assignment.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[late]\npoints_per_day = 10\n")
    first = autograder("grade", ZIP, "--out", out, "--lang", "en", cwd=tmp_path)
    assert "For 14 submissions it is not known whether they came late" in first.stderr
    assert autograder("grade", ZIP, "--gradebook", SHEET, "--out", out, cwd=tmp_path).stderr == ""
    assert len(in_upload(out)) == 14  # and not only the one whom the sheet calls late
    assert grades(out)["48218"]["score"] == "80"


@pytest.mark.parametrize(
    ("late", "told"),
    [
        ("points_per_day = -1", "points_per_day"),
        ("points_per_day = 1\ndeadline = 2026-10-18T23:59:00", "+02:00"),
        ("per_day = 1", "per_day"),
    ],
)
def test_a_late_policy_that_makes_no_sense_is_refused(
    autograder: Run, root: Path, tmp_path: Path, late: str, told: str
) -> None:
    shutil.copytree(root / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("examples"))
    with (tmp_path / "solutions/neuron/assignment.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[late]\n{late}\n")
    done = autograder("grade", ZIP, "--out", tmp_path / "out", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert told in done.stderr


def test_lateness_compares_instants_across_a_clock_change() -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    deadline = datetime(2026, 10, 25, 2, 30, tzinfo=summer)
    assert lateness(datetime(2026, 10, 25, 2, 30, tzinfo=winter), deadline) == Lateness(3600)
    assert lateness(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), deadline) == Lateness(0)


@given(st.integers(0, 10**7), st.floats(0, 100), st.floats(0, 1e4), st.floats(0, 100))
def test_a_deduction_is_bounded_and_grows_with_the_days(
    seconds: int, per_day: float, grace: float, score: float
) -> None:
    policy = LatePolicy(points_per_day=per_day, grace_minutes=grace)
    lost = deduction(Lateness(seconds), policy, score)
    assert 0 <= lost <= score
    assert lost <= deduction(Lateness(seconds + 86_400), policy, score)
    if seconds <= grace * 60:
        assert lost == 0
    assert deduction(Lateness(None), policy, score) == deduction(None, policy, score) == 0
    assert (days_late(Lateness(seconds)) or 0) * 86_400 >= seconds


def test_a_second_run_into_the_same_folder_is_refused(autograder: Run, tmp_path: Path) -> None:
    assert autograder("grade", ZIP, "--out", tmp_path).returncode == 0
    base = sqlite3.connect(tmp_path / "gradebook.sqlite", isolation_level=None)
    base.execute("PRAGMA locking_mode=EXCLUSIVE")
    base.execute("BEGIN EXCLUSIVE")
    done = autograder("grade", ZIP, "--out", tmp_path, "--lang", "en")
    base.close()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Another run is writing into" in done.stderr
