"""The student's notebook, made from the lesson: its text, the stub's pieces, a check after each, and drawings."""

import ast
import base64
import json
import zlib
from importlib import resources
from pathlib import Path
from typing import Any

import autograder
from autograder.assignment import Assignment
from autograder.build.localise import localise
from autograder.build.stub import question_comment, stub
from autograder.lesson import Block, lesson_path, read_blocks
from autograder.notebook import SKIPPED
from autograder.texts import UserError

_WIDTH = 100
_FORM = {"jupyter": {"source_hidden": True}, "cellView": "form"}  # closed in JupyterLab and in Colab


def notebook(assignment: Assignment, tests: dict[str, str], language: str) -> str:
    """Return the text of the notebook in `language`, with Otter's `tests` inside. Raises UserError.

    The same sources give the same bytes.
    """
    try:
        import nbformat
    except ImportError:
        raise UserError("author.needs", package="nbformat", extra="author") from None
    path = lesson_path(assignment, language)
    if not path.is_file():
        raise UserError("author.no_lesson", path=str(path))
    cells = [_cell(assignment, tests, language, block, path) for block in read_blocks(path)]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(made)
    return str(nbformat.writes(made)) + "\n"


def _cell(assignment: Assignment, tests: dict[str, str], language: str, block: Block, path: Path) -> Any:
    """Return the cell that a part of the lesson stands for."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    questions = {question.variable: question for question in assignment.settings.quiz}
    pieces = _pieces(stub(assignment, language)) if block.kind == "code" else {}
    known = {"code": list(pieces), "check": [part.name for part in assignment.settings.parts], "quiz": list(questions)}
    if block.kind in known and block.name not in known[block.kind]:
        names = ", ".join(known[block.kind])
        raise UserError("author.lesson_name", path=str(path), line=block.line, name=block.name, known=names)
    skipped: dict[str, Any] = {"tags": [SKIPPED]}
    match block.kind:
        case "text":
            return new_markdown_cell(block.text, id=f"text-{block.line}")
        case "setup":
            return new_code_cell(_setup(tests, language), id="setup", metadata={**skipped, **_FORM})
        case "show":
            return new_code_cell(block.text, id=f"show-{block.line}", metadata=skipped)
        case "code":
            return new_code_cell(pieces[block.name], id=f"code-{block.name}")
        case "check":
            return new_code_cell(f'grader.check("{block.name}")', id=f"check-{block.name}", metadata=skipped)
        case "quiz":
            source = question_comment(questions[block.name], language) + f"{block.name} = ..."
            return new_code_cell(source, id=f"quiz-{block.name}")
    raise UserError("author.lesson_directive", path=str(path), line=block.line, directive=block.kind)


def _pieces(source: str) -> dict[str, str]:
    """Return the functions and classes of the stub by their names, and its imports as `import`."""
    lines = source.splitlines()
    pieces: dict[str, str] = {}
    imports = []
    for node in ast.parse(source).body:
        text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(text)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            pieces[node.name] = text
    return {"import": "\n".join(imports), **pieces}


def _setup(tests: dict[str, str], language: str) -> str:
    """Return the first cell's code, with the checks in it."""
    source = resources.files(autograder).joinpath("build/notebook_setup.py").read_text(encoding="utf-8")
    packed = base64.b85encode(zlib.compress(json.dumps(tests, sort_keys=True).encode("ascii"), 9)).decode("ascii")
    lines = "".join(f'    "{packed[i : i + _WIDTH]}"\n' for i in range(0, len(packed), _WIDTH))
    return localise(source, language).replace('CHECKS = ""', f"CHECKS = (\n{lines})").rstrip("\n")
