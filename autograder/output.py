"""The output folder: what a run writes, never over something that is not its own."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from autograder import gradebook
from autograder.texts import UserError

GRADES = "grades.csv"
RESULTS = "results"
FEEDBACK = "feedback"
REPORT = "report.html"
UPLOADS = ("moodle.csv", "moodle_feedback.zip", "canvas.csv", "canvas_feedback.zip")
_GRADEBOOKS = tuple(f"{gradebook.FILE_NAME}{suffix}" for suffix in ("", "-wal", "-shm", "-journal"))
_SQLITE = b"SQLite format 3\0"
_FIRST_COLUMNS = b"\xef\xbb\xbfstudent,name,email,"
_FIRST_BYTES = b'{\n  "output":'  # of a result
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_WINDOWS_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_TOLD_APART = re.compile(r"~[0-9a-f]{8}$")
_MAX_NAME_BYTES = 200


class OutputFolder:
    """Where the grades of one run go."""

    def __init__(self, path: Path) -> None:
        """Make the folder, or check that it holds only what an earlier run wrote. Raises UserError."""
        self.path = path
        self._written: set[Path] = set()
        try:
            (path / RESULTS).mkdir(parents=True, exist_ok=True) if not path.exists() else self._check_contents()
            for folder in (RESULTS, FEEDBACK):
                (path / folder).mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                pass
        except OSError as error:
            raise UserError("error.cannot_write", path=str(path), reason=error.strerror or str(error)) from None

    @property
    def gradebook(self) -> Path:
        return self.path / gradebook.FILE_NAME

    def write_result(self, student: str, content: bytes) -> None:
        self._write(Path(RESULTS, f"{file_name(student)}.json"), content)

    def write_page(self, student: str, page: str) -> None:
        self._write(Path(FEEDBACK, f"{file_name(student)}.html"), page.encode("utf-8"))

    def read_page(self, student: str) -> str:
        return (self.path / FEEDBACK / f"{file_name(student)}.html").read_text(encoding="utf-8")

    def write(self, name: str, content: bytes) -> None:
        self._write(Path(name), content)

    def remove_old(self) -> None:
        """Remove what this run did not write, as of students who are not in it: it would look like this run's."""
        for pattern in (f"{RESULTS}/*.json", f"{FEEDBACK}/*.html", REPORT, *UPLOADS):
            for path in self.path.glob(pattern):
                if path.relative_to(self.path) not in self._written:
                    path.unlink()

    def _check_contents(self) -> None:
        names = {entry.name for entry in self.path.iterdir()}
        grades = self.path / GRADES
        if GRADES in names and not (grades.is_file() and _begins_with(grades, _FIRST_COLUMNS)):
            raise UserError("error.foreign_output", path=str(self.path), name=GRADES)
        own = {GRADES, RESULTS}
        if gradebook.FILE_NAME in names and _begins_with(self.gradebook, _SQLITE):
            own |= {FEEDBACK, REPORT, *UPLOADS, *_GRADEBOOKS}
        if FEEDBACK in names and not any((self.path / FEEDBACK).iterdir()):  # a run ended before it had a gradebook
            own.add(FEEDBACK)
        strangers = sorted(name for name in names - own if not name.startswith("."))
        if RESULTS in names:
            results = (self.path / RESULTS).iterdir()
            strangers += sorted(f"{RESULTS}/{entry.name}" for entry in results if not _is_result(entry))
        if strangers:
            raise UserError("error.foreign_output", path=str(self.path), name=strangers[0])

    def _write(self, inside: Path, content: bytes) -> None:
        """Write all of a file or nothing."""
        self._written.add(inside)
        path = self.path / inside
        part = path.with_name(f".{path.name}.part")
        try:
            if path.is_file() and path.read_bytes() == content:  # to replace it takes the disk ten times as long
                return
            part.write_bytes(content)
            os.replace(part, path)
        except OSError as error:
            raise UserError("error.cannot_write", path=str(path), reason=error.strerror or str(error)) from None


def _is_result(path: Path) -> bool:
    """Whether an earlier run wrote `path`, or was killed while it did."""
    if not path.is_file():
        return False
    return path.name.endswith(".part") or _begins_with(path, _FIRST_BYTES)


def _begins_with(path: Path, content: bytes) -> bool:
    """Whether `path` begins with `content`, or is empty: a run, or the power, ended before it was written."""
    with path.open("rb") as file:
        return file.read(len(content)) in (content, b"")


def file_name(student: str) -> str:
    """Return the name of a student's file: the student's own wherever every system takes it, else told apart."""
    cleaned = _NOT_IN_NAMES.sub("_", student).strip(" .")
    cleaned = cleaned.encode("utf-8")[:_MAX_NAME_BYTES].decode("utf-8", "ignore")
    if cleaned == student and not _WINDOWS_DEVICES.fullmatch(student) and not _TOLD_APART.search(student):
        return student
    return f"{cleaned}~{hashlib.sha256(student.encode('utf-8')).hexdigest()[:8]}"
