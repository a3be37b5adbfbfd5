"""Submissions as plain files: one file, or a folder or a zip with a file or a folder for each student."""

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.handed_in import HandedIn, may_be_it, named, shown_name
from autograder.tree import TreeFile


def handed_in(files: list[TreeFile], module: str, is_folder: bool, source_name: str) -> list[HandedIn]:
    """Return who handed in what; a file on its own is of a student named as the source is."""
    return list(_by_student(_without_common_folder(files, is_folder), module, source_name))


def _without_common_folder(files: list[TreeFile], is_folder: bool) -> list[TreeFile]:
    """Leave out the folders that stand around a whole class; many zips have one.

    Files that lie together in an only folder are a class's in a zip, and a student's in a folder.
    """
    candidates = [file for file in files if may_be_it(file)]
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
            if may_be_it(file):
                own.append(TreeFile(PurePosixPath(*file.path.parts[1:]), file.read, file.stands_for_folder))
        elif may_be_it(file):
            beside.append(file)
    if beside and not any(folders.values()):
        folders = {}  # of something else
        if len(beside) == 1 and named(beside, module):
            yield HandedIn(source_name, files=beside)
            return
    for file in beside:
        yield HandedIn(shown_name(file.path.stem), files=[file])
    for folder, own in folders.items():
        yield HandedIn(shown_name(folder), files=own)
