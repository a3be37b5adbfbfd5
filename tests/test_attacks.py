"""Submissions that try to forge a grade or to do harm, each graded between two honest ones."""

import os
import time
from pathlib import Path

import pytest

from autograder.grading import Grader
from autograder.lms.grades_csv import part_scores
from autograder.submission import read_submission

ATTACKS = sorted((Path(__file__).parent / "attacks").glob("*.py"))
HONEST = (Path(__file__).parents[1] / "solutions/neuron/examples/right/lesson_version.py").read_bytes()
MOST_SECONDS = 45  # every check timed out


def processes() -> set[str]:
    """Return the processes that are not this one's but workers of its sandboxes."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"autograder.sandbox" in (folder / "cmdline").read_bytes():
                found.add(folder.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_gains_nothing_and_touches_nobody(grader: Grader, path: Path) -> None:
    def honest_score() -> float:
        return grader.grade(read_submission("honest", "neuron.py", HONEST)).score

    assert honest_score() == 100
    before, files = processes(), set(os.listdir("/tmp"))  # noqa: PTH208
    start = time.monotonic()
    result = grader.grade(read_submission("mallory", "neuron.py", path.read_bytes()))
    assert time.monotonic() - start < MOST_SECONDS
    assert honest_score() == 100
    assert processes() == before
    assert set(os.listdir("/tmp")) == files  # noqa: PTH208
    assert result.status == "graded"
    scores = part_scores(result, grader.checks)
    lost = {part.name for part in grader.assignment.settings.parts if scores[part.name] < part.points}
    header = path.read_text(encoding="utf-8").splitlines()[0]
    assert lost == {part.strip() for part in header.removeprefix("# loses:").split(",")} - {"nothing"}
    for outcome in result.checks:
        if outcome.failure:
            told = outcome.failure.reason.in_language("es") + "".join(outcome.failure.steps) + outcome.failure.actual
            assert len(told) < 5000
            assert "\x1b" not in told
            assert "\u202e" not in told


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) >= 20
