"""Submission: what one student handed in, read as source text, or the reason why it can't be."""

import hashlib

import msgspec

from autograder.notebook import read_cells
from autograder.result import Status
from autograder.source import Cell, Unreadable, decode
from autograder.texts import Message

NOTEBOOK = ".ipynb"


class Submission(msgspec.Struct, frozen=True):
    """One student's file. Where it can't be read, `cells` is None and `problem` says why."""

    student: str
    file: str
    status: Status
    cells: list[Cell] | None = None
    problem: Message | None = None
    sha256: str = ""


def read_submission(student: str, file: str, content: bytes) -> Submission:
    """Make a submission of the content of a script or, by its name, a notebook."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        cells = read_cells(content) if file.lower().endswith(NOTEBOOK) else [(0, decode(content))]
        return Submission(student, file, "graded", cells, None, digest)
    except Unreadable as error:
        return Submission(student, file, "unreadable", None, error.message, digest)


def unreadable(student: str, file: str, problem: Message) -> Submission:
    return Submission(student, file, "unreadable", None, problem)
