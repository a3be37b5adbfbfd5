"""Fairness: every right example keeps all its points, every wrong one loses points where it says and nowhere else."""

from pathlib import Path

import pytest

from autograder.assignment import load_assignment
from autograder.grading import Grader
from autograder.lms.grades_csv import part_scores
from autograder.result import Result
from autograder.submission import read_submission
from autograder.validation.examples import Example, find_examples

EXAMPLES = find_examples(load_assignment(Path(__file__).parents[1], "neuron"))
RIGHT = [example for example in EXAMPLES if not example.loses]
WRONG = [example for example in EXAMPLES if example.loses]


def grade(grader: Grader, path: Path) -> Result:
    return grader.grade(read_submission(path.stem, path.name, path.read_bytes()))


def test_there_are_enough_examples() -> None:
    assert len(RIGHT) >= 20
    assert len(WRONG) >= 40


def test_the_readme_counts_them_rightly(root: Path) -> None:
    text = " ".join((root / "README.md").read_text(encoding="utf-8").split())
    assert f"{len(RIGHT)} different right solutions and {len(WRONG)} labelled mistakes" in text


@pytest.mark.parametrize("example", RIGHT, ids=lambda example: example.path.stem)
def test_right_example_keeps_every_point(grader: Grader, example: Example) -> None:
    result = grade(grader, example.path)
    failed = [(outcome.check, outcome.failure) for outcome in result.checks if outcome.outcome != "passed"]
    assert (result.status, failed) == ("graded", [])
    assert result.score == 100


@pytest.mark.parametrize("example", WRONG, ids=lambda example: example.path.stem)
def test_wrong_example_loses_points_in_its_parts_only(grader: Grader, example: Example) -> None:
    result = grade(grader, example.path)
    scores = part_scores(result, grader.checks)
    lost = {part.name for part in grader.assignment.settings.parts if scores[part.name] < part.points}
    assert (result.status, lost) == ("graded", example.loses)


def test_untouched_stub_scores_nothing_in_any_part(grader: Grader, root: Path) -> None:
    for language in ("es", "en"):
        result = grade(grader, root / "assignments" / "neuron" / language / "neuron.py")
        assert set(part_scores(result, grader.checks).values()) == {0}
        assert result.failed_statements == []


def test_another_seed_gives_other_inputs_and_the_same_grades(root: Path, grader: Grader) -> None:
    rounded = next(example for example in WRONG if example.path.stem == "sigmoid_rounded")
    with Grader(grader.assignment, seed=4711) as other:
        for each in (rounded, *RIGHT[:10]):
            assert grade(other, each.path).score == grade(grader, each.path).score
    assert other._rounds != grader._rounds
