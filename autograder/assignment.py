"""Assignment: an exercise as its folder `solutions/<name>/` describes it."""

import zlib
from pathlib import Path
from typing import Any, Literal

import msgspec

from autograder.late import LatePolicy
from autograder.sandbox.limits import Limits
from autograder.texts import LANGUAGES, UserError

SOLUTIONS = "solutions"
ASSIGNMENTS = "assignments"
SETTINGS = "assignment.toml"

Words = dict[str, str]  # a text in each language
FeedbackLevel = Literal["none", "hint", "explanation"]  # what students are told of a known misconception


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of assignment.toml: a misspelt name in it is an error, not passed over."""


class Part(Strict, frozen=True):
    """A rubric part: what its checks are worth together."""

    name: str
    points: float
    title: Words


class Option(Strict, frozen=True):
    """One answer that a question offers; `why_not` tells why it is wrong."""

    text: Words
    why_not: Words | None = None


class Question(Strict, frozen=True):
    """A quiz question. Students assign the letter of an option to `variable`."""

    part: str
    variable: str
    points: float
    key: str
    question: Words
    options: dict[str, Option]


class Settings(Strict, frozen=True):
    """The whole of assignment.toml."""

    version: str
    module: str
    language: str
    title: Words
    parts: list[Part]
    quiz: list[Question] = []
    late: LatePolicy | None = None
    feedback: FeedbackLevel = "explanation"
    limits: Limits = Limits()


class Assignment(msgspec.Struct, frozen=True):
    """An exercise: its settings and where its files are."""

    name: str
    folder: Path
    settings: Settings

    @property
    def student_folder(self) -> Path:
        """Where `build` writes what students get, a folder for each language."""
        return self.folder.parents[1] / ASSIGNMENTS / self.name

    @property
    def reference(self) -> Path:
        """The author's solution."""
        return self.folder / f"{self.settings.module}.py"

    @property
    def max_score(self) -> float:
        return sum(part.points for part in self.settings.parts)

    @property
    def seed(self) -> int:
        """What random inputs are drawn from, unless the instructor gives another number."""
        return zlib.crc32(f"{self.name} {self.settings.version}".encode())


def find_course(start: Path) -> Path:
    """Return the nearest folder, from `start` upward, that holds `solutions/`. Raises UserError."""
    for folder in (start, *start.parents):
        if (folder / SOLUTIONS).is_dir():
            return folder
    raise UserError("error.no_course", folder=str(start))


def load_assignment(course: Path, name: str) -> Assignment:
    """Read `solutions/<name>/assignment.toml`. Raises UserError saying what in it is wrong."""
    folder = course / SOLUTIONS / name
    path = folder / SETTINGS
    if not path.is_file():
        known = sorted(found.parent.name for found in folder.parent.glob("*/assignment.toml"))
        raise UserError("error.no_assignment", name=name, known=", ".join(known) or "-", folder=str(folder.parent))
    try:
        settings = msgspec.toml.decode(path.read_text(encoding="utf-8"), type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("error.bad_assignment", path=str(path), reason=str(error)) from None
    _check(settings, path)
    return Assignment(name, folder, settings)


def exercise_files(assignment: Assignment) -> dict[str, bytes]:
    """Return what grading needs of an exercise, by the files' names: all but its lesson and examples."""
    needed = (SETTINGS, "misconceptions.*.toml", "*.py")
    paths = sorted(path for pattern in needed for path in assignment.folder.glob(pattern))
    return {path.name: path.read_bytes() for path in paths}


def _check(settings: Settings, path: Path) -> None:
    """Raise UserError where the settings do not agree with each other."""

    def wrong(name: str, **values: str | int | float) -> UserError:
        return UserError(f"author.{name}", path=str(path), **values)

    if settings.language not in LANGUAGES:
        raise wrong("language", language=settings.language, known=", ".join(LANGUAGES))
    if not settings.module.isidentifier():
        raise wrong("module", module=settings.module)
    names = [part.name for part in settings.parts]
    for name in names:
        if names.count(name) > 1:
            raise wrong("part_twice", part=name)
    for question in settings.quiz:
        if question.part not in names:
            raise wrong("unknown_part", what=question.variable, part=question.part, known=", ".join(names))
        if question.key not in question.options:
            raise wrong("unknown_key", what=question.variable, key=question.key, known=", ".join(question.options))
        for letter, option in question.options.items():
            if (option.why_not is None) != (letter == question.key):
                raise wrong("why_not", what=question.variable, option=letter)
    late = settings.late
    if late is not None and (late.points_per_day < 0 or late.grace_minutes < 0):
        raise wrong("late_negative")
    if late is not None and late.deadline is not None and late.deadline.tzinfo is None:
        raise wrong("late_offset", deadline=str(late.deadline))
    for where, words in _all_words(msgspec.to_builtins(settings), ""):
        for language in LANGUAGES:
            if not words.get(language):
                raise wrong("missing_language", what=where, language=language)


def _all_words(value: Any, where: str) -> list[tuple[str, Words]]:
    """Return each table of texts in `value` with its dotted name."""
    if isinstance(value, list):
        return [found for i, item in enumerate(value, 1) for found in _all_words(item, f"{where}[{i}]")]
    if not isinstance(value, dict):
        return []
    if set(value) & set(LANGUAGES):
        return [(where, value)]
    return [found for key, item in value.items() for found in _all_words(item, f"{where}.{key}".strip("."))]
