"""The lesson `lesson.<language>.md`: text, and directives where cells of the notebook go."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.assignment import Assignment

_DIRECTIVE = re.compile(r"^<!-- (\w+)(?:: (\w+))? -->$")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


class Block(msgspec.Struct):
    """A part of the lesson: a directive with its name, or the text between two of them."""

    line: int
    kind: str
    name: str
    text: str


def lesson_path(assignment: Assignment, language: str) -> Path:
    return assignment.folder / f"lesson.{language}.md"


def read_blocks(path: Path) -> Iterator[Block]:
    lines = path.read_text(encoding="utf-8").splitlines()
    start = i = 0
    while i <= len(lines):
        found = _DIRECTIVE.match(lines[i]) if i < len(lines) else None
        if found or i == len(lines):
            text = "\n".join(lines[start:i]).strip()
            if text:
                yield Block(start + 1, "text", "", text)
        i += 1
        if found:
            line, code = i, ""
            if found[1] == "show" and lines[i : i + 1] == ["```python"]:
                end = lines.index("```", i) if "```" in lines[i:] else len(lines)
                code, i = "\n".join(lines[i + 1 : end]), end + 1
            yield Block(line, found[1], found[2] or "", code)
            start = i


def sections(assignment: Assignment, language: str) -> dict[str, str]:
    """Return the heading of the section in which each part of the exercise is; nothing where there is no lesson."""
    path = lesson_path(assignment, language)
    if not path.is_file():
        return {}
    part_of = {question.variable: question.part for question in assignment.settings.quiz}
    found: dict[str, str] = {}
    heading = ""
    for block in read_blocks(path):
        if block.kind == "text":
            heading = (_HEADING.findall(block.text) or [heading])[-1]
        elif block.kind in ("check", "quiz"):
            found.setdefault(part_of.get(block.name, block.name), heading)
    return found
