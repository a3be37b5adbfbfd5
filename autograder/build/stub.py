"""The file that students fill in, cut from the reference: lines marked `# solution` keep their left side and `...`."""

import re
import textwrap
from pathlib import Path

from autograder.assignment import Assignment, Question
from autograder.build.localise import localise
from autograder.texts import UserError

_SOLUTION = re.compile(r"^(\s*)(return|[\w.]+ =) .*  # solution$")
_MARK = "# solution"
_WIDTH = 100


def stub(assignment: Assignment, language: str) -> str:
    """Return the stub in `language`. Raises UserError where the reference can't be cut."""
    path = assignment.reference
    if not path.is_file():
        raise UserError("author.no_reference", path=str(path))
    source = localise(_cut(path.read_text(encoding="utf-8"), path), language)
    for question in assignment.settings.quiz:
        source = _with_question(source, question, language, path)
    return source


def _cut(source: str, path: Path) -> str:
    lines = []
    for number, line in enumerate(source.splitlines(), 1):
        if _MARK in line:
            found = _SOLUTION.match(line)
            if found is None:
                raise UserError("author.no_cut", path=str(path), line=number)
            line = f"{found[1]}{found[2]} ..."
        lines.append(line)
    return "\n".join(lines) + "\n"


def _with_question(source: str, question: Question, language: str, path: Path) -> str:
    """Put the question and its options, as comments, above the line of its answer."""
    line = f"{question.variable} = ...\n"
    if line not in source:
        raise UserError("author.no_question", path=str(path), variable=question.variable)
    return source.replace(line, question_comment(question, language) + line)


def question_comment(question: Question, language: str) -> str:
    """Return the question and its options as comment lines."""
    comment = _comment(question.question[language], "# ", "# ")
    for letter, option in question.options.items():
        comment += _comment(option.text[language], f"#   {letter}) ", "#      ")
    return comment


def _comment(text: str, first: str, later: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False) + "\n"
