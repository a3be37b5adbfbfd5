"""`autograder new`: a tiny exercise that works, to be made another."""

import keyword
import re
import sys
from pathlib import Path

import autograder
from autograder.assignment import SOLUTIONS, find_course
from autograder.texts import UserError, text

TEMPLATE = Path(autograder.__file__).parent / "build" / "template"
_TAKEN = {*keyword.kwlist, *sys.stdlib_module_names, "numpy", "pytest", "checking", "conftest"}
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.IGNORECASE | re.ASCII)


def new(folder: Path, name: str, language: str) -> int:
    """Write the exercise `name` into the course that `folder` is in; where it is in none, begin one there.

    Raises UserError.
    """
    if not _NAME.fullmatch(name):
        raise UserError("author.new_name", name=name)
    if name in _TAKEN:  # the exercise's module has this name too
        raise UserError("author.name_taken", name=name)
    try:
        course = find_course(folder)
    except UserError:
        course = folder
    made = course / SOLUTIONS / name
    if made.exists():
        raise UserError("author.exists", path=str(made))
    try:
        for path in sorted(TEMPLATE.rglob("*.*")):
            if "__pycache__" not in path.parts:
                target = made / str(path.relative_to(TEMPLATE)).replace("NAME", name)
                target.parent.mkdir(parents=True, exist_ok=True)
                content = path.read_text(encoding="utf-8").replace("NAME", name).replace("LANGUAGE", language)
                target.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError("error.cannot_write", path=str(made), reason=error.strerror or str(error)) from None
    print(text(language, "new.made", path=str(made), name=name))
    return 0
