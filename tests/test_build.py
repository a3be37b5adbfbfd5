"""What students get: the lesson's skeletons, checks that run with numpy and pytest alone, and nothing to copy from."""

import ast
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from conftest import Run

from autograder.assignment import Assignment, Question
from autograder.build.localise import drop_promises, localise
from autograder.build.student_folder import student_files
from autograder.checks import Check
from autograder.grading import Grader

LANGUAGES = ("es", "en")
SKELETON = """\
def sigmoid(z):
    return ...
def relu(z):
    return ...
class Neuron:
    def __init__(self, n_inputs):
        self.weights = ...
        self.bias = ...
    def activate(self, inputs):
        input_sum_with_bias = ...
        output = ...
        return output
quiz_1 = ...
quiz_2 = ...
"""


def leaks(text: str, assignment: Assignment, checks: list[Check]) -> list[str]:
    """Return what in `text`, a student's file, tells a solution, a key or a hidden check."""
    reference = (assignment.folder / "neuron.py").read_text(encoding="utf-8")
    solutions = [line.split("# solution")[0].strip() for line in reference.splitlines() if "# solution" in line]
    secrets = [line.split("=", 1)[-1].removeprefix("return ").strip() for line in solutions]
    secrets = [secret for secret in secrets if len(secret) > len('"b"')]
    secrets += ["# solution", "np.exp", "np.maximum", "misconception", "why_not", "key ="]
    secrets += [question.variable + f' = "{letter}"' for question in assignment.settings.quiz for letter in "abcd"]
    secrets += [words for question in assignment.settings.quiz for words in why_nots(question)]
    for check in checks:
        if not check.visible:
            secrets += [check.name.split("[")[0] + "(", *check.promise.values()]
    return [secret for secret in secrets if secret in text]


def why_nots(question: Question) -> list[str]:
    return [text for option in question.options.values() if option.why_not for text in option.why_not.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_stub_has_the_lessons_skeletons_and_nothing_else(assignment: Assignment, language: str) -> None:
    stub = student_files(assignment)[f"{language}/neuron.py"]
    code = [line for line in stub.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert code == ["import numpy as np", *SKELETON.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_stub_asks_both_questions_with_their_options(assignment: Assignment, language: str) -> None:
    stub = student_files(assignment)[f"{language}/neuron.py"]
    comments = " ".join(line.removeprefix("#").strip() for line in stub.splitlines() if line.startswith("#"))
    for question in assignment.settings.quiz:
        assert question.question[language] in comments
        for letter, option in question.options.items():
            assert f"{letter}) {option.text[language]}" in comments


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_is_in_one_language(assignment: Assignment, grader: Grader, language: str) -> None:
    other = "en" if language == "es" else "es"
    files = student_files(assignment)
    mine = "".join(text for name, text in files.items() if name.startswith(language))
    for check in grader.checks:
        if check.visible:
            assert check.promise[language] in mine
            assert check.promise[other] not in mine
    assert f"# {other}" not in mine
    assert f"# {language}:" not in mine


def test_nothing_that_students_get_tells_a_solution_a_key_or_a_hidden_check(root: Path, grader: Grader) -> None:
    folder = root / "assignments"
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert len(files) >= 10
    for path in files:
        for text in (path.read_text(encoding="utf-8"), unpacked(path)):
            assert (path, leaks(text, grader.assignment, grader.checks)) == (path, [])


def unpacked(path: Path) -> str:
    """Return the checks that a notebook carries in its first cell."""
    if path.suffix != ".ipynb":
        return ""
    setup = next(cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["id"] == "setup")
    packed = "".join(re.findall(r'^    "(.*)"$', "".join(setup["source"]), re.MULTILINE))
    checks = json.loads(zlib.decompress(base64.b85decode(packed)))
    assert set(checks) == {"sigmoid.py", "relu.py", "init.py", "activate.py", "quiz.py"}
    return "".join(text.encode("ascii").decode("unicode_escape") for text in checks.values())


def test_a_leak_would_be_noticed(grader: Grader) -> None:
    for text in (
        "    return 1 / (1 + np.exp(-z))",
        'quiz_1 = "b"',
        "def test_init_seeded(student):",
        "# sigmoid se acerca a 1 cuando z es muy grande y a 0 cuando z es muy negativo",
        "self.bias = np.random.uniform(-1, 1)",
    ):
        assert leaks(text, grader.assignment, grader.checks)


def test_what_is_checked_in_is_what_the_sources_say(autograder: Run) -> None:
    done = autograder("build", "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_fails_when_a_file_was_edited_removed_or_added(autograder: Run, root: Path, tmp_path: Path) -> None:
    for name in ("solutions", "assignments"):
        shutil.copytree(root / name, tmp_path / name)
    stub = tmp_path / "assignments/neuron/es/neuron.py"
    original = stub.read_bytes()
    stub.write_bytes(original.replace(b"z", b"x", 1))
    assert autograder("build", "--check", cwd=tmp_path).returncode == 1
    stub.unlink()
    assert autograder("build", "--check", cwd=tmp_path).returncode == 1
    assert autograder("build", cwd=tmp_path).returncode == 0
    assert stub.read_bytes() == original
    (stub.parent / "mine.py").write_text("x = 1\n", encoding="utf-8")
    assert autograder("build", "--check", cwd=tmp_path).returncode == 1
    refused = autograder("build", cwd=tmp_path)
    assert refused.returncode == 2
    assert "mine.py" in refused.stderr


def run_pytest_as_a_student(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run plain `pytest` in `folder`, in a Python that cannot import the kit."""
    hook = folder.parent / "no_kit"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text("import sys\nsys.modules['autograder'] = None\n", encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(hook), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_pytest_in_the_students_folder_tells_what_is_missing(root: Path, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(root / "assignments/neuron" / language, folder, ignore=shutil.ignore_patterns("__pycache__"))
    done = run_pytest_as_a_student(folder)
    assert "8 failed" in done.stdout
    unfilled = {"es": "todavía hay `...` en lugar de tu código", "en": "there is still `...` instead of your code"}
    assert done.stdout.count(unfilled[language]) == 8
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_pytest_in_the_students_folder_passes_with_a_solution(root: Path, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(root / "assignments/neuron" / language, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "solutions/neuron/examples/right/lesson_version.py", folder / "neuron.py")
    assert "8 passed" in run_pytest_as_a_student(folder).stdout
    shutil.copy(root / "solutions/neuron/examples/wrong/sigmoid_sign_in_exponent.py", folder / "neuron.py")
    done = run_pytest_as_a_student(folder)
    assert "6 passed" in done.stdout  # activate loses nothing by it
    assert "0.182426" in done.stdout.replace("0.18242552", "0.182426")


def test_localise_keeps_one_language() -> None:
    source = "# es: hola\n# en: hello\nx = 1\ny = 'a'  # es\ny = 'b'  # en\n    # es:\n"
    assert localise(source, "es") == "# hola\nx = 1\ny = 'a'\n    #\n"
    assert localise(source, "en") == "# hello\nx = 1\ny = 'b'\n"


@pytest.mark.parametrize(
    "mark",
    [
        '@check(part="a", es="sí, ñ", en="yes")',
        '@check(es="sí, ñ", en="yes", part="a")',
        '@check(\n    part="a",\n    es="sí, ñ",\n    en="yes",\n)',
        '@check(\n    en="yes",\n    es="sí, ñ",\n    part="a")',
        '@check(part="a", es="sí, " "ñ",\n       en="yes"\n)',
    ],
)
def test_drop_promises_leaves_the_rest_of_the_mark_as_it_was(mark: str) -> None:
    for language, words in (("es", "sí, ñ"), ("en", "yes")):
        source = drop_promises(f"{mark}\ndef test():\n    pass\n", language)
        call = ast.parse(source).body[0].decorator_list[0]  # type: ignore[attr-defined]
        assert {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords} == {
            "part": "a",
            language: words,
        }
