"""Moodle's "Download all submissions": a folder or a prefix for each participant, before and after 4.1.

`<name>_<number>_assignsubmission_<plugin>/<path>` (older: `…_<plugin>_/<path>`), or flat, `…_<plugin>_<file>`. The
name holds no `_`; the number is the participant's, or a team's, and is missing for those without a team.
"""

import re
import unicodedata
from pathlib import PurePosixPath

from autograder.handed_in import HandedIn, may_be_it, shown_name
from autograder.late import LatePolicy
from autograder.tree import TreeFile

NAME = "moodle"
PATTERN = "<name>_<number>_assignsubmission_file…"
_ENTRY = re.compile(r"([^_/]*)(?:_(\d+))?_assignsubmission_([a-z]+)(?:_?/|_)(.+)", re.DOTALL)
_DROPPED = re.compile(r"[\x00-\x1f\x7f&<>\"`|':\\/]|\.\.+")


def handed_in(files: list[TreeFile], policy: LatePolicy | None) -> tuple[list[HandedIn], list[TreeFile]]:
    """Return who handed in what, and the files that are not Moodle's."""
    found: dict[tuple[str, str], HandedIn] = {}
    others = []
    for file in files:
        entry = _ENTRY.fullmatch(str(file.path))
        if entry is None:
            others.append(file)
            continue
        name, number, plugin, path = entry.groups()
        name = unicodedata.normalize("NFC", name)  # which a file system may have taken apart
        key = (name, number or "")
        if key not in found:
            student = number or shown_name(name)
            found[key] = HandedIn(student, NAME, name=shown_name(name), reply_to=number or "")
        own = TreeFile(PurePosixPath(path), file.read, file.stands_for_folder)
        if plugin == "file" and may_be_it(own):
            found[key].files.append(own)
    return list(found.values()), others


def cleaned(name: str) -> str:
    """Return a student's or a team's name as Moodle writes it in the names of files."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", name.replace("_", " ")))
