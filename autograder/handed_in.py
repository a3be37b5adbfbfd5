"""HandedIn: what one student handed in, as the place it was downloaded from tells it."""

import re

import msgspec

from autograder.late import Lateness
from autograder.printable import printable
from autograder.source import Unreadable
from autograder.submission import NOTEBOOK, Submission, read_submission, unreadable
from autograder.texts import Message, Value
from autograder.tree import TreeFile

SUFFIXES = (".py", NOTEBOOK)
MAX_NAMED = 5  # files that a message names
_RENAMED = re.compile(r" ?\(\d+\)$|-\d+$")


class Who(msgspec.Struct):
    """One student, as the place that her submission comes from knows her.

    `student` is the key by which the LMS knows her; `lms` is "" for plain files.
    """

    student: str
    lms: str = ""
    name: str = ""
    email: str = ""
    late: Lateness | None = None
    reply_to: str = ""  # what the LMS wants to see in the name of a file that goes back to her
    submitted: bool = True

    @property
    def label(self) -> str:
        """The student as an instructor knows her."""
        return f"{self.name} ({self.student})" if self.name and self.name != self.student else self.student


class HandedIn(Who):
    """What one student handed in: the files that may be it, by their place below the student's own folder."""

    files: list[TreeFile] = []

    @property
    def who(self) -> Who:
        return Who(*(getattr(self, field) for field in Who.__struct_fields__))

    def read(self, module: str) -> Submission:
        """Return the submission: the one file, or the one that is named like the exercise."""
        if not self.submitted:
            return Submission(self.student, "", "not submitted")
        candidates = named(self.files, module) or [file for file in self.files if may_be_it(file)]
        names = ", ".join(printable(str(file.path)) for file in candidates[:MAX_NAMED])
        if len(candidates) > MAX_NAMED:
            names += ", …"
        if not candidates:
            return unreadable(self.student, "", Message("problem.no_python", {"module": module}))
        if len(candidates) > 1:
            values: dict[str, Value] = {"files": names, "module": module}
            return unreadable(self.student, "", Message("problem.several_files", values))
        try:
            return read_submission(self.student, names, candidates[0].read())
        except Unreadable as error:
            return unreadable(self.student, names, error.message)


def may_be_it(file: TreeFile) -> bool:
    return file.path.suffix.lower() in SUFFIXES or file.stands_for_folder


def named(files: list[TreeFile], module: str) -> list[TreeFile]:
    """Return those named like the exercise, or as a browser or an LMS renames it: exercise (1).py.

    Which of them is the newest the name does not say.
    """
    candidates = [file for file in files if may_be_it(file)]
    return [file for file in candidates if _RENAMED.sub("", file.path.stem.lower()) == module.lower()]


def shown_name(name: str) -> str:
    """Return a name that can be shown, and is never empty."""
    shown = printable(name)
    return shown if shown.strip() else "?"
