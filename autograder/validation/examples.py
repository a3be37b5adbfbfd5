"""An exercise's own submissions: right ones, and wrong ones whose first line says where they must lose points."""

from pathlib import Path

import msgspec

from autograder.assignment import Assignment
from autograder.submission import Submission, read_submission
from autograder.texts import UserError

_LABEL = "# loses:"
_LOOKS_LIKE = "# looks like:"  # on the second line, where it is a known misconception


class Example(msgspec.Struct, frozen=True):
    """A labelled submission. `loses` names the parts in which it must lose points, none for a right one.

    `looks_like` names the misconceptions that it must be recognised as.
    """

    path: Path
    loses: frozenset[str]
    looks_like: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def read(self) -> Submission:
        return read_submission(self.name, self.path.name, self.path.read_bytes())


def find_examples(assignment: Assignment) -> list[Example]:
    """Return the exercise's examples, right ones first. Raises UserError where a wrong one lacks its label."""
    folder = assignment.folder / "examples"
    right = [Example(path, frozenset()) for path in sorted((folder / "right").glob("*.py"))]
    wrong = [_labelled(path, assignment) for path in sorted((folder / "wrong").glob("*.py"))]
    return right + wrong


def _labelled(path: Path, assignment: Assignment) -> Example:
    known = [part.name for part in assignment.settings.parts]
    first, second, *_ = [line.decode("ascii", "replace") for line in path.read_bytes().split(b"\n", 2)] + [""]
    loses = _names(first, _LABEL)
    if not loses or not loses <= set(known):
        raise UserError("author.no_label", path=str(path), known=", ".join(known))
    return Example(path, loses, _names(second, _LOOKS_LIKE))


def _names(line: str, label: str) -> frozenset[str]:
    """Return what a line names after its label, nothing where it is another line."""
    if not line.startswith(label):
        return frozenset()
    return frozenset(name.strip() for name in line.removeprefix(label).split(","))
