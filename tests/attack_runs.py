"""Runs attacks, each between two honest submissions, and says what each of them got away with.

`python tests/attack_runs.py` prints it as JSON: by attack, what it reached; [] for one that was held.
"""

import json
import os
import sys
import time
from pathlib import Path

from autograder.assignment import load_assignment
from autograder.feedback.page import page_html
from autograder.grade import grade_of, part_scores
from autograder.grading import Grader
from autograder.handed_in import Who
from autograder.result import Result
from autograder.sandbox.layers import ORDER
from autograder.submission import read_submission

ROOT = Path(__file__).parents[1]
ATTACKS = sorted((ROOT / "tests/attacks").glob("*.py"))
HONEST = (ROOT / "solutions/neuron/examples/right/lesson_version.py").read_bytes()
MARK = b"# producto escalar\n"  # by which an attack would know that it found the honest submission
MOST_SECONDS = 45  # every check timed out
BREACH = "BREACH"  # what an attack prints when it reached what is not its own


def run_attack(grader: Grader, path: Path) -> list[str]:
    """Grade an attack between two honest submissions; return what it got away with."""
    reached = []
    honest = read_submission("honest", "neuron.py", HONEST + MARK)
    if grader.grade(honest).score != 100:
        reached.append("an earlier attack reached the one before")
    processes, files = _processes(grader), _files()
    start = time.monotonic()
    result = grader.grade(read_submission("mallory", "neuron.py", path.read_bytes()))
    if time.monotonic() - start > MOST_SECONDS:
        reached.append("time")
    if grader.grade(honest).score != 100:
        reached.append("the next submission")
    if _processes(grader) - processes:
        reached.append("a process is left")
    if _files() - files:
        reached.append("a file is left")
    if result.status != "graded":
        reached.append(f"it is {result.status}")
    if BREACH in result.stdout:
        reached += [line for line in result.stdout.splitlines() if BREACH in line]
    lost = _lost(grader, result)
    wanted = wanted_losses(path)
    if lost != wanted:
        reached.append(f"lost {sorted(lost)}, not {sorted(wanted)}")
    return reached + _unsafe_words(grader, result)


def wanted_losses(path: Path) -> set[str]:
    """Return the parts that the header of an attack says it must lose."""
    header = path.read_text(encoding="utf-8").splitlines()[0]
    return {part.strip() for part in header.removeprefix("# loses:").split(",")} - {"nothing"}


def _lost(grader: Grader, result: Result) -> set[str]:
    scores = part_scores(result, grader.checks)
    return {part.name for part in grader.assignment.settings.parts if scores[part.name] < part.points}


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


def _files() -> set[str]:
    """Return what lies in the folder for temporary files, but for the sandboxes' own folders."""
    return {name for name in os.listdir("/tmp") if not name.startswith("autograder-")}  # noqa: PTH208


def main() -> None:
    layers = tuple(sys.argv[1].split(",")) if len(sys.argv) > 1 else ORDER
    with Grader(load_assignment(ROOT, "neuron"), layers=layers) as grader:
        reached = {path.stem: run_attack(grader, path) for path in ATTACKS}
        print(json.dumps({"isolation": grader.isolation, "reached": reached}))


if __name__ == "__main__":
    main()
