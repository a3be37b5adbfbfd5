"""An exercise's own submissions: right ones, and wrong ones whose first line says where they must lose points."""

from pathlib import Path

import msgspec

from autograder.assignment import Assignment
from autograder.submission import Submission, read_submission
from autograder.texts import UserError

_LABEL = "# loses:"


class Example(msgspec.Struct, frozen=True):
    """A labelled submission. `loses` names the parts in which it must lose points, none for a right one."""

    path: Path
    loses: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def read(self) -> Submission:
        return read_submission(self.name, self.path.name, self.path.read_bytes())


def find_examples(assignment: Assignment) -> list[Example]:
    """Return the exercise's examples, right ones first. Raises UserError where a wrong one lacks its label."""
    folder = assignment.folder / "examples"
    right = [Example(path, frozenset()) for path in sorted((folder / "right").glob("*.py"))]
    return right + [Example(path, _label(path, assignment)) for path in sorted((folder / "wrong").glob("*.py"))]


def _label(path: Path, assignment: Assignment) -> frozenset[str]:
    known = [part.name for part in assignment.settings.parts]
    first_line = path.read_bytes().split(b"\n", 1)[0].decode("ascii", "replace")
    label = first_line.removeprefix(_LABEL)
    parts = frozenset(part.strip() for part in label.split(","))
    if label == first_line or not parts <= set(known):
        raise UserError("author.no_label", path=str(path), known=", ".join(known))
    return parts
