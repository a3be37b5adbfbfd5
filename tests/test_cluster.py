"""Grading on a Dask cluster: a real scheduler and real workers, which are lost, refused and found wanting."""

import contextlib
import functools
import json
import os
import pickle
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT, Run
from lms_class import grades
from runs import below, files, start, wait_for_results
from test_attacks import old_kernel

from autograder import cluster
from autograder.assignment import Assignment
from autograder.cluster import open_cluster
from autograder.grading import Grader
from autograder.lanes import Job, grade_all, grade_chunk
from autograder.submission import read_submission
from autograder.texts import UserError

EXAMPLES = ROOT / "solutions/neuron/examples"
ATTACKS = ROOT / "tests/attacks"
NO_KIT = "sys.modules['autograder'] = None"
pytestmark = pytest.mark.slow


class Dask:
    """A scheduler and its workers, each as the `dask` command starts it."""

    def __init__(self, folder: Path, before: str = "") -> None:
        self._folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self._processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.scheduler = self._start("scheduler", *options, before=before)
        self._wait(lambda: file.exists() and file.stat().st_size > 0)
        self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]

    def add_worker(
        self, *options: str, before: str = "", kit: Path = ROOT, preexec: Callable[[], None] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a worker, after the Python statement `before`, and wait until the scheduler knows it."""
        log = self._folder / f"{len(self._processes)}.log"
        worker = self._start("worker", self.address, *options, before=before, kit=kit, preexec=preexec)
        self._wait(lambda: b"Registered to" in log.read_bytes())
        return worker

    def close(self) -> None:
        for process in self._processes:
            self.kill(process)

    @staticmethod
    def kill(process: "subprocess.Popen[bytes]") -> None:
        """Kill the process and its nanny's, as the loss of its machine does."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _start(
        self,
        *arguments: str,
        before: str = "",
        kit: Path = ROOT,
        preexec: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        program = f"import sys\n{before}\nfrom dask.__main__ import main\nif __name__ == '__main__': main()"
        with open(self._folder / f"{len(self._processes)}.log", "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", program, *arguments, "--dashboard-address", "127.0.0.1:0"],
                cwd=self._folder,
                env=os.environ | {"PYTHONPATH": str(kit), "TMPDIR": str(self.temporary)},
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=preexec,
            )
        self._processes.append(process)
        return process

    @staticmethod
    def _wait(is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + 30
        while not is_so():
            assert time.monotonic() < until
            time.sleep(0.02)


@pytest.fixture
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A scheduler without workers."""
    dask = Dask(tmp_path_factory.mktemp("dask"))
    yield dask
    dask.close()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dask, list[int]]]:
    """A scheduler with two workers, one of two threads and one that a nanny watches over; and their processes."""
    dask = Dask(tmp_path_factory.mktemp("dask"))
    plain = dask.add_worker("--no-nanny", "--nthreads", "2")
    watched = dask.add_worker("--nanny", "--nthreads", "1")
    yield dask, [plain.pid, watched.pid]
    dask.close()


@pytest.fixture(scope="module")
def class_of_60(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    for path in [*sorted((EXAMPLES / "right").glob("*.py"))[:20], *sorted((EXAMPLES / "wrong").glob("*.py"))[:40]]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def local(autograder: Run, class_of_60: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run without a cluster writes."""
    out = tmp_path_factory.mktemp("local") / "out"
    assert autograder("grade", class_of_60, "--out", out).returncode == 0
    return files(out)


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Honest files, and ten that take their time."""
    folder = tmp_path / "class"
    folder.mkdir()
    for i in range(10):
        shutil.copy(EXAMPLES / "right/lesson_version.py", folder / f"a{i}.py")
        shutil.copy(ATTACKS / "endless_loop.py", folder / f"b{i}.py")
    return folder


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the one sentence with which the command was not carried out."""
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    return done.stderr


def test_two_workers_write_the_same_bytes_as_one_machine(
    two: tuple[Dask, list[int]], autograder: Run, class_of_60: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    dask, workers = two
    done = autograder("grade", class_of_60, "--out", tmp_path / "out", "--cluster", dask.address)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Aislamiento: " in done.stdout
    assert files(tmp_path / "out") == local
    assert all(below(worker, b"autograder.sandbox") for worker in workers)
    assert list(dask.temporary.rglob("*.py")) == []  # the exercise is in no file any more


def test_an_exercise_that_changed_is_graded_with_its_new_checks(
    two: tuple[Dask, list[int]], autograder: Run, root: Path, tmp_path: Path
) -> None:
    dask, _ = two
    shutil.copytree(root / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("examples"))
    source = EXAMPLES / "right/lesson_version.py"

    def score() -> str:
        out = tmp_path / "out"
        done = autograder("grade", source, "--out", out, "--cluster", dask.address, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return grades(out)["lesson_version"]["sigmoid"]

    assert score() == "20"
    reference, checks = (tmp_path / "solutions/neuron" / name for name in ("neuron.py", "test_hidden.py"))
    reference.write_text(reference.read_text(encoding="utf-8") + "\nbase = 2\n", encoding="utf-8")
    before, begin, after = checks.read_text(encoding="utf-8").partition("def test_sigmoid_numbers(student, rng):\n")
    checks.write_text(f"{before}{begin}    assert student.base == 2\n{after}", encoding="utf-8")
    assert score() == "16"


def test_ctrl_c_ends_the_run_at_once_and_keeps_what_is_graded(
    two: tuple[Dask, list[int]], endless: Path, tmp_path: Path
) -> None:
    dask, _ = two
    run = start(endless, tmp_path / "out", "--cluster", dask.address)
    wait_for_results(tmp_path / "out", 5)
    run.send_signal(signal.SIGINT)
    begin = time.monotonic()
    printed, said = run.communicate(timeout=30)
    seconds = time.monotonic() - begin
    assert (run.returncode, said) == (130, "")
    assert seconds < 1.5
    assert "Interrumpido" in printed.splitlines()[-1]
    assert 4 <= len(grades(tmp_path / "out")) < 20  # the fifth may be in the middle of being written


def test_a_worker_lost_halfway_is_not_missed(
    dask: Dask, class_of_60: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    dask.add_worker("--nanny", "--nthreads", "1")
    lost = dask.add_worker("--no-nanny", "--nthreads", "1")
    run = start(class_of_60, tmp_path / "out", "--cluster", dask.address)
    wait_for_results(tmp_path / "out", 5)
    assert below(lost.pid, b"autograder.sandbox")
    dask.kill(lost)
    printed, said = run.communicate(timeout=60)
    assert (run.returncode, said) == (0, "")
    assert files(tmp_path / "out") == local
    told = Counter(line.split(":")[0] for line in printed.splitlines() if " de 100" in line)
    assert (len(told), set(told.values())) == (60, {1})  # each once


@pytest.mark.parametrize("what", ["its workers", "its scheduler"])
def test_a_lost_cluster_is_said_and_what_is_graded_is_kept(
    dask: Dask, endless: Path, tmp_path: Path, what: str
) -> None:
    worker = dask.add_worker("--nanny", "--nthreads", "1")
    out = tmp_path / "out"
    run = start(endless, out, "--cluster", dask.address)
    wait_for_results(out, 1)
    dask.kill(worker if what == "its workers" else dask.scheduler)
    begin = time.monotonic()
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.count("\n")) == (2, 1), said
    assert dask.address in said
    assert time.monotonic() - begin < 15
    with contextlib.closing(sqlite3.connect(out / "gradebook.sqlite")) as gradebook:
        kept = {student for (student,) in gradebook.execute("SELECT student FROM results")}
    assert kept == {path.stem for path in (out / "results").iterdir()} != set()


def test_a_worker_that_its_nanny_starts_again_is_waited_for(
    dask: Dask, assignment: Assignment, class_of_60: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE_SECONDS", 60)
    nanny = dask.add_worker("--nanny", "--nthreads", "1")
    submissions = [read_submission(path.stem, path.name, path.read_bytes()) for path in class_of_60.iterdir()]
    with open_cluster(dask.address, assignment, seed=1) as opened:
        results = opened.grade(submissions)
        students = [next(results).student]
        (worker,) = below(nanny.pid, b"spawn_main")
        os.kill(worker, signal.SIGKILL)
        students += [result.student for result in results]
    assert sorted(students) == sorted(submission.student for submission in submissions)


def test_nobody_grades_where_the_sandbox_is_not_in_force(
    dask: Dask, autograder: Run, endless: Path, tmp_path: Path
) -> None:
    dask.add_worker("--no-nanny", "--nthreads", "1")
    run = start(endless, tmp_path / "joined", "--lang", "en", "--cluster", dask.address)
    wait_for_results(tmp_path / "joined", 1)
    dask.add_worker("--no-nanny", "--nthreads", "1", preexec=old_kernel)  # when grading has begun
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.count("\n")) == (2, 1), said
    assert "landlock: unavailable" in said
    before = autograder("grade", endless, "--out", tmp_path / "out", "--lang", "en", "--cluster", dask.address)
    assert "Nothing is graded on tcp://127.0.0.1:" in refused(before)
    assert "landlock: unavailable" in before.stderr
    assert list((tmp_path / "out" / "results").iterdir()) == []


def test_a_worker_without_this_very_kit_is_refused(dask: Dask, autograder: Run, tmp_path: Path) -> None:
    source = EXAMPLES / "right/lesson_version.py"

    def grade() -> str:
        arguments = ("--out", tmp_path / "out", "--lang", "en", "--cluster", dask.address)
        return refused(autograder("grade", source, *arguments))

    worker = dask.add_worker("--no-nanny", before=NO_KIT)
    assert "install this very version of the kit there" in grade()
    dask.kill(worker)
    shutil.copytree(ROOT / "autograder", tmp_path / "other/autograder")
    with open(tmp_path / "other/autograder/grade.py", "a", encoding="utf-8") as file:
        file.write("# another version\n")
    dask.add_worker("--no-nanny", kit=tmp_path / "other")
    assert "does not run this very version of the kit" in grade()


def test_a_scheduler_without_the_kit_is_refused(assignment: Assignment, tmp_path: Path) -> None:
    dask = Dask(tmp_path, before=NO_KIT)
    try:
        dask.add_worker("--no-nanny")
        with pytest.raises(UserError, match=r"error\.scheduler_kit"), open_cluster(dask.address, assignment, seed=1):
            pass
    finally:
        dask.close()


def test_a_scheduler_without_workers_is_said(
    dask: Dask, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE_SECONDS", 0.5)
    with pytest.raises(UserError, match=r"error\.no_workers"), open_cluster(dask.address, assignment, seed=1):
        pass


@pytest.mark.parametrize("address", ["", "nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1:1", "a listener"])
def test_an_address_without_a_scheduler_is_said(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        if address == "a listener":  # that never answers
            address = f"127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(UserError, match=r"error\.no_scheduler"), open_cluster(address, assignment, seed=1):
            pass


def test_no_scheduler_is_said_in_one_sentence_and_soon(autograder: Run, tmp_path: Path) -> None:
    begin = time.monotonic()
    done = autograder(
        "grade", ROOT / "tests/sample_class", "--out", tmp_path, "--lang", "en", "--cluster", "127.0.0.1:1"
    )
    assert "No Dask scheduler answers at 127.0.0.1:1:" in refused(done)
    assert time.monotonic() - begin < 10


def test_dask_is_loaded_only_where_it_is_used_and_missed_in_a_sentence(tmp_path: Path) -> None:
    program = (
        "import sys, autograder.commands.grade\nassert 'distributed' not in sys.modules\n"
        "sys.modules['distributed'] = None\nfrom autograder.cli import main\nmain()"
    )
    source = EXAMPLES / "right/lesson_version.py"
    command = ["grade", str(source), "--out", str(tmp_path), "--lang", "en", "--cluster", "127.0.0.1:8786"]
    done = subprocess.run([sys.executable, "-c", program, *command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert "pip install 'autograder[cluster]'" in refused(done)


def test_any_executor_will_do(assignment: Assignment, grader: Grader) -> None:
    paths = sorted((EXAMPLES / "wrong").glob("relu_*.py"))
    submissions = [read_submission(path.stem, path.name, path.read_bytes()) for path in paths]
    job = Job(ROOT, assignment.name, seed=None)
    with ThreadPoolExecutor(2) as executor:
        results = list(grade_all(functools.partial(grade_chunk, job), submissions, executor, lambda: 2))
    assert sorted(results, key=lambda result: result.student) == [grader.grade(each) for each in submissions]


def test_jobs_and_a_cluster_are_two_ways_to_say_it(autograder: Run, tmp_path: Path) -> None:
    done = autograder("grade", ROOT, "--out", tmp_path, "--jobs", 2, "--cluster", "x:1", "--lang", "en")
    assert "it does not go together with --jobs" in refused(done)


def test_a_sentence_of_a_worker_arrives_whole() -> None:
    error = UserError("error.foreign_output", name="a.csv", path="/grades")
    assert pickle.loads(pickle.dumps(error)).message == error.message
