"""Notebooks: the student's own, run in a real kernel, and grading whatever Jupyter files students hand in."""

import ast
import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.assignment import Assignment
from autograder.build.student_folder import student_files
from autograder.feedback.listing import listing_of
from autograder.grading import Grader
from autograder.lms.grades_csv import part_scores
from autograder.result import Result
from autograder.sandbox.magics import pass_over
from autograder.source import MAX_SOURCE_BYTES
from autograder.submission import Submission, read_submission

SOLUTIONS = Path(__file__).parents[1] / "solutions" / "neuron"
RIGHT = (SOLUTIONS / "examples/right/lesson_version.py").read_text(encoding="utf-8")
EXAMPLES = sorted((SOLUTIONS / "examples").glob("*/*.py"))
LANGUAGES = ("es", "en")


def as_cells(source: str) -> list[str]:
    """Return `source` cut before each top-level statement; whole where it is no Python."""
    try:
        starts = [min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1
                  for node in ast.parse(source).body]  # fmt: skip
    except SyntaxError:
        return [source]
    lines = source.splitlines(keepends=True)
    edges = [0, *starts[1:], len(lines)]
    return ["".join(lines[start:end]).rstrip("\n") for start, end in itertools.pairwise(edges)]


def notebook_of(*cells: str, **metadata: Any) -> Any:
    return new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=metadata)


def submission_of(notebook: object) -> Submission:
    return read_submission("ana", "neuron.ipynb", json.dumps(notebook).encode("utf-8"))


def grade(grader: Grader, notebook: object) -> Result:
    return grader.grade(submission_of(notebook))


def problem(content: bytes) -> str:
    submission = read_submission("ana", "neuron.ipynb", content)
    assert submission.status == "unreadable"
    assert submission.problem is not None
    return submission.problem.name.removeprefix("problem.")


def fill_in(notebook: Any) -> Any:
    """Put the reference in the place of the student's notebook's `...`."""
    lines = RIGHT.splitlines()
    for node in ast.parse(RIGHT).body:
        for cell in notebook.cells:
            if cell.id == f"code-{getattr(node, 'name', None)}":
                cell.source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            for variable, letter in (("quiz_1", "b"), ("quiz_2", "c")):
                if cell.id == f"quiz-{variable}":
                    cell.source = cell.source.replace(f"{variable} = ...", f'{variable} = "{letter}"')
    return notebook


def students_notebook(root: Path, language: str) -> Any:
    return nbformat.read(root / "assignments/neuron" / language / "neuron.ipynb", as_version=4)


def run_in_kernel(notebook: Any, folder: Path) -> dict[str, str]:
    """Run every cell; return what each code cell showed, pictures as `picture`."""
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources=resources).execute()
    shown = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown[cell.id] = "".join(
                output.get("text", "")
                or output.get("data", {}).get("text/html", "")
                or ("picture" if "image/png" in output.get("data", {}) else "")
                for output in cell.outputs
            )
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_untouched_notebook_runs_alone_and_says_what_is_missing(root: Path, tmp_path: Path, language: str) -> None:
    shown = run_in_kernel(students_notebook(root, language), tmp_path)
    unfilled = {"es": "todavía hay `...` en lugar de tu código", "en": "there is still `...` instead of your code"}
    for part in ("sigmoid", "relu", "init", "activate", "quiz"):
        assert unfilled[language] in shown[f"check-{part}"]
    not_yet = {"es": "Todavía no se puede dibujar", "en": "This cannot be drawn yet"}
    drawings = [text for name, text in shown.items() if name.startswith("show-")]
    assert len(drawings) == 4
    assert all(text.startswith(not_yet[language]) for text in drawings)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_filled_in_passes_every_check_and_draws(root: Path, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "folder"  # the whole of it, as students get it
    shutil.copytree(root / "assignments/neuron" / language, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shown = run_in_kernel(fill_in(students_notebook(root, language)), folder)
    for part in ("sigmoid", "relu", "init", "activate", "quiz"):
        assert "passed!" in shown[f"check-{part}"]
    assert all(text == "picture" for name, text in shown.items() if name.startswith("show-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_students_notebook_is_graded_without_its_own_checks_and_drawings(
    root: Path, grader: Grader, language: str
) -> None:
    untouched = grade(grader, students_notebook(root, language))
    assert set(part_scores(untouched, grader.checks).values()) == {0}
    filled = grade(grader, fill_in(students_notebook(root, language)))
    assert (filled.score, filled.failed_statements) == (100, [])


def test_the_same_sources_give_the_same_valid_notebook(assignment: Assignment) -> None:
    first, second = student_files(assignment), student_files(assignment)
    for language in LANGUAGES:
        text = first[f"{language}/neuron.ipynb"]
        assert text == second[f"{language}/neuron.ipynb"]
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_script_and_the_same_code_as_notebook_get_the_same_result_check_by_check(grader: Grader, path: Path) -> None:
    submission = read_submission("ana", path.name, path.read_bytes())
    assert submission.cells is not None
    script = grader.grade(submission)
    notebook = grade(grader, notebook_of(*as_cells(submission.cells[0][1])))
    assert [(c.check, c.outcome, c.score) for c in notebook.checks] == [
        (c.check, c.outcome, c.score) for c in script.checks
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline",
        "!pip install numpy",
        "?np.dot",
        "np.dot?",
        "np.dot??",
        "files = !ls",
        "here = %pwd",
        "%%bash\nrm -rf /\nif then",
        "%%html\n<b>hola</b>",
        "display(sigmoid(0))",
        "plt.plot([1, 2])",
        "from google.colab import drive",
        "",
        "# only a comment",
    ],
)
def test_what_is_jupyters_costs_nothing(grader: Grader, cell: str) -> None:
    assert grade(grader, notebook_of(cell, *as_cells(RIGHT), cell)).score == 100


def test_a_cell_that_is_timed_keeps_its_body(grader: Grader) -> None:
    cells = as_cells(RIGHT)
    assert grade(grader, notebook_of(*(f"%%time\n{cell}" for cell in cells))).score == 100
    assert grade(grader, notebook_of(f"# first\n%matplotlib inline\n{RIGHT}\n!ls")).score == 100


@pytest.mark.parametrize(
    "cell",
    [
        "x = (7\n% 3)",
        'text = """\n%not magic\n!nor this\n"""',
        "y = 7 \\\n% 3",
        "if True:\n    z = 1",
        "a = {\n  '!': 1}",
    ],
)
def test_python_that_looks_like_jupyters_stays(cell: str) -> None:
    assert ast.dump(ast.parse(pass_over(cell))) == ast.dump(ast.parse(cell))


def test_magic_inside_a_block_becomes_pass() -> None:
    assert pass_over("for i in range(3):\n    %time f(i)\n    !ls\nx = 1") == (
        "for i in range(3):\n    pass\n    pass\nx = 1\n"
    )


@pytest.mark.parametrize("end", ["\x0c", "\x1c", "\x85", "\u2028"])
def test_what_ends_a_line_elsewhere_ends_none_in_python(grader: Grader, end: str) -> None:
    result = grade(grader, notebook_of(f"# pasted{end}from a page\n{RIGHT}\n1 / 0"))
    assert result.score == 100
    (failed,) = result.failed_statements
    assert (failed.kind, failed.text) == ("ZeroDivisionError", "1 / 0")
    (cell,) = listing_of(result, "en")
    assert [line.text for line in cell.lines if line.notes] == ["1 / 0"]


def test_a_broken_cell_is_told_by_number_and_line_and_costs_what_it_defines(grader: Grader) -> None:
    cells = as_cells(RIGHT)
    broken = [cell.replace("return np.maximum(0, z)", "return np.maximum(0, z") for cell in cells]
    result = grade(grader, notebook_of(*broken))
    scores = part_scores(result, grader.checks)
    assert {part for part, score in scores.items() if score == 0} == {"relu"}
    (failed,) = result.failed_statements
    assert failed.place is not None
    assert "relu" in cells[failed.place.cell - 1]
    assert failed.place.in_language("es") == f"celda de código {failed.place.cell}, línea {failed.place.line}"


def test_of_a_cell_that_is_there_twice_the_last_one_counts(grader: Grader) -> None:
    cells = as_cells(RIGHT)
    assert grade(grader, notebook_of("def relu(z):\n    return z", *cells)).score == 100
    assert grade(grader, notebook_of(*cells, "def relu(z):\n    return z")).score < 100


def test_a_deleted_cell_costs_what_it_defined(grader: Grader) -> None:
    result = grade(grader, notebook_of(*(cell for cell in as_cells(RIGHT) if "def relu" not in cell)))
    assert result.score == 85


def test_outputs_of_many_megabytes_do_not_matter(grader: Grader) -> None:
    notebook = notebook_of(*as_cells(RIGHT))
    notebook.cells[0].outputs = [new_output("display_data", data={"image/png": "A" * 30_000_000})]
    notebook.cells.insert(0, new_markdown_cell("![](data:image/png;base64," + "A" * 5_000_000 + ")"))
    assert grade(grader, notebook).score == 100


def test_old_notebooks_and_those_that_do_not_name_a_kernel_are_graded(grader: Grader) -> None:
    cells = as_cells(RIGHT)
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [{"cell_type": "code", "input": [cell], "language": "python"} for cell in cells]}],
    }
    assert grade(grader, old).score == 100
    plain = {"nbformat": 4, "cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    assert grade(grader, plain).score == 100
    pyodide = notebook_of(*cells, kernelspec={"name": "python", "display_name": "Pyodide", "language": "python"})
    assert grade(grader, pyodide).score == 100


def test_what_is_no_notebook_of_ours_is_told_in_a_sentence() -> None:
    whole = json.dumps(notebook_of("x = 1")).encode("utf-8")
    assert problem(whole[: len(whole) // 2]) == "broken_notebook"
    assert problem(b"") == "broken_notebook"
    assert problem(b"\x80\x81") == "broken_notebook"
    assert problem(b'{"nbformat": 4, "cells": [], "x": ' + b"[" * 100_000) == "broken_notebook"
    assert problem(b'{"a": 1}') == "no_notebook"
    assert problem(b"[]") == "no_notebook"
    foreign = notebook_of("x <- 1", kernelspec={"name": "ir", "display_name": "R", "language": "R"})
    assert problem(json.dumps(foreign).encode("utf-8")) == "foreign_notebook"
    assert problem(json.dumps(notebook_of("#" * 500_000)).encode("utf-8")) == "too_large"
    assert problem(json.dumps(notebook_of("#" + "😀" * 200_000)).encode("utf-8")) == "too_large"


def test_the_largest_source_that_is_taken_is_graded(grader: Grader) -> None:
    room = MAX_SOURCE_BYTES - len(RIGHT.encode("utf-8")) - 10
    assert grade(grader, notebook_of(RIGHT, "#" + "😀" * (room // 4))).score == 100
    script = f"{RIGHT}\n# {'x' * room}"
    assert grader.grade(read_submission("ana", "neuron.py", script.encode("utf-8"))).score == 100
