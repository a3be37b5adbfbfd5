"""`autograder build`: from `solutions/` to what students get in `assignments/`."""

from pathlib import Path

from autograder.assignment import Assignment
from autograder.build.student_folder import student_files
from autograder.texts import UserError, text

UP_TO_DATE, WOULD_CHANGE = 0, 1
_LITTER = {"__pycache__", ".pytest_cache", ".ipynb_checkpoints", ".DS_Store"}


def build(assignment: Assignment, language: str) -> int:
    """Write the students' files that are not yet what the sources say. Raises UserError."""
    files = student_files(assignment)
    folder = assignment.student_folder
    strangers = _strangers(folder, files)
    if strangers:
        raise UserError("build.stranger", path=str(folder / strangers[0]))
    for name in _outdated(folder, files):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], encoding="utf-8", newline="\n")
        except OSError as error:
            raise UserError("error.cannot_write", path=str(path), reason=error.strerror or str(error)) from None
        print(text(language, "build.wrote", path=str(path)))
    print(text(language, "build.up_to_date", path=str(folder)))
    return UP_TO_DATE


def check(assignment: Assignment, language: str) -> int:
    """Tell whether the students' files are what the sources say. Raises UserError."""
    files = student_files(assignment)
    folder = assignment.student_folder
    wrong = _outdated(folder, files) + _strangers(folder, files)
    if wrong:
        print(text(language, "build.would_change", path=str(folder), name=wrong[0]))
        return WOULD_CHANGE
    print(text(language, "build.up_to_date", path=str(folder)))
    return UP_TO_DATE


def _outdated(folder: Path, files: dict[str, str]) -> list[str]:
    """Return the files that are missing or not what they should be."""
    outdated = []
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content.encode("utf-8"):
            outdated.append(name)
    return outdated


def _strangers(folder: Path, files: dict[str, str]) -> list[str]:
    """Return the files that `build` has not written."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.as_posix() for path in found if path.as_posix() not in files and not _LITTER & set(path.parts)]
