"""`autograder validate`: the neuron exercise is fair, and what would make an exercise unfair is found and named."""

import ast
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from autograder.validation.mutants import mutants

Edit = Callable[[str, str, str], None]


def test_the_neuron_exercise_is_fair(autograder: Run) -> None:
    done = autograder("validate", "neuron")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "Todo en orden" in done.stdout


@pytest.fixture
def course(autograder: Run, tmp_path: Path) -> Path:
    """Return a folder with the exercise that `autograder new` makes."""
    assert autograder("new", "exercise", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.fixture
def edit(course: Path) -> Edit:
    def edit(file: str, old: str, new: str) -> None:
        path = course / "solutions/exercise" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def findings(autograder: Run, course: Path) -> list[str]:
    done = autograder("validate", "--lang", "en", cwd=course)
    found = [line.removeprefix("- ") for line in done.stdout.splitlines() if line.startswith("- ")]
    assert (done.returncode, done.stderr) == (1 if found else 0, "")
    assert not found or done.stdout.splitlines()[-1] == f"To be looked at: {len(found)}."
    return found


def test_a_right_example_that_loses_a_point_is_found(autograder: Run, course: Path, edit: Edit) -> None:
    edit("examples/right/in_capitals.py", '" B "', '"a"')
    assert findings(autograder, course) == ["right/in_capitals.py is right and loses points in quiz (quiz_1)."]


def test_a_wrong_example_that_keeps_its_points_or_loses_others_is_found(
    autograder: Run, course: Path, edit: Edit
) -> None:
    edit("examples/wrong/squared.py", "# looks like: squared\n", "")
    edit("examples/wrong/squared.py", "x**2", "x + x")
    edit("examples/wrong/quiz_answer_a.py", "# loses: quiz", "# loses: quiz, double")
    assert findings(autograder, course) == [
        "wrong/quiz_answer_a.py should lose points in double, quiz and loses them in quiz.",
        "wrong/squared.py should lose points in double and keeps them all.",
    ]


def test_an_example_that_cannot_be_read_is_found(autograder: Run, course: Path) -> None:
    path = course / "solutions/exercise/examples/right/binary.py"
    path.write_bytes(b"\0\xff" * 10)
    (found,) = findings(autograder, course)
    assert str(path) in found


def test_a_mutant_that_no_check_notices_is_found(autograder: Run, course: Path, edit: Edit) -> None:
    edit("exercise.py", "return 2 * x  # solution", "return abs(2) * x  # solution")
    found = findings(autograder, course)
    assert found[0] == ("No check notices this mistake in double, line 10: `return abs(2) * x` becomes `return 2 * x`.")


LOOP = """
# es: a
# en: b


def double(x):
    total = 0.0  # solution
    i = 0  # solution
    while i < 2:
        total = total + x  # solution
        i = i + 1  # solution
    return total  # solution


quiz_1 = "b"  # solution
"""


@pytest.mark.slow
def test_mutants_that_never_end_are_noticed_and_do_not_hold_it_up(autograder: Run, course: Path) -> None:
    (course / "solutions/exercise/exercise.py").write_text(LOOP, encoding="utf-8")
    start = time.monotonic()
    found = findings(autograder, course)
    assert time.monotonic() - start < 60
    assert [line.split("`")[3] for line in found] == ["while i != 2:", "total = x + x"]


EQUIVALENT = '[[equivalent]]\nwithin = "double"\nbefore = "return 2 * x"\nafter = "{after}"\nwhy = "{why}"\n'


def test_an_equivalent_mutant_is_passed_over_and_an_entry_that_is_none_is_found(
    autograder: Run, course: Path, edit: Edit
) -> None:
    path = course / "solutions/exercise/equivalent.toml"
    edit("test_visible.py", "[student.double(3), student.double(-1.5)]", "[student.double(2), 6 - 1]")
    edit("test_visible.py", "[6, -3]", "[4, 5]")
    edit("test_hidden.py", "rng.uniform(-9, 9, 5)", "2 + 0 * rng.uniform(-9, 9, 5)")
    survivors = [found for found in findings(autograder, course) if found.startswith("No check notices")]
    assert len(survivors) == 2
    afters = [found.split("`")[3] for found in survivors]
    entries = [EQUIVALENT.format(after=after, why="Only 2 is ever asked.") for after in afters]
    path.write_text("".join(entries), encoding="utf-8")
    assert not any(found.startswith("No check notices") for found in findings(autograder, course))
    entries += [EQUIVALENT.format(after=after, why="No.") for after in ("return 3 * x", "return 17 * x")]
    path.write_text("".join(entries), encoding="utf-8")
    killed, unknown = [found for found in findings(autograder, course) if "equivalent.toml" in found]
    assert "`return 3 * x` in the place of `return 2 * x` is no equivalent, test_double_of_a_number" in killed
    assert "no mutant puts `return 17 * x` in the place of `return 2 * x`" in unknown


def test_a_check_that_nothing_wrong_fails_is_found(autograder: Run, course: Path, edit: Edit) -> None:
    edit("test_hidden.py", "assert_allclose(student.double(x), expected)", "assert student.double is not None")
    found = findings(autograder, course)
    assert "test_double_of_an_array decides nothing: no wrong example and no mutant answers it wrongly." in found


def test_a_stub_that_scores_is_found_in_each_language(autograder: Run, course: Path, edit: Edit) -> None:
    edit("test_visible.py", "values = [student.double(3), student.double(-1.5)]", "values = [6, -3]")
    found = findings(autograder, course)
    for language in ("es", "en"):
        assert f"The stub ({language}), with nothing filled in, already passes test_double_of_a_number." in found


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("lesson.es.md", "<!-- check: double -->", "", "lesson.es.md, line 12, and lesson.en.md, line 13"),
        ("exercise.py", "    # en: twice x; in an array, element by element\n", "", "exercise.py, line 8: this stands"),
        ("test_visible.py", "# es:", "#", "test_visible.py, line 3: this stands"),
    ],
)
def test_what_is_said_in_one_language_only_is_found(
    autograder: Run, course: Path, edit: Edit, file: str, old: str, new: str, says: str
) -> None:
    edit(file, old, new)
    (found,) = findings(autograder, course)
    assert says in found


def test_a_missing_lesson_is_found(autograder: Run, course: Path) -> None:
    path = course / "solutions/exercise/lesson.en.md"
    path.unlink()
    (found,) = findings(autograder, course)
    assert str(path) in found


@pytest.mark.parametrize(
    ("file", "old", "new", "names"),
    [
        ("examples/wrong/squared.py", "# loses: double\n", "", "squared.py"),
        ("examples/wrong/squared.py", "# loses: double", "# loses: duoble", "squared.py"),
        ("test_hidden.py", 'en="double works', 'xx="double works', "test_double_of_an_array"),
        ("exercise.py", "return 2 * x", "return 3 * x", "test_double_of_a_number"),
    ],
)
def test_what_cannot_be_judged_is_told_in_a_sentence(
    autograder: Run, course: Path, edit: Edit, file: str, old: str, new: str, names: str
) -> None:
    edit(file, old, new)
    for language in ("es", "en"):
        done = autograder("validate", "--lang", language, cwd=course)
        assert (done.returncode, done.stdout) == (2, "")
        (sentence,) = done.stderr.splitlines()
        assert names in sentence


@pytest.mark.parametrize(
    "content", ["= =", '[[equivalent]]\nwithin = "double"\n', EQUIVALENT.format(after="x", why="")]
)
def test_equivalents_that_say_no_reason_or_nothing_are_refused(autograder: Run, course: Path, content: str) -> None:
    (course / "solutions/exercise/equivalent.toml").write_text(content, encoding="utf-8")
    done = autograder("validate", cwd=course)
    assert done.returncode == 2
    assert "equivalent.toml" in done.stderr
    assert len(done.stderr.splitlines()) == 1


SOURCE = '''\
"""Not changed."""
import numpy as np

def other(x):
    return x

def mean(values, low):
    """Not changed either."""
    total = 0
    for value in values[1:]:
        if value > low and not value == 7:
            total += np.sum(value)
    return total / len(values)

class Box:
    def __init__(self):
        self.size, self.name = np.zeros((2, 3)), "box"

    def grow(self):
        return self.size.T + self.name

answer = "b"
if __name__ == "__main__":
    print(mean([1], 0))
'''


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return total / len(values)", "return total * len(values)"),  # operators
        ("return total / len(values)", "return len(values) / total"),
        ("return total / len(values)", "return low / len(values)"),
        ("return total / len(values)", "pass"),  # dropped statements
        ("return total / len(values)", "return [total / len(values)]"),  # shapes
        ("return total / len(values)", "return np.reshape(total / len(values), -1)"),
        ("total = 0", "total = 1"),  # constants
        ("if value > low and (not value == 7):", "if value >= low and (not value == 7):"),  # comparisons
        ("if value > low and (not value == 7):", "if value > low or not value == 7:"),
        ("if value > low and (not value == 7):", "if value > low and value == 7:"),
        ("if value > low and (not value == 7):", "if True:"),
        ("total += np.sum(value)", "total -= np.sum(value)"),
        ("total += np.sum(value)", "total = np.sum(value)"),
        ("total += np.sum(value)", "total += np.mean(value)"),  # calls
        ("total += np.sum(value)", "total += value"),
        ("total += np.sum(value)", "total += np.sum(value + 1)"),  # ranges
        ("for value in values[1:]:", "for value in values[2:]:"),
        ("for value in values[1:]:", "for value in values[:]:"),
        ("total += np.sum(value)", "total += np.sum(value) ⏎ break"),
        ("self.size, self.name = (np.zeros((2, 3)), 'box')", "self.size, self.name = (np.zeros((3, 2)), 'box')"),
        ("self.size, self.name = (np.zeros((2, 3)), 'box')", "self.size, self.name = (np.zeros((2, 3)), '')"),
        ("return self.size.T + self.name", "return self.size + self.name"),
        ("answer = 'b'", "answer = 'c'"),
        ("return self.size.T + self.name", "return self.name.T + self.name"),
    ],
)
def test_the_mistakes_that_students_make_are_among_the_mutants(before: str, after: str) -> None:
    assert [mutant.after for mutant in mutants(SOURCE) if (mutant.before, mutant.after) == (before, after)]


def test_arguments_are_swapped() -> None:
    (swapped,) = [each for each in mutants("def f(a, b):\n    return g(a, b, k=1)\n") if "g(b, a, k=1)" in each.source]
    assert (swapped.line, swapped.within) == (2, "f")


def test_every_mutant_is_a_program_of_its_own_that_differs_from_the_reference() -> None:
    found = mutants(SOURCE)
    sources = {mutant.source for mutant in found}
    assert len(sources) == len(found) > 100
    assert ast.unparse(ast.parse(SOURCE)) + "\n" not in sources
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        assert mutant.before != mutant.after
        assert mutant.source.startswith('"""Not changed."""\nimport numpy as np\n')
        assert mutant.source.endswith("if __name__ == '__main__':\n    print(mean([1], 0))\n")
    assert {mutant.within for mutant in found} == {"<module>", "other", "mean", "Box", "Box.__init__", "Box.grow"}


def test_an_example_that_is_recognised_as_something_else_is_found(autograder: Run, course: Path, edit: Edit) -> None:
    edit("examples/wrong/squared.py", "# looks like: squared\n", "")
    edit("examples/wrong/quiz_answer_a.py", "# loses: quiz\n", "# loses: quiz\n# looks like: squared\n")
    end = "Write `# looks like: …` there, or change the misconception."
    assert findings(autograder, course) == [
        f"wrong/quiz_answer_a.py looks like: -; its second line says: squared. {end}",
        f"wrong/squared.py looks like: squared; its second line says: -. {end}",
    ]


def test_a_misconception_that_is_not_recognised_is_found(autograder: Run, course: Path, edit: Edit) -> None:
    edit("misconceptions.py", "return x**2", "return x + x")
    edit("examples/wrong/squared.py", "# looks like: squared\n", "")
    assert findings(autograder, course) == [
        "The misconception squared (or one of its forms) is not recognised as itself, but as: -."
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("student.double", "student.dubble"),
        ("x, right=2 * x", "x[:1], right=2 * x[:1]"),
        ("right=2 * x", "right=2 * x[:3]"),
        ("right=2 * x", "right=np.full(len(x), np.inf)"),
        ("return curve(student.double, x, right=2 * x)", "return student.double(3)"),
    ],
    ids=["nothing there", "of no width", "too little that is right", "infinite", "no picture"],
)
def test_a_picture_that_the_solution_itself_cannot_give_is_told(
    autograder: Run, course: Path, edit: Edit, old: str, new: str
) -> None:
    edit("pictures.py", old, new)
    done = autograder("validate", "--lang", "en", cwd=course)
    assert done.returncode == 2
    assert "the solution itself does not pass draw_double" in done.stderr


def test_a_picture_with_the_name_of_a_check_is_told(autograder: Run, course: Path, edit: Edit) -> None:
    edit("pictures.py", "def draw_double", "def test_double_of_a_number")
    done = autograder("validate", "--lang", "en", cwd=course)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "two checks have the name test_double_of_a_number" in done.stderr


def test_a_misconception_of_what_the_solution_lacks_is_told(autograder: Run, course: Path, edit: Edit) -> None:
    edit("misconceptions.py", 'replaces="double"', 'replaces="dubble"')
    done = autograder("validate", "--lang", "en", cwd=course)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "squared takes the place of `dubble`, which the solution does not have. It has: double." in done.stderr
