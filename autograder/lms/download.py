"""What an instructor downloaded, from whatever system: recognised by its names, and given to its students."""

import os
import posixpath
import unicodedata
from collections import Counter
from pathlib import Path, PurePosixPath

import msgspec

from autograder.handed_in import MAX_NAMED, SUFFIXES, HandedIn, may_be_it, shown_name
from autograder.late import LatePolicy
from autograder.lms import canvas, files, gradescope, moodle
from autograder.printable import printable
from autograder.texts import Message, UserError
from autograder.tree import TreeFile, list_files, read_file


def find_submissions(
    sources: list[Path], module: str, late: LatePolicy | None = None
) -> tuple[list[HandedIn], list[Message]]:
    """Return who handed in what, and what the instructor should know. Raises UserError where there is nothing.

    `late` has the deadline for systems that tell when something was handed in and not whether it was late.
    """
    found: list[HandedIn] = []
    warnings: list[Message] = []
    for source in sources:
        handed_in, left_out = _find(source, module, late)
        found += handed_in
        warnings += left_out
    _check_once(found)
    warnings += _tell_apart(found)
    return found, warnings


def _check_once(found: list[HandedIn]) -> None:
    """Raise UserError where two downloads hold the same student: which of them counts, only the instructor knows."""
    keys = Counter((each.lms, each.student) for each in found if each.lms)
    twice = [each for each in found if keys[each.lms, each.student] > 1]
    if twice:
        raise UserError("error.twice", student=twice[0].label)


def _find(source: Path, module: str, late: LatePolicy | None) -> tuple[list[HandedIn], list[Message]]:
    try:
        is_folder, is_there = source.is_dir(), os.path.lexists(source)
    except OSError as error:
        raise UserError("error.cannot_read", path=str(source), reason=error.strerror or str(error)) from None
    if not is_there:
        raise UserError("error.no_such_path", path=str(source))
    suffix = source.suffix.lower()
    if suffix in SUFFIXES and not is_folder:
        own = TreeFile(PurePosixPath(source.name), lambda: read_file(source))
        return [HandedIn(shown_name(source.stem), files=[own])], []
    if not is_folder and (suffix != ".zip" or not source.is_file()):
        raise UserError("error.unknown_source", path=str(source), suffixes=", ".join(SUFFIXES))
    listed, warnings = list_files(source)
    if not listed:
        raise UserError("error.empty", path=str(source))
    handed_in, others = _from_lms(listed, late)
    if others:
        named = ", ".join(printable(str(file.path)) for file in others[:MAX_NAMED])
        warnings.append(Message("warning.not_of_lms", {"files": named, "count": len(others), "lms": handed_in[0].lms}))
    if not handed_in:
        source_name = shown_name(source.resolve().name if is_folder else source.stem)
        handed_in = files.handed_in(listed, module, is_folder, source_name)
        if not any(each.files for each in handed_in):
            patterns = "; ".join(system.PATTERN for system in (moodle, canvas, gradescope))
            raise UserError("error.no_python", path=str(source), suffixes=", ".join(SUFFIXES), patterns=patterns)
    return handed_in, warnings


def _from_lms(listed: list[TreeFile], late: LatePolicy | None) -> tuple[list[HandedIn], list[TreeFile]]:
    """Return what an LMS's download holds and the programs in it that are not the LMS's; nothing for plain files.

    Most of the names must be the LMS's: one student's file can't turn a folder of others into a download.
    """
    common = len(PurePosixPath(posixpath.commonpath([file.path.parent for file in listed])).parts)
    for depth in range(common + 1):  # many zips have folders around all
        candidates = [msgspec.structs.replace(file, path=_below(file.path, depth)) for file in listed]
        for system in (moodle, canvas, gradescope):
            found, others = system.handed_in(candidates, late)
            if found and 2 * len(others) < len(candidates):
                return found, [file for file in others if may_be_it(file)]
    return [], []


def _below(path: PurePosixPath, depth: int) -> PurePosixPath:
    return PurePosixPath(*path.parts[depth:])


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
