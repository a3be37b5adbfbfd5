"""Misconceptions: each wrong example is recognised as what it is, nothing right as anything, in both languages."""

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.assignment import Assignment, load_assignment
from autograder.feedback.words import misconception_lines
from autograder.grading import Grader
from autograder.misconceptions import Misconception, load_misconceptions
from autograder.recognition import _all_close, _same_distribution, _same_value
from autograder.submission import read_submission
from autograder.texts import LANGUAGES, UserError
from autograder.validation.examples import find_examples

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "solutions" / "neuron" / "examples"
RIGHT, WRONG = (sorted((EXAMPLES / kind).glob("*.py")) for kind in ("right", "wrong"))
LABELLED = find_examples(load_assignment(ROOT, "neuron"))
FORMS = [
    pytest.param(each, program, id=f"{each.name}-{i}")
    for each in load_misconceptions(load_assignment(ROOT, "neuron"), (ROOT / "solutions/neuron/neuron.py").read_text())
    for i, program in enumerate(each.programs)
]


def recognised(grader: Grader, source: bytes) -> dict[str, str]:
    return grader.grade(read_submission("ana", "neuron.py", source)).misconceptions


def labelled(path: Path) -> list[str]:
    return sorted(next(example for example in LABELLED if example.path == path).looks_like)


def test_there_are_enough_of_them(grader: Grader) -> None:
    assert len(grader.exercise.misconceptions) >= 35
    assert sum(bool(labelled(path)) for path in WRONG) > 100
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{len(grader.exercise.misconceptions)} known misconceptions" in readme


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_nothing_right_looks_like_a_misconception(grader: Grader, path: Path) -> None:
    assert recognised(grader, path.read_bytes()) == {}


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_each_wrong_example_is_recognised_as_what_it_is(grader: Grader, path: Path) -> None:
    assert sorted(recognised(grader, path.read_bytes()).values()) == labelled(path)


@pytest.mark.parametrize(("misconception", "program"), FORMS)
def test_each_form_of_a_misconception_is_recognised(grader: Grader, misconception: Misconception, program: str) -> None:
    assert recognised(grader, program.encode()) == {misconception.part: misconception.name}


def test_each_misconception_is_named_in_another_class_too(assignment: Assignment) -> None:
    """With other random inputs the same is recognised."""
    with Grader(assignment, seed=4711) as grader:
        for path in WRONG[::4]:
            assert sorted(recognised(grader, path.read_bytes()).values()) == labelled(path), path.stem


def test_a_second_mistake_in_the_same_part_leaves_too_little_to_name_one(grader: Grader) -> None:
    source = b"import numpy as np\ndef relu(z):\n    return np.where(z > 3, 3, np.where(z < -1, -1, 0.01 * z))\n"
    assert "relu" not in recognised(grader, source)


def test_what_is_not_there_is_not_named(grader: Grader) -> None:
    for language in LANGUAGES:
        assert recognised(grader, (ROOT / "assignments/neuron" / language / "neuron.py").read_bytes()) == {}
    assert recognised(grader, b"def sigmoid(z): raise ValueError\ndef relu(z): return zz\n") == {}


def test_students_see_as_much_as_the_course_wants(grader: Grader) -> None:
    result = grader.grade(read_submission("ana", "neuron.py", (EXAMPLES / "wrong/relu_leaky.py").read_bytes()))
    words = grader.exercise.misconceptions["relu_leaky"].words["es"]
    lines = {
        level: misconception_lines(result, "relu", msgspec.structs.replace(grader.exercise, level=level), "es")
        for level in ("none", "hint", "explanation")
    }
    assert lines == {"none": [], "hint": [words.hint], "explanation": [words.hint, words.explanation]}


BROKEN = {
    "a part that does not exist": ('part="relu"', 'part="rellu"', "rellu"),
    "no decorator": (
        '@misconception(part="relu", replaces="relu")\ndef relu_minimum',
        "def relu_minimum",
        "relu_minimum",
    ),
    "no words": ("def relu_minimum", "def relu_lowest", "relu_lowest"),
    "syntax": ("def relu_minimum(z):", "def relu_minimum(z)", "misconceptions.py"),
}


@pytest.mark.parametrize(("old", "new", "named"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, named: str) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    path = tmp_path / "solutions/neuron/misconceptions.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load_misconceptions(load_assignment(tmp_path, "neuron"), "")
    assert named in raised.value.message.in_language("es")


def test_words_that_belong_to_nothing_are_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    path = tmp_path / "solutions/neuron/misconceptions.en.toml"
    more = '\n[relu_lost]\ntitle = "t"\nhint = "h"\nexplanation = "e"\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(UserError, match="unused_words"):
        load_misconceptions(load_assignment(tmp_path, "neuron"), "")


values = st.lists(st.floats(width=32), min_size=3, max_size=3)


@given(values, values, st.floats(-1e-5, 1e-5))
def test_close_is_what_numpy_calls_close(one: list[float], other: list[float], apart: float) -> None:
    for a, b in ((one, other), (one, one), (one, [value * (1 + apart) for value in one])):
        first, second = np.array(a), np.array(b)
        with np.errstate(all="ignore"):
            assert _all_close(first, second) == np.allclose(first, second, 1e-6, 1e-9, equal_nan=True)


numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50)


@given(numbers)
def test_every_sample_is_spread_like_itself(sample: list[float]) -> None:
    assert _same_distribution(np.array(sample), np.array(sample))
    assert _same_value(sample, list(sample))


def test_a_complex_number_is_not_its_real_part() -> None:
    assert not _same_value(np.complex128(1 + 2j), np.float64(1))
    assert not _same_value(np.complex128(1 + 2j), 1.0)


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1))
def test_another_range_is_another_distribution(seed: int) -> None:
    draw = np.random.RandomState(seed).uniform
    assert not _same_distribution(draw(-1, 1, 1000), draw(0, 1, 1000))
    assert not _same_distribution(draw(-1, 1, 1000), draw(-0.5, 0.5, 1000))
