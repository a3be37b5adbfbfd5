"""The misconceptions that an exercise knows: wrong implementations, and what to tell who answers as they do.

`solutions/<name>/misconceptions.py` holds the implementations, `misconceptions.<language>.toml` the words.
"""

import ast
import copy
import functools
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from autograder.assignment import Assignment
from autograder.texts import LANGUAGES, UserError

FILE = "misconceptions.py"
_Definition = TypeVar("_Definition")
_Nodes = (ast.FunctionDef, ast.ClassDef)


class MisconceptionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a misconception, in one language, each saying more than the one before.

    `title` names it for the instructor, `hint` sends the student looking, `explanation` says what is wrong and why.
    """

    title: str
    hint: str
    explanation: str


class Misconception(msgspec.Struct, frozen=True):
    """A known wrong idea. Each of `programs` is the reference with a wrong implementation of it at its end."""

    name: str
    part: str
    words: dict[str, MisconceptionWords]
    programs: list[str]


def misconception(part: str, replaces: str, **variants: list[Any]) -> Callable[[_Definition], _Definition]:
    """Mark a function or a class in misconceptions.py; its name is that of the misconception.

    It stands in the place of the reference's `replaces`: a function, a class, or `Class.method`. A parameter that is
    named in `variants` takes each of the values there: the misconception has many forms.
    """
    return lambda definition: definition


def load_misconceptions(assignment: Assignment, reference: str) -> list[Misconception]:
    """Return the exercise's misconceptions; none where it has no such file. Raises UserError."""
    path = assignment.folder / FILE
    if not path.is_file():
        return []
    words = {language: _read_words(path.with_suffix(f".{language}.toml")) for language in LANGUAGES}
    parts = [part.name for part in assignment.settings.parts]
    found: dict[str, Misconception] = {}
    definitions = _parse(path).body
    imports = "\n".join(ast.unparse(node) for node in definitions if isinstance(node, ast.Import))
    for node in definitions:
        if not isinstance(node, _Nodes):
            continue
        marked = _mark(node, path)
        if marked["part"] not in parts:
            raise UserError(
                "author.unknown_part", path=str(path), what=node.name, part=marked["part"], known=", ".join(parts)
            )
        for language in LANGUAGES:
            if node.name not in words[language]:
                raise UserError("author.missing_language", path=str(path), what=node.name, language=language)
        if reference and marked["replaces"] not in _names(reference):
            known = ", ".join(sorted(_names(reference)))
            raise UserError(
                "author.replaces", path=str(path), what=node.name, replaces=str(marked["replaces"]), known=known
            )
        said = {language: words[language].pop(node.name) for language in LANGUAGES}
        programs = [f"{reference}\n\n{imports}\n{program}" for program in _programs(node, **marked)]
        found[node.name] = Misconception(node.name, marked["part"], said, programs)
    for language in LANGUAGES:
        for name in words[language]:
            raise UserError("author.unused_words", path=str(path.with_suffix(f".{language}.toml")), what=name)
    return list(found.values())


@functools.cache
def _names(reference: str) -> frozenset[str]:
    """Return what a misconception may take the place of: `function`, `Class` and `Class.method`."""
    defined = [node for node in ast.parse(reference).body if isinstance(node, _Nodes)]
    methods = [
        f"{node.name}.{each.name}" for node in defined for each in node.body if isinstance(each, ast.FunctionDef)
    ]
    return frozenset([node.name for node in defined] + methods)


def _read_words(path: Path) -> dict[str, MisconceptionWords]:
    try:
        return msgspec.toml.decode(path.read_text(encoding="utf-8"), type=dict[str, MisconceptionWords])
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise UserError("error.bad_assignment", path=str(path), reason=str(error)) from None


def _parse(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"), path.name)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise UserError("error.bad_assignment", path=str(path), reason=str(error)) from None


def _mark(node: ast.FunctionDef | ast.ClassDef, path: Path) -> dict[str, Any]:
    """Return what the decorator `@misconception(...)` of a definition says."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
            try:
                marked = {str(given.arg): ast.literal_eval(given.value) for given in decorator.keywords}
            except ValueError:
                break
            if decorator.func.id == misconception.__name__ and {"part", "replaces"} <= set(marked):
                return marked
    raise UserError("author.no_misconception", path=str(path), what=node.name, line=node.lineno)


def _programs(node: ast.FunctionDef | ast.ClassDef, part: str, replaces: str, **variants: list[Any]) -> list[str]:
    """Return the source of each form of a misconception, put in the place of what it replaces."""
    undecorated = copy.copy(node)
    undecorated.decorator_list = []
    source = ast.unparse(undecorated)
    programs = []
    for values in itertools.product(*variants.values()):
        defaults = ", ".join(map(repr, values))
        form = f"{source}\n{node.name}.__defaults__ = ({defaults},)" if values else source
        programs.append(f"{form}\n{node.name}.__name__ = {replaces}.__name__\n{replaces} = {node.name}")
    return programs
