"""What an exercise says in one language and not in the other.

What stands in assignment.toml and in the checks' marks is not looked at here: without it nothing can be loaded.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

from autograder.assignment import Assignment
from autograder.build.localise import language_of
from autograder.checks import VISIBLE_FILE
from autograder.lesson import lesson_path, read_blocks
from autograder.texts import LANGUAGES, Message, Value


def missing_texts(assignment: Assignment) -> Iterator[Message]:
    """Yield where the lessons, the reference or the visible checks say something in one language only."""
    yield from _lessons(assignment)
    for path in (assignment.reference, assignment.folder / VISIBLE_FILE):
        yield from _comments(path)


def _lessons(assignment: Assignment) -> Iterator[Message]:
    """Compare the lessons piece by piece: text, cells and drawings come in the same order in each."""
    paths = {language: lesson_path(assignment, language) for language in LANGUAGES}
    missing = [path for path in paths.values() if not path.is_file()]
    for path in missing:
        yield Message("author.no_lesson", {"path": str(path)})
    if missing:
        return
    first, second = (read_blocks(path) for path in paths.values())
    for one, other in itertools.zip_longest(first, second):
        if one is None or other is None or (one.kind, one.name) != (other.kind, other.name):
            names: dict[str, Value] = {"path": str(paths[LANGUAGES[0]]), "other": paths[LANGUAGES[1]].name}
            names |= {"line": one.line if one else "-", "other_line": other.line if other else "-"}
            yield Message("finding.lessons_differ", names)
            return


def _comments(path: Path) -> Iterator[Message]:
    """Find tagged lines without their counterpart beside them."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    for is_tagged, group in itertools.groupby(lines, key=lambda line: language_of(line[1]) is not None):
        if is_tagged:
            tagged = list(group)
            found = {language_of(line) for _, line in tagged}
            for language in LANGUAGES:
                if language not in found:
                    where: dict[str, Value] = {"path": str(path), "line": tagged[0][0], "language": language}
                    yield Message("finding.one_language", where)
