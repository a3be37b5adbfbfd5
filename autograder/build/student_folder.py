"""What a student gets: the stub, the visible checks with what runs them, and a page that says what to do."""

from importlib import resources

import autograder
from autograder.assignment import Assignment
from autograder.build.localise import drop_promises, localise
from autograder.build.notebook import notebook
from autograder.build.otter_tests import otter_tests
from autograder.build.stub import stub
from autograder.checks import VISIBLE_FILE, collect_checks, seed_of
from autograder.texts import LANGUAGES


def student_files(assignment: Assignment) -> dict[str, str]:
    """Return the text of each file by its path below `assignments/<name>/`. Raises UserError."""
    checks = collect_checks(assignment)  # an exercise whose checks don't add up is given to nobody
    visible_checks = [check for check in checks if check.visible or check.question]
    seeds = {check.name: seed_of(check.name, assignment.seed) for check in checks}
    module = assignment.settings.module
    visible = (assignment.folder / VISIBLE_FILE).read_text(encoding="utf-8")
    package = resources.files(autograder)
    checking = package.joinpath("checking.py").read_text(encoding="utf-8")
    conftest = package.joinpath("build/student_conftest.py").read_text(encoding="utf-8")
    conftest = conftest.replace('MODULE = "exercise"', f'MODULE = "{module}"').replace(
        "autograder.checking", "checking"
    )
    files = {}
    for language in LANGUAGES:
        page = package.joinpath(f"build/student_readme.{language}.md").read_text(encoding="utf-8")
        files[f"{language}/{module}.py"] = stub(assignment, language)
        files[f"{language}/test_{module}.py"] = localise(drop_promises(visible, language), language)
        files[f"{language}/checking.py"] = localise(checking, language)
        files[f"{language}/conftest.py"] = localise(conftest, language)
        files[f"{language}/pytest.ini"] = "[pytest]\naddopts = -q -rN --no-header\n"
        tests = otter_tests(assignment, visible_checks, seeds, language, with_key=False)
        files[f"{language}/{module}.ipynb"] = notebook(assignment, tests, language)
        files[f"{language}/README.md"] = page.format(
            title=assignment.settings.title[language], module=module, parts=_parts(assignment, language)
        )
    return files


def _parts(assignment: Assignment, language: str) -> str:
    return "\n".join(f"| {part.title[language]} | {part.points:g} |" for part in assignment.settings.parts)
