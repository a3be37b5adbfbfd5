"""Runs attacks, each between two honest submissions, and says what each of them got away with.

`python tests/attack_runs.py` prints it as JSON: by attack, what it reached; [] for one that was held.
"""

import json
import os
import re
import runpy
import sys
import tempfile
import time
from pathlib import Path

from autograder.assignment import load_assignment
from autograder.feedback.page import page_html
from autograder.grade import grade_of, part_scores
from autograder.grading import Grader
from autograder.handed_in import Who
from autograder.lms.download import find_submissions
from autograder.lms.grades_csv import grades_csv
from autograder.result import Result
from autograder.sandbox import user
from autograder.sandbox.layers import ON, ORDER
from autograder.submission import Submission, read_submission

ROOT = Path(__file__).parents[1]
ATTACKS = sorted([*(ROOT / "tests/attacks").glob("*.py"), *(ROOT / "tests/attacks").glob("*.ipynb")])
DOWNLOADS = sorted((ROOT / "tests/attacks/downloads").glob("*.py"))  # that attack what reads a whole class
HONEST = (ROOT / "solutions/neuron/examples/right/lesson_version.py").read_bytes()
MARK = b"# producto escalar\n"  # by which an attack would know that it found the honest submission
MOST_SECONDS = 45  # every check timed out
MOST_MEMORY_MB = 200  # that the grader may take to read the largest answers
BREACH = "BREACH"  # what an attack prints when it reached what is not its own
SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")


def run_attack(grader: Grader, path: Path) -> list[str]:
    """Grade an attack between two honest submissions; return what it got away with."""
    reached = []
    honest = read_submission("honest", "neuron.py", HONEST + MARK)
    if grader.grade(honest).score != 100:
        reached.append("an earlier attack reached the one before")
    processes, left, memory = _processes(grader), _left_behind(grader), _most_memory_mb()
    start = time.monotonic()
    attack = read_submission("mallory", f"neuron{path.suffix}", path.read_bytes())
    result = grader.grade(attack)
    if time.monotonic() - start > MOST_SECONDS:
        reached.append("time")
    if _most_memory_mb() - memory > MOST_MEMORY_MB:
        reached.append("the grader's memory")
    if grader.grade(honest).score != 100:
        reached.append("the next submission")
    if _processes(grader) - processes:
        reached.append("a process is left")
    reached += [f"{what} is left" for what in sorted(_left_behind(grader) - left)]
    if result.status != "graded":
        reached.append(f"it is {result.status}")
    if BREACH in result.stdout:
        reached += [line for line in result.stdout.splitlines() if BREACH in line]
    lost, wanted = _lost(grader, result), wanted_losses(grader, attack)
    if lost != wanted:
        reached.append(f"lost {lost}, not {wanted}")
    return reached + _unsafe_words(grader, result)


def wanted_losses(grader: Grader, attack: Submission) -> dict[str, float]:
    """Return the points that the header of an attack says it must lose: of a part without a number, all."""
    assert attack.cells is not None
    header = attack.cells[0][1].splitlines()[0].removeprefix("# loses:").strip()
    if header == "nothing":
        return {}
    points = {part.name: part.points for part in grader.assignment.settings.parts}
    losses = [said.split() for said in header.split(",")]
    return {part: float(*number) if number else points[part] for part, *number in losses}


def run_download(grader: Grader, path: Path) -> list[str]:
    """Grade a class whose download is an attack; return what it got away with."""
    attack = runpy.run_path(str(path))
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        download = Path(folder, "class.zip")
        attack["write"](download, HONEST)
        left, memory, start = _left_behind(grader), _most_memory_mb(), time.monotonic()
        handed_in, _ = find_submissions([download], "neuron")
        grades = [grade_of(each, grader.grade(each.read("neuron")), grader.assignment) for each in handed_in]
        found = {each.student: each.score if each.graded else each.result.status for each in grades}
        reached = [f"{what} is left" for what in sorted(_left_behind(grader) - left)]
        reached += ["a file is unpacked"] if os.listdir(folder) != [download.name] else []  # noqa: PTH208
    if time.monotonic() - start > MOST_SECONDS:
        reached.append("time")
    if _most_memory_mb() - memory > MOST_MEMORY_MB:
        reached.append("the grader's memory")
    if found != attack["EXPECTED"]:
        reached.append(f"came to {found}")
    table = grades_csv(grades, grader.assignment, grader.checks).decode("utf-8-sig")
    unsafe = r"[\x00-\x09\x0b\x0c\x0e-\x1f\u202e]|^[=+@-]|,[=+@-]"
    return reached + ([f"grades.csv holds {table!r}"] if re.search(unsafe, table, re.MULTILINE) else [])


def _lost(grader: Grader, result: Result) -> dict[str, float]:
    scores = part_scores(result, grader.checks)
    lost = {part.name: part.points - scores[part.name] for part in grader.assignment.settings.parts}
    return {part: points for part, points in lost.items() if points}


def _unsafe_words(grader: Grader, result: Result) -> list[str]:
    """Return what of the feedback would do more than be read."""
    page = page_html(grade_of(Who("mallory"), result, grader.assignment), grader.exercise, "es")
    unsafe = [word for word in ("\x1b", "\u202e", "<script") if word in page]
    return [f"{word!r} in the page" for word in unsafe] + (["a page of a megabyte"] if len(page) > 1_000_000 else [])


def _processes(grader: Grader) -> set[str]:
    """Return the processes of this grader's sandbox, and whoever they left behind: all carry its folder's name."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if grader._sandbox._folder.encode() in (folder / "cmdline").read_bytes():
                found.add(folder.name)
        except OSError:
            continue
    return found


def _left_behind(grader: Grader) -> set[str]:
    """Return the submissions' files where one could leave some, and the segments of memory."""
    inside = {str(path) for path in Path(grader._sandbox._folder).rglob("*")}
    shared = {str(path) for folder in SHARED_FOLDERS for path in Path(folder).glob("*") if _is_a_workers(path, grader)}
    segments = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
    return inside | shared | {f"memory segment {line.split()[1]}" for line in segments}


def _is_a_workers(path: Path, grader: Grader) -> bool:
    if grader.isolation["user"] != ON:  # its files are anybody's: attacks name theirs like this
        return "by_a_submission" in path.name
    try:
        owner = path.lstat().st_uid
    except OSError:  # somebody else's, and gone
        return False
    is_a_graders = path.name.startswith("autograder-")  # which may be nobody too, in another run
    return (owner >= user._FIRST_UID or owner == user._NOBODY) and not is_a_graders


def _most_memory_mb() -> int:
    """Return how much memory this process, which is the grader, has had at once."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def main() -> None:
    layers = tuple(sys.argv[1].split(",")) if len(sys.argv) > 1 else ORDER
    with Grader(load_assignment(ROOT, "neuron"), layers=layers) as grader:
        reached = {path.stem: run_attack(grader, path) for path in ATTACKS}
        reached |= {path.stem: run_download(grader, path) for path in DOWNLOADS}
        print(json.dumps({"isolation": grader.isolation, "reached": reached}))


if __name__ == "__main__":
    main()
