"""Runs that are killed, at any moment and any part of them, and what the same command makes of it afterwards."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run
from lms_class import grades
from runs import below, files, is_alive, start, wait_for_results

EXAMPLES = ROOT / "solutions/neuron/examples"


@pytest.fixture(scope="module")
def class_of_80(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    for path in [*sorted((EXAMPLES / "right").glob("*.py"))[:30], *sorted((EXAMPLES / "wrong").glob("*.py"))[:50]]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(autograder: Run, class_of_80: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    assert autograder("grade", class_of_80, "--out", out).returncode == 0
    return files(out)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_killed_again_and_again_ends_as_if_nothing_had_been(
    class_of_80: Path, undisturbed: dict[str, bytes], tmp_path: Path, jobs: str
) -> None:
    out, moments = tmp_path / "out", random.Random(int(jobs))
    kills = 0
    while kills < 8:
        run = start(class_of_80, out, "--jobs", jobs)
        try:
            run.communicate(timeout=moments.uniform(0.3, 1.3))
        except subprocess.TimeoutExpired:
            lanes = below(run.pid, b"autograder")
            run.kill()
            run.communicate(timeout=20)
            kills += 1
            time.sleep(0.5)
            assert [pid for pid in lanes if is_alive(pid)] == []  # nobody outlives the grader
        else:
            assert run.returncode == 0
            shutil.rmtree(out)  # it came through before it was killed: again
    run = start(class_of_80, out, "--jobs", jobs)
    run.communicate(timeout=60)
    assert run.returncode == 0
    assert files(out) == undisturbed


@pytest.mark.parametrize(
    "left",
    [
        ["results/"],
        ["results/", "feedback/"],
        ["results/", "feedback/", "gradebook.sqlite"],
        ["results/", "feedback/", "gradebook.sqlite", "gradebook.sqlite-journal"],
        ["results/.ainhoa.json.part", "feedback/.ainhoa.html.part", "gradebook.sqlite"],
        ["results/ainhoa.json", "feedback/ainhoa.html", "gradebook.sqlite", "grades.csv"],  # as a power cut leaves them
    ],
)
def test_whatever_a_run_had_only_begun_to_write_the_next_one_goes_on(
    autograder: Run, root: Path, tmp_path: Path, left: list[str]
) -> None:
    for name in left:
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.touch()
    done = autograder("grade", root / "tests/sample_class", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(grades(tmp_path / "out")) == 14


def kill_all(pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "what"), [("1", "the workers"), ("1", "zygote and workers"), ("2", "a lane")])
def test_whoever_is_killed_below_the_grader_is_replaced(
    class_of_80: Path, undisturbed: dict[str, bytes], tmp_path: Path, jobs: str, what: str
) -> None:
    out = tmp_path / "out"
    run = start(class_of_80, out, "--jobs", jobs)
    for count in (5, 20, 40):
        wait_for_results(out, count)
        sandboxed = below(run.pid, b"autograder.sandbox")
        match what:
            case "the workers":
                kill_all(sandboxed[1:])  # the first is the zygote
            case "zygote and workers":
                kill_all(sandboxed)
            case "a lane":
                kill_all(below(run.pid, b"spawn_main")[:1])
    run.communicate(timeout=60)
    assert run.returncode == 0
    assert files(out) == undisturbed


@pytest.mark.slow
def test_a_full_disk_is_said_and_what_was_graded_is_kept(
    class_of_80: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", disk]).returncode != 0:
        pytest.skip("needs to mount a small disk")
    try:
        run = start(class_of_80, disk / "out")
        _, said = run.communicate(timeout=60)
        assert (run.returncode, said.count("\n")) == (2, 1), said
        assert str(disk / "out") in said
        subprocess.run(["mount", "-o", "remount,size=50m", disk], check=True)
        run = start(class_of_80, disk / "out")
        printed, _ = run.communicate(timeout=60)
        assert run.returncode == 0
        assert "sin cambios" in printed
        assert files(disk / "out") == undisturbed
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.slow
def test_an_output_folder_that_disappears_is_said(
    class_of_80: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run = start(class_of_80, out)
    wait_for_results(out, 10)
    out.rename(tmp_path / "elsewhere")
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.count("\n")) == (2, 1), said
    run = start(class_of_80, out)
    run.communicate(timeout=60)
    assert (run.returncode, files(out)) == (0, undisturbed)


@pytest.mark.slow
def test_two_runs_into_one_folder_at_once_are_one_too_many(class_of_80: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "class", tmp_path / "out"
    source.mkdir()
    shutil.copy(sorted(class_of_80.iterdir())[0], source / "a.py")
    (source / "b.py").write_text("import time\n\ntime.sleep(4)\n", encoding="utf-8")  # takes its time
    first = start(source, out)
    try:
        wait_for_results(out, 1)
        second = start(source, out)
        _, said = second.communicate(timeout=60)
    finally:
        first.communicate(timeout=60)
    assert (second.returncode, said.count("\n")) == (2, 1)
    assert "Otra ejecución está escribiendo" in said
    assert (first.returncode, len(grades(out))) == (0, 2)


def test_a_fault_of_the_kits_own_is_never_a_zero_and_is_graded_again(
    autograder: Run, class_of_80: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder.assignment import load_assignment
    from autograder.commands.grade import Request, grade
    from autograder.sandbox.process import SandboxError
    from autograder.session import Session

    source = tmp_path / "class"
    source.mkdir()
    for path in sorted(class_of_80.iterdir())[:3]:
        shutil.copy(path, source)
    victim = sorted(source.iterdir())[1].stem
    whole, calls = Session.load, iter(range(1000))

    def load(self: Session) -> None:
        if next(calls) in (4, 5):  # after the rehearsal and the first student: the second, and once more
            raise SandboxError("no worker")
        whole(self)

    request = Request([source], tmp_path / "out", "en", jobs=1)
    monkeypatch.setattr(Session, "load", load)
    assert grade(load_assignment(ROOT, "neuron"), request) == 3
    rows = grades(tmp_path / "out")
    assert (rows[victim]["status"], rows[victim]["score"]) == ("grader error", "")
    assert [row["status"] for row in rows.values()].count("graded") == 2
    monkeypatch.undo()
    assert grade(load_assignment(ROOT, "neuron"), request) == 0
    assert grades(tmp_path / "out")[victim]["status"] == "graded"


def test_one_core_or_two_and_any_order_give_the_same_bytes(
    autograder: Run, class_of_80: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    assert autograder("grade", class_of_80, "--out", tmp_path / "two", "--jobs", 2).returncode == 0
    assert files(tmp_path / "two") == undisturbed
    backwards = sorted(class_of_80.iterdir(), reverse=True)
    assert autograder("grade", *backwards, "--out", tmp_path / "back", "--jobs", 1).returncode == 0
    back = files(tmp_path / "back")
    rows = {name: content for name, content in undisturbed.items() if name != "grades.csv"}
    assert {name: content for name, content in back.items() if name != "grades.csv"} == rows
    assert sorted(back["grades.csv"].splitlines()) == sorted(undisturbed["grades.csv"].splitlines())


def test_each_language_gives_the_same_points(
    autograder: Run, class_of_80: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    assert autograder("grade", class_of_80, "--out", tmp_path, "--lang", "en").returncode == 0
    english = files(tmp_path)
    assert english["grades.csv"] == undisturbed["grades.csv"]
    for name, content in english.items():
        if name.endswith(".json"):
            points = [test["score"] for test in json.loads(content)["tests"]]
            assert points == [test["score"] for test in json.loads(undisturbed[name])["tests"]]


def test_what_is_unchanged_is_not_even_written(autograder: Run, root: Path, tmp_path: Path) -> None:
    """To replace files takes a disk longer than all else: a thousand who are known are a matter of a second."""
    out = tmp_path / "out"

    def inodes(language: str) -> dict[str, int]:
        assert autograder("grade", root / "tests/sample_class", "--out", out, "--lang", language).returncode == 0
        return {name: (out / name).stat().st_ino for name in files(out)}

    first = inodes("es")
    assert inodes("es") == first
    assert inodes("en")["feedback/ainhoa.html"] != first["feedback/ainhoa.html"]


@pytest.mark.parametrize("change", ["the exercise", "the kit", "the seed", "--force"])
def test_what_a_result_depends_on_is_graded_anew_when_it_changes(
    autograder: Run, root: Path, tmp_path: Path, change: str
) -> None:
    shutil.copytree(root / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("examples"))
    shutil.copytree(root / "autograder", tmp_path / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    source = root / "tests/sample_class"

    def grade(*more: object) -> str:
        where = {"cwd": tmp_path, "PYTHONPATH": str(tmp_path)}
        done = autograder("grade", source, "--out", tmp_path / "out", "--lang", "en", *more, **where)
        assert done.returncode == 0
        return done.stdout

    grade()
    assert "14 unchanged" in grade()
    more: dict[str, Callable[[], str]] = {"the seed": lambda: grade("--seed", 5), "--force": lambda: grade("--force")}
    files = {"the exercise": "solutions/neuron/test_hidden.py", "the kit": "autograder/sandbox/worker.py"}
    if change in files:
        changed = tmp_path / files[change]
        changed.write_text(changed.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    said = more.get(change, grade)()
    assert "unchanged" not in said
    assert ("14 graded again" in said) == (change != "--force")
