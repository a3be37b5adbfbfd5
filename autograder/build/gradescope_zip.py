"""The zip that Gradescope makes its autograder of: the engine, one exercise, and how to install and run them."""

import re
from importlib import metadata
from importlib.resources import files
from pathlib import Path

import autograder
from autograder.assignment import SOLUTIONS, Assignment, exercise_files
from autograder.lms.results_json import failed_json

# What of the engine a container has no use for: it grades one submission, and takes no command.
_NOT_THERE = (
    *("build", "commands", "cli.py", "__main__.py", "gradebook.py", "output.py", "archive.py", "validation"),
    *("lanes.py", "graders.py", "cluster.py", "feedback/listing.py", "feedback/templates"),
    *("feedback/terminal.py", "feedback/bar.py", "feedback/page.py", "feedback/class_report.py", "feedback/drawing.py"),
    *("lms/moodle", "lms/canvas", "lms/csv_file", "lms/download", "lms/files", "lms/gradescope.py", "lms/sheet"),
    *("lms/upload", "lms/grades_csv"),
)
_NOT_NEEDED = {"rich", "pyyaml", "jinja2"}


def gradescope_files(assignment: Assignment, language: str) -> dict[str, bytes]:
    """Return the zip's files by their names."""
    found = {
        "setup.sh": _template("gradescope_setup.sh"),
        "run_autograder": _template("gradescope_run_autograder.sh").replace(b"LANGUAGE", language.encode("ascii")),
        "requirements.txt": "".join(f"{line}\n" for line in _requirements()).encode("ascii"),
        "failed.json": failed_json(language),
    }
    engine = Path(autograder.__file__).parent
    for path in sorted(engine.rglob("*")):
        inside = path.relative_to(engine).as_posix()
        if path.suffix in (".py", ".toml") and not inside.startswith(_NOT_THERE):
            found[f"autograder/{inside}"] = path.read_bytes()
    for name, content in exercise_files(assignment).items():
        found[f"{SOLUTIONS}/{assignment.name}/{name}"] = content
    return found


def _template(name: str) -> bytes:
    return files("autograder.build").joinpath(name).read_bytes()


def _requirements() -> list[str]:
    """Return what this installation says that grading needs."""
    wanted = metadata.requires("autograder") or []
    names = {line: re.split(r"[^\w-]", line)[0].lower() for line in wanted}
    return [line for line, name in names.items() if "extra ==" not in line and name not in _NOT_NEEDED]
