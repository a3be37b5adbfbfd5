"""The output folder: what a run writes, never over something that is not its own."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from autograder.texts import UserError

GRADES = "grades.csv"
RESULTS = "results"
_OWN = {GRADES, RESULTS}
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
        self._written: set[str] = set()
        try:
            (path / RESULTS).mkdir(parents=True, exist_ok=True) if not path.exists() else self._check_contents()
            (path / RESULTS).mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                pass
        except OSError as error:
            raise UserError("error.cannot_write", path=str(path), reason=error.strerror or str(error)) from None

    def write_result(self, student: str, content: bytes) -> None:
        name = f"{file_name(student)}.json"
        self._written.add(name)
        self._write(self.path / RESULTS / name, content)

    def write_grades(self, content: bytes) -> None:
        self._write(self.path / GRADES, content)

    def remove_old_results(self) -> None:
        """Remove the results of students who are not in this run: they would look like this run's."""
        for path in (self.path / RESULTS).glob("*.json"):
            if path.name not in self._written:
                path.unlink()

    def _check_contents(self) -> None:
        names = {entry.name for entry in self.path.iterdir()}
        grades = self.path / GRADES
        if GRADES in names and not (grades.is_file() and grades.read_bytes().startswith(_FIRST_COLUMNS)):
            raise UserError("error.foreign_output", path=str(self.path), name=GRADES)
        strangers = sorted(name for name in names - _OWN if not name.startswith("."))
        if RESULTS in names:
            results = (self.path / RESULTS).iterdir()
            strangers += sorted(f"{RESULTS}/{entry.name}" for entry in results if not _is_result(entry))
        if strangers:
            raise UserError("error.foreign_output", path=str(self.path), name=strangers[0])

    def _write(self, path: Path, content: bytes) -> None:
        """Write all of a file or nothing."""
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(content)
            os.replace(part, path)
        except OSError as error:
            raise UserError("error.cannot_write", path=str(path), reason=error.strerror or str(error)) from None


def _is_result(path: Path) -> bool:
    """Whether an earlier run wrote `path`, or was killed while it did."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return path.name.endswith(".part") or file.read(len(_FIRST_BYTES)) == _FIRST_BYTES


def file_name(student: str) -> str:
    """Return the name of a student's file: the student's own wherever every system takes it, else told apart."""
    cleaned = _NOT_IN_NAMES.sub("_", student).strip(" .")
    cleaned = cleaned.encode("utf-8")[:_MAX_NAME_BYTES].decode("utf-8", "ignore")
    if cleaned == student and not _WINDOWS_DEVICES.fullmatch(student) and not _TOLD_APART.search(student):
        return student
    return f"{cleaned}~{hashlib.sha256(student.encode('utf-8')).hexdigest()[:8]}"
