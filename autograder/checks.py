"""The checks of an assignment: pytest collects those in its test files, the quiz gives one for each question."""

import contextlib
import functools
import hashlib
import inspect
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from autograder.assignment import Assignment, Question, Words
from autograder.checking import letter_of
from autograder.texts import LANGUAGES, UserError, text

VISIBLE_FILE = "test_visible.py"
HIDDEN_FILE = "test_hidden.py"
FIXTURES = ("student", "seed", "rng", "stand_in", "follow_through")
NO_ANSWER = (None, ...)


class Check(msgspec.Struct, frozen=True):
    """One thing that a submission must do, what it promises in each language, and what it is worth."""

    name: str
    part: str
    points: float
    promise: Words
    visible: bool
    function: Callable[..., None]
    fixtures: tuple[str, ...]
    parameters: dict[str, Any] = {}
    question: Question | None = None  # that a check of the quiz is about


def collect_checks(assignment: Assignment) -> list[Check]:
    """Return the checks, part by part. Raises UserError where they don't fit what the assignment says."""
    found = _from_pytest(assignment, VISIBLE_FILE, visible=True)
    found += _from_pytest(assignment, HIDDEN_FILE, visible=False)
    found += [_for_question(question) for question in assignment.settings.quiz]
    parts = [part.name for part in assignment.settings.parts]
    for check in found:
        if check.part not in parts:
            known = ", ".join(parts)
            raise UserError(
                "author.unknown_part", path=str(assignment.folder), what=check.name, part=check.part, known=known
            )
    names = [check.name for check in found]
    for name in names:
        if names.count(name) > 1:
            raise UserError("author.check_twice", path=str(assignment.folder), check=name)
    for part in assignment.settings.parts:
        total = sum(check.points for check in found if check.part == part.name)
        if abs(total - part.points) > 1e-9:
            raise UserError(
                "author.points", path=str(assignment.folder), part=part.name, points=part.points, total=total
            )
    return sorted(found, key=lambda check: parts.index(check.part))


def seed_of(name: str, seed: int) -> int:
    """Return a check's own seed: what it draws does not hang on the checks before it."""
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:4], "big")


def _from_pytest(assignment: Assignment, file: str, visible: bool) -> list[Check]:
    path = assignment.folder / file
    return [_from_item(item, path, visible) for item in _collect_items(path)]


def _collect_items(path: Path) -> list[Any]:
    """Let pytest collect `path`, without running anything. Raises UserError with pytest's words where it can't."""
    import pytest  # takes longer to load than all else together

    if not path.is_file():
        raise UserError("author.no_tests", path=str(path))
    keeper = _Keeper()
    options = ["--collect-only", "-q", "--import-mode=importlib", "--assert=plain", "--noconftest", "-c", os.devnull]
    # These two collect garbage, where a Ctrl-C would be lost.
    options += ["-p", "no:unraisableexception", "-p", "no:threadexception"]
    options += ["-p", "no:cacheprovider", f"--rootdir={path.parent}", "--color=no", str(path)]
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output), _no_strangers():
        status = pytest.main(options, plugins=[keeper])
        sys.modules.pop(path.stem, None)  # or the next exercise's file of this name would be taken for it
    if keeper.interrupted:
        raise KeyboardInterrupt
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        errors = [line for line in output.getvalue().splitlines() if line.startswith("E ")]
        reason = errors[-1][1:].strip() if errors else output.getvalue().strip()[-500:]
        raise UserError("author.tests_fail", path=str(path), reason=reason)
    return keeper.items


class _Keeper:
    """A pytest plugin that keeps what was collected."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.interrupted = False

    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        self.interrupted = excinfo.type is KeyboardInterrupt  # pytest has a subclass of it for its own use

    def pytest_configure(self, config: Any) -> None:
        config.addinivalue_line("markers", "check(part, points, es, en): what a check is worth and what it promises")

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        self.items = list(items)


@contextlib.contextmanager
def _no_strangers() -> Any:
    """Keep pytest from loading other people's plugins and from writing byte code beside the checks."""
    names = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""}
    before = {name: os.environ.get(name) for name in names}
    wrote_byte_code, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    os.environ.update(names)
    try:
        yield
    finally:
        sys.dont_write_bytecode = wrote_byte_code
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _from_item(item: Any, path: Path, visible: bool) -> Check:
    def wrong(name: str, **values: str) -> UserError:
        return UserError(f"author.{name}", path=str(path), what=item.name, **values)

    mark = item.get_closest_marker("check")
    if mark is None:
        raise wrong("no_mark")
    given: dict[str, Any] = mark.kwargs
    for language in LANGUAGES:
        if not given.get(language):
            raise wrong("missing_language", language=language)
    if not isinstance(given.get("part"), str) or not isinstance(given.get("points"), int | float):
        raise wrong("no_mark")
    parameters = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    fixtures = tuple(name for name in inspect.signature(item.function).parameters if name not in parameters)
    for name in fixtures:
        if name not in FIXTURES:
            raise wrong("unknown_fixture", fixture=name, known=", ".join(FIXTURES))
    case = f" [{item.callspec.id}]" if parameters else ""
    promise = {language: given[language] + case for language in LANGUAGES}
    return Check(item.name, given["part"], given["points"], promise, visible, item.function, fixtures, parameters)


def _for_question(question: Question) -> Check:
    promise = {language: text(language, "check.quiz", variable=question.variable) for language in LANGUAGES}
    function = functools.partial(_answers, question=question)
    return Check(
        question.variable, question.part, question.points, promise, False, function, ("student",), question=question
    )


class WrongAnswer(AssertionError):
    """A quiz answer that is not the key, and why not; `why_not` is None where it is none of the options."""

    def __init__(self, variable: str, letter: str, why_not: Words | None) -> None:
        super().__init__(variable)
        self.variable = variable
        self.letter = letter
        self.why_not = why_not


def _answers(student: Any, question: Question) -> None:
    """Compare a quiz answer with the key; case and blanks don't matter."""
    answer = getattr(student, question.variable)
    if answer in NO_ANSWER:
        raise AssertionError
    letter = letter_of(answer)
    if letter != question.key:
        option = question.options.get(letter)
        raise WrongAnswer(question.variable, letter, option.why_not if option else None)
