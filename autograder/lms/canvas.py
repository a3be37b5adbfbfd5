"""Canvas's "Download submissions": `<name>_[LATE_]<user id>_<attachment id>_<file>`, all in one folder.

The name is the student's or the group's, in small letters; without names it is
`[LATE_]anon_<code>_<attachment id>_<file>`. A text that was typed in is
`…_<user id>_text.html`, a link `…_<user id>_link.html`.
"""

import re
import unicodedata
from pathlib import PurePosixPath

import msgspec

from autograder.handed_in import HandedIn, may_be_it, shown_name
from autograder.late import Lateness, LatePolicy
from autograder.tree import TreeFile

NAME = "canvas"
PATTERN = "<name>_<user id>_<attachment id>_<file>"
ANONYMOUS = "anon_"
_ENTRY = re.compile(
    r"(?:(?P<name>.*?)_)??(?P<late>LATE_)?(?P<user>(?<=_)\d+|(?<![^_])anon_[^_]+)_"
    r"(?:(?P<attachment>\d+)_(?P<file>.+)|(?:text|link)\.html)",
    re.DOTALL,
)
_NUMBER = re.compile(r"-\d+(?=\.\w+$)")


class _Attachment(msgspec.Struct):
    id: int
    file: TreeFile


def handed_in(files: list[TreeFile], policy: LatePolicy | None) -> tuple[list[HandedIn], list[TreeFile]]:
    """Return who handed in what, and the files that are not Canvas's."""
    found: dict[str, HandedIn] = {}
    attached: dict[str, list[_Attachment]] = {}
    others = []
    for file in files:
        entry = _ENTRY.fullmatch(file.path.name) if len(file.path.parts) == 1 else None
        if entry is None:
            others.append(file)
            continue
        student = entry["user"]
        name = shown_name(unicodedata.normalize("NFC", entry["name"])) if entry["name"] else ""
        own = found.setdefault(student, HandedIn(student, NAME, name=name))
        own.late = Lateness(None if entry["late"] else 0)
        if entry["attachment"]:
            own.reply_to = max(own.reply_to, entry[0][: entry.start("file")], key=len)
            copy = TreeFile(PurePosixPath(entry["file"]), file.read, file.stands_for_folder)
            if may_be_it(copy):
                attached.setdefault(student, []).append(_Attachment(int(entry["attachment"]), copy))
    for student, attachments in attached.items():
        found[student].files = [each.file for each in _newest(attachments)]
    return list(found.values()), others


def _newest(attachments: list[_Attachment]) -> list[_Attachment]:
    """Of a file sent again, which Canvas calls `exercise-1.py`, keep the newest: its id is the highest."""
    by_name: dict[str, _Attachment] = {}
    for each in sorted(attachments, key=lambda attachment: attachment.id):
        by_name[_NUMBER.sub("", each.file.path.name.lower())] = each
    return list(by_name.values())
