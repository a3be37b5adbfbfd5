"""Submissions as plain files: one file, a folder with a file or a folder for each student, or a zip of these."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from autograder.lms.tree import TreeFile, list_files, read_file
from autograder.printable import printable
from autograder.source import Unreadable
from autograder.submission import NOTEBOOK, Submission, read_submission, unreadable
from autograder.texts import Message, UserError, Value

SUFFIXES = (".py", NOTEBOOK)
MAX_NAMED = 5  # files that a message names
_RENAMED = re.compile(r" ?\(\d+\)$|-\d+$")


class HandedIn(msgspec.Struct):
    """What one student handed in: the files that may be it, by their place below the student's own folder."""

    student: str
    files: list[TreeFile]

    def read(self, module: str) -> Submission:
        """Return the submission: the one file, or the one that is named like the exercise."""
        candidates = _named(self.files, module) or self.files
        names = ", ".join(printable(str(file.path)) for file in candidates[:MAX_NAMED])
        if len(candidates) > MAX_NAMED:
            names += ", …"
        if not candidates:
            return unreadable(self.student, "", Message("problem.no_python", {"file": f"{module}.py"}))
        if len(candidates) > 1:
            values: dict[str, Value] = {"files": names, "file": f"{module}.py"}
            return unreadable(self.student, "", Message("problem.several_files", values))
        try:
            return read_submission(self.student, names, candidates[0].read())
        except Unreadable as error:
            return unreadable(self.student, names, error.message)


def find_submissions(sources: list[Path], module: str) -> tuple[list[HandedIn], list[Message]]:
    """Return who handed in what, and what the instructor should know. Raises UserError where there is nothing."""
    found: list[HandedIn] = []
    warnings: list[Message] = []
    for source in sources:
        handed_in, left_out = _find(source, module)
        found += handed_in
        warnings += left_out
    warnings += _tell_apart(found)
    return found, warnings


def _find(source: Path, module: str) -> tuple[list[HandedIn], list[Message]]:
    try:
        is_folder, is_there = source.is_dir(), os.path.lexists(source)
    except OSError as error:
        raise UserError("error.cannot_read", path=str(source), reason=error.strerror or str(error)) from None
    if not is_there:
        raise UserError("error.no_such_path", path=str(source))
    suffix = source.suffix.lower()
    if suffix in SUFFIXES and not is_folder:
        return [HandedIn(printable(source.stem), [TreeFile(PurePosixPath(source.name), lambda: read_file(source))])], []
    if not is_folder and suffix != ".zip":
        raise UserError("error.unknown_source", path=str(source), suffixes=", ".join(SUFFIXES))
    files, left_out = list_files(source)
    files = [file for file in files if not _is_litter(file.path)]
    if not files:
        raise UserError("error.empty", path=str(source))
    if not is_folder:
        files = _without_common_folder(files, module)
    handed_in = list(_by_student(files, module, printable(source.resolve().stem)))
    if not any(each.files for each in handed_in):
        raise UserError("error.no_python", path=str(source), suffixes=", ".join(SUFFIXES))
    return handed_in, left_out


def _is_litter(path: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX", "__pycache__")) for part in path.parts)


def _may_be_it(file: TreeFile) -> bool:
    return file.path.suffix.lower() in SUFFIXES or file.is_folder_link


def _named(files: list[TreeFile], module: str) -> list[TreeFile]:
    """Return those named like the exercise; where none is, those that a browser or an LMS renamed: neuron (1).py."""
    candidates = [file for file in files if _may_be_it(file)]
    exactly = [file for file in candidates if file.path.stem.lower() == module]
    return exactly or [file for file in candidates if _RENAMED.sub("", file.path.stem.lower()) == module]


def _without_common_folder(files: list[TreeFile], module: str) -> list[TreeFile]:
    """Leave out the one folder around all that many zips have, unless it is a student's own."""
    while len({file.path.parts[0] for file in files}) == 1 and all(len(file.path.parts) > 1 for file in files):
        if _named([file for file in files if len(file.path.parts) == 2], module):
            break
        files = [TreeFile(PurePosixPath(*file.path.parts[1:]), file.read) for file in files]
    return files


def _by_student(files: list[TreeFile], module: str, source_name: str) -> Iterator[HandedIn]:
    """Give each folder's files, and each file beside the folders, to a student."""
    folders: dict[str, list[TreeFile]] = {}
    beside = []
    for file in files:
        if len(file.path.parts) > 1:
            own = folders.setdefault(file.path.parts[0], [])
            if _may_be_it(file):
                own.append(TreeFile(PurePosixPath(*file.path.parts[1:]), file.read, file.is_folder_link))
        elif _may_be_it(file):
            beside.append(file)
    if beside and not any(folders.values()):
        folders = {}  # of something else
        if _named(beside, module):
            yield HandedIn(source_name, beside)
            return
    for file in beside:
        yield HandedIn(printable(file.path.stem), [file])
    for folder, own in folders.items():
        yield HandedIn(printable(folder), own)


def _tell_apart(found: list[HandedIn]) -> list[Message]:
    """Give students of the same name names of their own; say so."""
    warnings = []
    taken = {each.student for each in found}
    seen: set[str] = set()
    for each in found:
        if each.student in seen:
            first, number = each.student, 2
            while f"{first} ({number})" in taken:
                number += 1
            each.student = f"{first} ({number})"
            taken.add(each.student)
            warnings.append(Message("warning.same_name", {"student": first, "renamed": each.student}))
        seen.add(each.student)
    return warnings
