"""Gradescope's container: grades /autograder/submission into /autograder/results/results.json.

Run as `python -m autograder.lms.gradescope_container LANGUAGE` in a course with one exercise.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

import msgspec

from autograder.assignment import SETTINGS, SOLUTIONS, find_course, load_assignment
from autograder.grade import grade_of
from autograder.grading import Grader
from autograder.handed_in import HandedIn, may_be_it
from autograder.late import Lateness, LatePolicy, lateness
from autograder.lms.results_json import results_json
from autograder.tree import list_files

ROOT = Path("/autograder")


class About(msgspec.Struct):
    """What Gradescope says of the assignment."""

    due_date: datetime | None = None


class Metadata(msgspec.Struct):
    """submission_metadata.json, as far as it matters here."""

    created_at: datetime
    assignment: About


def grade_submission(course: Path, root: Path, language: str) -> bytes:
    """Return results.json for the submission in `root`. Raises whatever goes wrong in the kit."""
    name = next((course / SOLUTIONS).glob(f"*/{SETTINGS}")).parent.name
    assignment = load_assignment(course, name)
    listed, _ = list_files(root / "submission")
    late = _lateness(root / "submission_metadata.json", assignment.settings.late)
    handed_in = HandedIn("submission", late=late, files=[file for file in listed if may_be_it(file)])
    with Grader(assignment) as grader:
        result = grader.grade(handed_in.read(assignment.settings.module))
        return results_json(grade_of(handed_in, result, assignment), grader.exercise, language, needs_score=True)


def _lateness(path: Path, policy: LatePolicy | None) -> Lateness | None:
    if not path.exists():
        return None
    about = msgspec.json.decode(path.read_bytes(), type=Metadata)
    due = about.assignment.due_date or (policy.deadline if policy else None)
    return None if due is None else lateness(about.created_at, due)


def main() -> None:
    content = grade_submission(find_course(Path.cwd()), ROOT, sys.argv[1])
    part = ROOT / "results" / "results.json.part"
    part.write_bytes(content)
    os.replace(part, ROOT / "results" / "results.json")


if __name__ == "__main__":
    main()
