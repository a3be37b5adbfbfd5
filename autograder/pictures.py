"""The pictures of a student's page: her own functions beside the right ones, as `solutions/<name>/pictures.py` asks.

A picture is asked for like a check, of the submission in its sandbox, and costs nothing. What comes is kept as numbers.
"""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from autograder.assignment import Assignment, Words
from autograder.texts import LANGUAGES, UserError

FILE = "pictures.py"
_DIGITS = 5  # of numbers that are drawn
_MARK = "_picture"
_NO_MARK: tuple[str | None, Words] = (None, {})
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Curve(msgspec.Struct, frozen=True, tag=True):
    """A function's values `y` at `x`, None where there is none, and the right ones."""

    x: list[float]
    y: list[float | None]
    right: list[float]

    def __post_init__(self) -> None:
        _must_be_drawable(self.x, self.right, len(self.x))


class Histogram(msgspec.Struct, frozen=True, tag=True):
    """How many values fall between each two neighbours of `edges`, and how many should."""

    edges: list[float]
    counts: list[int]
    right: list[float]

    def __post_init__(self) -> None:
        _must_be_drawable(self.edges, self.right, len(self.edges) - 1)


Drawing = Curve | Histogram


class Picture(msgspec.Struct, frozen=True):
    """A picture that an exercise asks for: it belongs to a part and has a title in each language."""

    name: str
    part: str
    title: Words
    function: Callable[[Any], Drawing]


def picture(part: str, **title: str) -> Callable[[_Function], _Function]:
    """Mark a function in pictures.py that asks a `student` and returns a `curve` or a `histogram`."""

    def mark(function: _Function) -> _Function:
        setattr(function, _MARK, (part, title))
        return function

    return mark


def curve(function: Callable[[Any], Any], x: Any, right: Any) -> Curve:
    """Draw a student's `function` at `x`, asked for all of it at once or, where that fails, one by one."""
    try:
        y = _floats(function(x.copy()))
    except Exception:  # what a submission does or says may be wrong in any way
        y = np.array([])
    if y.shape != x.shape:
        y = _floats([function(float(number)) for number in x])
    if y.shape != x.shape:
        raise ValueError("no number for each number")
    return Curve(_rounded(x), [number if np.isfinite(number) else None for number in _rounded(y)], _rounded(right))


def histogram(values: Any, edges: Any, right: Any) -> Histogram:
    """Count a student's `values`; those beyond the `edges` fall into the outermost bins."""
    counts = np.histogram(np.clip(_floats(values), edges[0], edges[-1]), edges)[0]
    return Histogram(_rounded(edges), counts.tolist(), _rounded(right))


def load_pictures(assignment: Assignment) -> list[Picture]:
    """Return the pictures that the exercise asks for; none where it has no such file. Raises UserError."""
    path = assignment.folder / FILE
    if not path.is_file():
        return []
    parts = [part.name for part in assignment.settings.parts]
    found = []
    for name, function in _functions(path).items():
        part, title = getattr(function, _MARK, _NO_MARK)
        if part is None:
            continue
        if part not in parts:
            raise UserError("author.unknown_part", path=str(path), what=name, part=part, known=", ".join(parts))
        for language in LANGUAGES:
            if not title.get(language):
                raise UserError("author.missing_language", path=str(path), what=name, language=language)
        found.append(Picture(name, part, title, function))
    return found


def _functions(path: Path) -> dict[str, Any]:
    try:
        return runpy.run_path(str(path))
    except Exception as error:
        raise UserError("error.bad_assignment", path=str(path), reason=f"{type(error).__name__}: {error}") from None


def _floats(values: Any) -> Any:
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError("no numbers")
    return array.astype(float)


def _must_be_drawable(across: list[float], right: list[float], count: int) -> None:
    """Raise ValueError where an exercise asks for a picture of no width, or has no right value for each place."""
    if len(across) < 2 or across[0] >= across[-1] or len(right) != count or not np.isfinite([*across, *right]).all():
        raise ValueError("nothing to draw")


def _rounded(values: Any) -> list[float]:
    return [float(f"{number:.{_DIGITS}g}") for number in values]
