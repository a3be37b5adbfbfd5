"""Submissions as plain files: one file, a folder with a file or a folder for each student, or a zip of these."""

import os
import posixpath
import re
import unicodedata
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
            return unreadable(self.student, "", Message("problem.no_python", {"module": module}))
        if len(candidates) > 1:
            values: dict[str, Value] = {"files": names, "module": module}
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
        return [HandedIn(_student(source.stem), [TreeFile(PurePosixPath(source.name), lambda: read_file(source))])], []
    if not is_folder and (suffix != ".zip" or not source.is_file()):
        raise UserError("error.unknown_source", path=str(source), suffixes=", ".join(SUFFIXES))
    files, left_out = list_files(source)
    files = [file for file in files if not _is_litter(file.path)]
    if not files:
        raise UserError("error.empty", path=str(source))
    handed_in = list(
        _by_student(
            _without_common_folder(files, is_folder),
            module,
            _student(source.resolve().name if is_folder else source.stem),
        )
    )
    if not any(each.files for each in handed_in):
        raise UserError("error.no_python", path=str(source), suffixes=", ".join(SUFFIXES))
    return handed_in, left_out


def _is_litter(path: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX", "__pycache__")) for part in path.parts)


def _may_be_it(file: TreeFile) -> bool:
    return file.path.suffix.lower() in SUFFIXES or file.stands_for_folder


def _named(files: list[TreeFile], module: str) -> list[TreeFile]:
    """Return those named like the exercise; where none is, those that a browser or an LMS renamed: neuron (1).py."""
    candidates = [file for file in files if _may_be_it(file)]
    exactly = [file for file in candidates if file.path.stem.lower() == module.lower()]
    return exactly or [file for file in candidates if _RENAMED.sub("", file.path.stem.lower()) == module.lower()]


def _without_common_folder(files: list[TreeFile], is_folder: bool) -> list[TreeFile]:
    """Leave out the folders that stand around a whole class; many zips have one.

    Files that lie together in an only folder are a class's in a zip, and a student's in a folder.
    """
    candidates = [file for file in files if _may_be_it(file)]
    depth = len(PurePosixPath(posixpath.commonpath([file.path.parent for file in files])).parts)
    together = any(len(file.path.parts) == depth + 1 for file in candidates)
    if len(candidates) < 2 or (is_folder and together):
        return files
    return [TreeFile(PurePosixPath(*file.path.parts[depth:]), file.read, file.stands_for_folder) for file in files]


def _by_student(files: list[TreeFile], module: str, source_name: str) -> Iterator[HandedIn]:
    """Give each folder's files, and each file beside the folders, to a student."""
    folders: dict[str, list[TreeFile]] = {}
    beside = []
    for file in files:
        if len(file.path.parts) > 1:
            own = folders.setdefault(file.path.parts[0], [])
            if _may_be_it(file):
                own.append(TreeFile(PurePosixPath(*file.path.parts[1:]), file.read, file.stands_for_folder))
        elif _may_be_it(file):
            beside.append(file)
    if beside and not any(folders.values()):
        folders = {}  # of something else
        if len(beside) == 1 and _named(beside, module):
            yield HandedIn(source_name, beside)
            return
    for file in beside:
        yield HandedIn(_student(file.path.stem), [file])
    for folder, own in folders.items():
        yield HandedIn(_student(folder), own)


def _tell_apart(found: list[HandedIn]) -> list[Message]:
    """Give students of the same name names of their own; say so. Capitals don't count, as in many systems' files."""
    warnings = []
    taken = {_folded(each.student) for each in found}
    seen: set[str] = set()
    for each in found:
        if _folded(each.student) in seen:
            first, number = each.student, 2
            while _folded(f"{first} ({number})") in taken:
                number += 1
            each.student = f"{first} ({number})"
            taken.add(_folded(each.student))
            warnings.append(Message("warning.same_name", {"student": first, "renamed": each.student}))
        seen.add(_folded(each.student))
    return warnings


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _student(name: str) -> str:
    """Return a name that can be shown, and is never empty."""
    shown = printable(name)
    return shown if shown.strip() else "?"
