"""`autograder package`: the zips that go to students and to other systems."""

import shutil
import tempfile
from pathlib import Path

from autograder.archive import zip_of
from autograder.assignment import Assignment
from autograder.build.gradescope_zip import gradescope_files
from autograder.build.otter_tests import otter_tests
from autograder.build.student_folder import student_files
from autograder.checks import collect_checks, seed_of
from autograder.texts import UserError, text


def package(assignment: Assignment, target: str, language: str, out: Path) -> int:
    """Write the zip for `target` into the folder `out`. Raises UserError."""
    names = {
        "gradescope": f"{assignment.name}-gradescope.zip",
        "otter": "autograder.zip",
        "student": f"{assignment.name}-{language}.zip",
    }
    path = out / names[target]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, path.name)
        if target == "otter":
            _make_otter(assignment, language, Path(folder), made)
        elif target == "gradescope":
            made.write_bytes(zip_of(gradescope_files(assignment, language)))
        else:
            made.write_bytes(zip_of(_student_folder(assignment, language)))
        try:
            out.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, path)
        except OSError as error:
            raise UserError("error.cannot_write", path=str(path), reason=error.strerror or str(error)) from None
    print(text(language, "build.wrote", path=str(path)))
    return 0


def _student_folder(assignment: Assignment, language: str) -> dict[str, bytes]:
    return {
        f"{assignment.name}/{name.removeprefix(f'{language}/')}": content.encode("utf-8")
        for name, content in student_files(assignment).items()
        if name.startswith(f"{language}/")
    }


def _make_otter(assignment: Assignment, language: str, folder: Path, made: Path) -> None:
    """Let Otter make its zip of all checks, with the key."""
    try:
        from otter.generate import main as generate
    except ImportError:
        raise UserError("author.needs", package="otter-grader", extra="author") from None
    checks = collect_checks(assignment)
    seeds = {check.name: seed_of(check.name, assignment.seed) for check in checks}
    tests = folder / "tests"
    tests.mkdir()
    for name, source in otter_tests(assignment, checks, seeds, language, with_key=True).items():
        (tests / name).write_text(source, encoding="ascii")
    requirements = folder / "requirements.txt"
    requirements.write_text("numpy\n", encoding="ascii")
    generate(
        tests_dir=str(tests),
        output_path=str(made),
        requirements=str(requirements),
        no_config=True,
        no_environment=True,
        lang="python",
    )
