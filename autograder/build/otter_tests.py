"""Otter's test files, one for each part: the same checks, in the form that Otter runs inside the student's process."""

import ast
import re
from importlib import resources
from pathlib import Path

import autograder
from autograder.assignment import Assignment
from autograder.build.localise import localise
from autograder.checks import HIDDEN_FILE, VISIBLE_FILE, Check
from autograder.texts import UserError, text

_KIT_IMPORT = re.compile(r"^from autograder\.checking import .*\n", re.MULTILINE)


def otter_tests(
    assignment: Assignment, checks: list[Check], seeds: dict[str, int], language: str, with_key: bool
) -> dict[str, str]:
    """Return the text of `<part>.py` for each part that has any of `checks`. Raises UserError.

    `seeds` are the grader's, so that both judge by the same inputs. Without the key, quiz answers only have to be
    letters, and are worth nothing.
    """
    support = _support(assignment, language)
    files = {}
    for part in assignment.settings.parts:
        own = [check for check in checks if check.part == part.name]
        if own:
            source = f"OK_FORMAT = False\nname = {part.name!r}\nfrom otter.test_files import test_case\n\n"
            source += support + _sources(assignment, own)
            for number, check in enumerate(own):
                source += _case(check, number, _index(check, own), seeds[check.name], language, with_key)
            files[f"{part.name}.py"] = source.encode("ascii", "backslashreplace").decode("ascii")
    return files


def _support(assignment: Assignment, language: str) -> str:
    """Return what all test files need, in Python without comments."""
    package = resources.files(autograder)
    checking = package.joinpath("checking.py").read_text(encoding="utf-8")
    glue = package.joinpath("build/otter_glue.py").read_text(encoding="utf-8")
    glue = _KIT_IMPORT.sub("", glue).replace('MODULE = "exercise"', f"MODULE = {assignment.settings.module!r}")
    return "".join(ast.unparse(ast.parse(localise(source, language))) + "\n\n" for source in (checking, glue))


def _sources(assignment: Assignment, checks: list[Check]) -> str:
    """Return the functions of `checks`, with what their files have beside them, without the marks that hold points."""
    names = {check.function.__name__ for check in checks if not check.question}
    files = (
        [VISIBLE_FILE, HIDDEN_FILE]
        if any(not check.visible and not check.question for check in checks)
        else [VISIBLE_FILE]
    )
    nodes: list[ast.stmt] = []
    for path in [assignment.folder / file for file in files]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                if node.name not in names:
                    continue
                node.decorator_list = _without_check_mark(node, path)
            elif isinstance(node, ast.Import) and node.names[0].name == "pytest":
                continue
            _refuse_other_pytest(node, path)
            nodes.append(node)
    return ast.unparse(ast.Module(nodes, [])) + "\n\n"


def _without_check_mark(node: ast.FunctionDef, path: Path) -> list[ast.expr]:
    marks = [mark for mark in node.decorator_list if not ast.unparse(mark).startswith("pytest.mark.check(")]
    if len(marks) > 1:
        raise UserError("author.one_parametrize", path=str(path), check=node.name)
    return marks


def _refuse_other_pytest(node: ast.stmt, path: Path) -> None:
    """Raise UserError where a check uses pytest for more than marks: Otter's container need not have it."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and ast.unparse(inner.value) == "pytest" and inner.attr != "mark":
            raise UserError("author.only_marks", path=str(path), line=inner.lineno, name=f"pytest.{inner.attr}")


def _index(check: Check, checks: list[Check]) -> int:
    """Return which of its function's parameter sets `check` is."""
    return [other.name for other in checks if other.function is check.function].index(check.name)


def _case(check: Check, number: int, index: int, seed: int, language: str, with_key: bool) -> str:
    question = check.question
    function, points, promise = getattr(check.function, "__name__", ""), check.points, check.promise[language]
    if question and with_key:
        function = f"answer_is({question.variable!r}, {question.key!r})"
    elif question:
        function, points = f"answer_is_a_letter({question.variable!r}, {''.join(question.options)!r})", 0
        promise = text(language, "check.letter", variable=question.variable)
    mark = f"@test_case(name={promise!r}, points={points!r}, hidden={not check.visible and with_key!r})"
    return f"{mark}\ndef case_{number}(env):\n    check(env, {function}, {index}, {seed})\n\n\n"
