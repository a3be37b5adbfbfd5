"""What goes wrong on the command line is said in one line; what is wrong with a file costs only that file."""

import contextlib
import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import ROOT, Run

from autograder.texts import LANGUAGES

HONEST = ROOT / "solutions" / "neuron" / "neuron.py"
LOOP = "while True: pass\n"
SECONDS_TO_STOP = 2.0

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")


class Bad(NamedTuple):
    """A command that can't be carried out; `named` is what its one line must name."""

    arguments: list[Any]
    named: Any
    cwd: Path = ROOT


BAD: dict[str, tuple[str, str, Callable[[Path], Bad]]] = {}


def bad(spanish: str, english: str) -> Callable[[Callable[[Path], Bad]], None]:
    """Add to the table a command, and words of what is to be said of it in each language."""

    def add(make: Callable[[Path], Bad]) -> None:
        BAD[make.__name__] = spanish, english, make

    return add


def make_class(folder: Path, **sources: str) -> Path:
    """Make a folder for each student, with an honest solution or the one given."""
    for student, source in sources.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "neuron.py").write_text(source, encoding="utf-8")
    return folder


def honest() -> str:
    return HONEST.read_text(encoding="utf-8")


def graded(folder: Path, source: Path, out: object = None) -> list[object]:
    return ["grade", source, "--out", out or folder / "out"]


def written(path: Path, content: bytes | str = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def course(folder: Path, **settings: str) -> Path:
    for name, text in settings.items():
        written(folder / "solutions" / name / "assignment.toml", text)
    return folder


def everything_in(folder: Path) -> dict[str, object]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else None)
        for path in folder.rglob("*")
    }


def grades(out: Path) -> dict[str, dict[str, str]]:
    raw = (out / "grades.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return {row["student"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))}


def result(out: Path, student: str) -> dict[str, Any]:
    return json.loads((out / "results" / f"{student}.json").read_text(encoding="utf-8"))


def said(stderr: str) -> list[str]:
    """Return the lines of stderr, but for the warning where a machine lacks a layer of isolation."""
    return [line for line in stderr.splitlines() if not line.startswith(("ATENCIÓN: ", "WARNING: "))]


# Commands that can't be carried out


@bad("no existe", "does not exist")
def no_such_path(folder: Path) -> Bad:
    return Bad(graded(folder, folder / "nada"), folder / "nada")


@bad("no existe", "does not exist")
def one_path_of_two_does_not_exist(folder: Path) -> Bad:
    return Bad(["grade", HONEST, folder / "nada.py", "--out", folder / "out"], folder / "nada.py")


@bad("no existe", "does not exist")
def a_path_of_two_lines(folder: Path) -> Bad:
    return Bad(graded(folder, folder / "una\ncosa"), "cosa")


@bad("no existe", "does not exist")
def a_path_that_is_not_utf8(folder: Path) -> Bad:
    return Bad(graded(folder, folder / "espa\udcf1a"), folder / "espa")


@bad("no se puede leer", "cannot be read")
def a_path_that_is_too_long(folder: Path) -> Bad:
    return Bad(graded(folder, folder / ("n" * 5000)), folder)


@bad("está vacío", "is empty")
def an_empty_folder(folder: Path) -> Bad:
    (folder / "class").mkdir()
    return Bad(graded(folder, folder / "class"), folder / "class")


@bad("no hay ningún archivo .py", "no .py")
def a_folder_without_python(folder: Path) -> Bad:
    written(folder / "class" / "ana" / "notas.txt", "hola")
    return Bad(graded(folder, folder / "class"), folder / "class")


@bad("no es ni una carpeta", "neither a folder")
def neither_folder_nor_zip_nor_python(folder: Path) -> Bad:
    path = written(folder / "neuron.docx", "hola")
    return Bad(graded(folder, path), path)


@bad("no es un zip", "not a zip")
def a_zip_that_is_none(folder: Path) -> Bad:
    path = written(folder / "class.zip", "hola")
    return Bad(graded(folder, path), path)


@bad("no es un zip", "not a zip")
def a_zip_cut_short(folder: Path) -> Bad:
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.write(HONEST, "ana/neuron.py")
    path = written(folder / "class.zip", (folder / "class.zip").read_bytes()[:-10])
    return Bad(graded(folder, path), path)


@bad("no es de este programa (tesis.docx)", "not this program's (tesis.docx)")
def somebodys_file_in_out(folder: Path) -> Bad:
    written(folder / "out" / "tesis.docx", "muchos años")
    return Bad(graded(folder, HONEST), folder / "out")


@bad("no es de este programa (grades.csv)", "not this program's (grades.csv)")
def somebody_elses_grades(folder: Path) -> Bad:
    written(folder / "out" / "grades.csv", "name,grade\nAna,10\n")
    return Bad(graded(folder, HONEST), folder / "out")


@bad("no es de este programa (results/", "not this program's (results/")
def somebody_elses_results(folder: Path) -> Bad:
    written(folder / "out" / "results" / "experiment.json", '{"loss": 0.1}')
    return Bad(graded(folder, HONEST), folder / "out")


@bad("no se puede escribir", "cannot be written")
def out_is_a_file(folder: Path) -> Bad:
    out = written(folder / "out", "mío")
    return Bad(graded(folder, HONEST, out), out)


@bad("no se puede escribir", "cannot be written")
def out_is_below_a_file(folder: Path) -> Bad:
    out = written(folder / "file", "mío") / "out"
    return Bad(graded(folder, HONEST, out), out)


@bad("no se puede escribir", "cannot be written")
def out_is_a_link_to_nowhere(folder: Path) -> Bad:
    (folder / "out").symlink_to(folder / "nada")
    return Bad(graded(folder, HONEST), folder / "out")


@bad("no se puede escribir", "cannot be written")
def out_is_a_link_to_itself(folder: Path) -> Bad:
    (folder / "out").symlink_to("out")
    return Bad(graded(folder, make_class(folder / "class", ana=honest())), folder / "out")


@bad("está dentro de", "lies inside")
def out_is_inside_the_source(folder: Path) -> Bad:
    source = make_class(folder / "class", ana=honest())
    return Bad(graded(folder, source, source / "out"), source / "out")


@bad("está dentro de", "lies inside")
def out_is_the_source(folder: Path) -> Bad:
    source = make_class(folder / "class", ana=honest())
    return Bad(graded(folder, source, source), source)


@bad("está dentro de", "lies inside")
def out_is_inside_the_source_by_a_link(folder: Path) -> Bad:
    source = make_class(folder / "class", ana=honest())
    (folder / "link").symlink_to(source)
    return Bad(graded(folder, source, folder / "link" / "out"), folder / "link" / "out")


@bad("El ejercicio «neurona» no está", 'The exercise "neurona" is not')
def an_unknown_assignment(folder: Path) -> Bad:
    return Bad([*graded(folder, HONEST), "--assignment", "neurona"], ROOT / "solutions")


@bad("No hay ninguna carpeta `solutions`", "There is no folder `solutions`")
def outside_of_any_course(folder: Path) -> Bad:
    return Bad(graded(folder, HONEST), folder, folder)


@bad("Hay varios ejercicios", "There are several exercises")
def a_course_of_several_assignments(folder: Path) -> Bad:
    return Bad(graded(folder, HONEST), "layer, perceptron", course(folder, perceptron="", layer=""))


@bad("no se puede leer", "cannot be read")
def a_broken_assignment(folder: Path) -> Bad:
    path = folder / "solutions" / "layer" / "assignment.toml"
    return Bad(graded(folder, HONEST), path, course(folder, layer="version = \n"))


@bad("esto no se entiende", "not understood")
def an_unknown_option(folder: Path) -> Bad:
    return Bad([*graded(folder, HONEST), "--fast"], "--fast")


@bad("falta: --out", "missing: --out")
def no_out(folder: Path) -> Bad:
    return Bad(["grade", HONEST], "--out")


@bad("falta: SOURCE", "missing: SOURCE")
def no_source(folder: Path) -> Bad:
    return Bad(["grade", "--out", folder / "out"], "SOURCE")


@bad("falta un valor", "a value is missing")
def out_without_its_folder(folder: Path) -> Bad:
    return Bad(["grade", HONEST, "--out"], "--out")


@bad("no vale", "is not possible")
def an_unknown_command(folder: Path) -> Bad:
    return Bad(["gradee", HONEST, "--out", folder / "out"], "gradee")


@bad("no es un número", "is not a")
def jobs_in_words(folder: Path) -> Bad:
    return Bad([*graded(folder, HONEST), "--jobs", "dos"], "--jobs")


@bad("no es un número entero", "is not a whole number")
def jobs_and_a_half(folder: Path) -> Bad:
    return Bad([*graded(folder, HONEST), "--jobs", "1.5"], "--jobs")


@bad("no es un número", "is not a")
def a_seed_in_words(folder: Path) -> Bad:
    return Bad([*graded(folder, HONEST), "--seed", "azar"], "--seed")


@pytest.mark.parametrize("name", BAD)
def test_what_can_not_be_done_is_said_in_one_line_and_nothing_is_touched(
    autograder: Run, tmp_path: Path, name: str
) -> None:
    *words, make = BAD[name]
    arguments, named, cwd = make(tmp_path)
    before = everything_in(tmp_path)

    def run(language: str) -> subprocess.CompletedProcess[str]:
        return autograder(*arguments[:1], "--lang", language, *arguments[1:], cwd=cwd)

    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        spanish, english = pool.map(run, ("es", "en"))
    for done, said, other in ((spanish, *words), (english, *reversed(words))):
        assert done.returncode == 2, done
        assert done.stdout == ""
        assert done.stderr.endswith("\n")
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert said in done.stderr
        assert other not in done.stderr
        assert str(named) in done.stderr
    assert everything_in(tmp_path) == before


def test_hidden_files_of_somebody_else_in_out_survive(autograder: Run, tmp_path: Path) -> None:
    for name in (".gitkeep", ".writable"):
        written(tmp_path / "out" / name, "mío")
    autograder(*graded(tmp_path, HONEST))
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob(".*")} == {
        ".gitkeep": "mío".encode(),
        ".writable": "mío".encode(),
    }


# Files that can't be graded, in a class that can


def class_with_problems(folder: Path) -> tuple[Path, dict[str, str]]:
    """Return a class folder, and for each student whose file can't be read a word of the reason."""
    source = make_class(folder / "class", ana=honest(), zoe=honest())
    secret = written(folder / "secret.py", "# SECRETO\n")
    for student in ("enlace", "pipe", "grande"):
        (source / student).mkdir()
    (source / "enlace" / "neuron.py").symlink_to(secret)
    (source / "carpeta").symlink_to(folder)
    os.mkfifo(source / "pipe" / "neuron.py")
    with open(source / "grande" / "neuron.py", "wb") as file:
        file.truncate(50_000_000)
    written(source / "nulos" / "neuron.py", b"x = 1\0\n")
    written(source / "latin" / "neuron.py", "x = 1\n# señal\n".encode("latin-1"))
    written(source / "utf16" / "neuron.py", honest().encode("utf-16"))
    written(source / "codec" / "neuron.py", "# coding: unicode_escape\n")
    written(source / "dos" / "uno.py", honest())
    written(source / "dos" / "otro.py", honest())
    written(source / "word" / "neuron.docx", b"PK\3\4")
    return source, {
        "enlace": "enlace",
        "carpeta": "enlace",
        "pipe": "normal",
        "grande": "MB",
        "nulos": "no es texto",
        "latin": "línea 2",
        "utf16": "UTF-16",
        "codec": "unicode_escape",
        "dos": "otro.py, uno.py",
        "word": "ningún",
    }


def test_files_that_can_not_be_read_have_their_reason_and_cost_nobody_else_a_point(
    autograder: Run, tmp_path: Path
) -> None:
    source, reasons = class_with_problems(tmp_path)
    before = everything_in(source)
    out = tmp_path / "out"
    done = autograder(*graded(tmp_path, source), "--lang", "es")
    assert (done.returncode, said(done.stderr)) == (0, [])
    rows = grades(out)
    assert set(rows) == {"ana", "zoe", *reasons}
    for student in ("ana", "zoe"):
        assert (rows[student]["status"], rows[student]["score"]) == ("graded", "100")
        assert result(out, student)["score"] == 100
    for student, reason in reasons.items():
        assert rows[student]["status"] == "unreadable"
        assert [rows[student][column] for column in ("score", "sigmoid", "relu", "init", "activate", "quiz")] == [
            ""
        ] * 6
        document = result(out, student)
        assert document["extra_data"]["status"] == "unreadable"
        assert reason in document["output"]
        assert document["tests"] == []
        assert "score" not in document
        assert f"{student}: " in done.stdout
    assert not any(b"SECRETO" in path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert everything_in(source) == before


def test_a_class_where_nothing_can_be_read_is_no_failure_of_the_command(autograder: Run, tmp_path: Path) -> None:
    for student in ("ana", "luis"):
        written(tmp_path / "class" / student / "neuron.py", b"\0")
    done = autograder(*graded(tmp_path, tmp_path / "class"), "--lang", "en")
    assert (done.returncode, said(done.stderr)) == (0, [])
    assert {row["status"] for row in grades(tmp_path / "out").values()} == {"unreadable"}
    assert "The file is not text" in done.stdout


def test_entries_that_lead_out_of_a_zip_are_told_and_the_rest_is_graded(autograder: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "class.zip", "w") as archive:
        for name in ("ana/neuron.py", "zoe/neuron.py", "../mal.py", "\x1b[2J/../mal.py"):
            archive.writestr(name, honest())
    done = autograder(*graded(tmp_path, tmp_path / "in" / "class.zip"), "--lang", "es")
    assert done.returncode == 0
    assert [row["score"] for row in grades(tmp_path / "out").values()] == ["100", "100"]
    assert len(said(done.stderr)) == 2
    assert all("queda fuera" in line and line.isprintable() for line in said(done.stderr))
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}


def test_no_cell_of_grades_csv_is_a_formula_and_no_name_is_lost(autograder: Run, tmp_path: Path) -> None:
    students = ['=HYPERLINK("x";"y")', "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "Núñez, Ana", '"', "李小龙"]
    students += ["x" * 300, "a;b", "O'Brien", "xy:..", "CON"]
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for student in students:
            archive.writestr(f"{student}.py", "x = 1\n")
    done = autograder(*graded(tmp_path, tmp_path / "class.zip"))
    assert (done.returncode, said(done.stderr)) == (0, [])
    raw = (tmp_path / "out" / "grades.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    _, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    shown = {student.replace("\t", " ") for student in students}
    assert {row[0].removeprefix("'") for row in rows} == shown
    results = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out" / "results").iterdir()]
    assert {each["extra_data"]["student"] for each in results} == shown
    assert len(results) == len(rows) == len(students)


# Ctrl-C


class Interrupted(NamedTuple):
    code: int
    seconds: float
    stdout: str
    stderr: str
    out: Path
    processes: list[str]
    temporary: list[str]


def processes_of(session: int, mark: str) -> list[str]:
    """Return the command lines of the processes that belong to a session, or have `mark` in their command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            state, _, _, its_session = (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[:4]
        except OSError:  # it ended meanwhile
            continue
        if state not in "ZX" and (int(its_session) == session or mark in command):
            found.append(command)
    return found


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def interrupt(folder: Path, jobs: int, whole_group: bool, sandboxes: int, workers: int, results: int) -> Interrupted:
    """Interrupt the grading of a class, four honest students and eight whose files never end.

    It is done once there are so many sandboxes with so many workers in all, and so many results have come.
    A terminal's Ctrl-C reaches the whole group of processes, `kill -INT` just one.
    """
    temporary, out = folder / "temporary", folder / "out"
    temporary.mkdir()
    students = {f"ana_{i}": honest() for i in range(4)} | {f"luis_{i}": LOOP for i in range(8)}
    source = make_class(folder / "class", **students)
    command = [sys.executable, "-m", "autograder", *graded(folder, source), "--lang", "es", "--jobs", str(jobs)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "LC_ALL": "C.UTF-8"}
    with open(folder / "stdout", "wb") as stdout, open(folder / "stderr", "wb") as stderr:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=stdout, stderr=stderr, start_new_session=True)

    def shown(stream: str) -> str:
        return (folder / stream).read_text(encoding="utf-8")

    def processes() -> list[str]:
        return processes_of(process.pid, str(temporary))

    def is_time() -> bool:
        sandboxed = [command for command in processes() if str(temporary) in command]
        is_busy = len(set(sandboxed)) >= sandboxes and len(sandboxed) >= sandboxes + workers
        return is_busy and shown("stdout").count("100 de 100") >= results

    try:
        assert wait_for(is_time, 20), (shown("stdout"), shown("stderr"), processes())
        start = time.monotonic()
        (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
        code = process.wait(20)
        seconds = time.monotonic() - start
        wait_for(lambda: not processes(), 1)
        left = [path.name for path in temporary.iterdir()]
        return Interrupted(code, seconds, shown("stdout"), shown("stderr"), out, processes(), left)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module", params=[1, 2])
def interrupted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Interrupted:
    """Interrupt a run when the honest are graded and each lane is in the middle of a file that never ends."""
    jobs = request.param
    sandboxes = 1 if jobs == 1 else 3  # the grader's and each lane's
    folder = tmp_path_factory.mktemp("interrupted")
    return interrupt(folder, jobs, jobs == 2, sandboxes, workers=jobs, results=4)


@needs_proc
def test_ctrl_c_ends_the_run_at_once_and_says_so(interrupted: Interrupted) -> None:
    assert (interrupted.code, said(interrupted.stderr)) == (130, [])
    assert interrupted.seconds < SECONDS_TO_STOP
    last_line = interrupted.stdout.splitlines()[-1]
    assert last_line.startswith("Interrumpido")
    assert "4 de 12" in last_line
    assert str(interrupted.out) in last_line


@needs_proc
def test_what_was_graded_before_ctrl_c_is_kept(interrupted: Interrupted) -> None:
    graded_so_far = {f"ana_{i}": "100" for i in range(4)}
    assert {student: row["score"] for student, row in grades(interrupted.out).items()} == graded_so_far
    assert {path.name for path in (interrupted.out / "results").iterdir()} == {f"{name}.json" for name in graded_so_far}
    assert all(result(interrupted.out, student)["score"] == 100 for student in graded_so_far)


@needs_proc
def test_ctrl_c_leaves_no_process_behind(interrupted: Interrupted) -> None:
    assert interrupted.processes == []


@needs_proc
def test_ctrl_c_leaves_no_temporary_files_behind(interrupted: Interrupted) -> None:
    assert interrupted.temporary == []


@needs_proc
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_while_sandboxes_start_is_as_quiet(tmp_path: Path, jobs: int) -> None:
    early = interrupt(tmp_path, jobs, jobs == 1, sandboxes=jobs, workers=0, results=0)
    assert (early.code, said(early.stderr), early.processes) == (130, [], [])
    assert early.seconds < SECONDS_TO_STOP


def test_ctrl_c_while_the_checks_are_collected_is_no_fault_of_theirs(autograder: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    with open(tmp_path / "solutions" / "neuron" / "test_visible.py", "a", encoding="utf-8") as file:
        file.write("\nimport os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    done = autograder(*graded(tmp_path, HONEST), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (130, "")
