"""Mutants: the reference with one small thing wrong in it, each in another place or another way.

The operators of cosmic-ray and mutmut could be called from here too, but neither swaps arguments, leaves out
statements, takes one function of numpy's for its neighbour or changes shapes and ranges: what students do.
"""

import ast
from collections.abc import Iterator
from typing import Any

import msgspec

from autograder.validation.changes import Surroundings, changes

MODULE = "<module>"  # where a mutant is that is in no function
_LEFT_ALONE = (ast.Import, ast.ImportFrom, ast.JoinedStr)
_FIELDS_LEFT_ALONE = {"annotation", "returns", "decorator_list", "ctx"}


class Mutant(msgspec.Struct, frozen=True):
    """A wrong reference: where it was changed, what stood there and what stands there now."""

    line: int
    within: str  # the function or method, as Python names it in a traceback
    before: str
    after: str
    source: str


class _Place(msgspec.Struct):
    """Where a node hangs in the tree, so that another can hang there for a while."""

    parent: ast.AST
    field: str
    index: int | None
    line: int
    within: str
    surroundings: Surroundings

    @property
    def node(self) -> ast.AST:
        value = getattr(self.parent, self.field)
        found: ast.AST = value if self.index is None else value[self.index]
        return found

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(source: str) -> list[Mutant]:
    """Return the mutants of `source`, from its first line to its last; no two are the same program."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for place in _places(tree, 1, MODULE, Surroundings.of_module(tree)):
        node = place.node
        for changed in changes(node, place.field, place.surroundings):
            place.put(ast.copy_location(changed, node))
            text = ast.unparse(tree)
            if text != original and text not in found:
                found[text] = Mutant(place.line, place.within, *_difference(original, text), text + "\n")
        place.put(node)
    return list(found.values())


def _places(node: ast.AST, line: int, within: str, surroundings: Surroundings) -> Iterator[_Place]:
    """Yield each place below `node` where something may be changed."""
    for field, value in ast.iter_fields(node):
        if field in _FIELDS_LEFT_ALONE:
            continue
        children: list[tuple[int | None, Any]] = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if not isinstance(child, ast.AST) or _is_left_alone(child):
                continue
            own_line = child.lineno if isinstance(child, ast.stmt) else line
            yield _Place(node, field, index, own_line, within, surroundings)
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inside = child.name if within == MODULE else f"{within}.{child.name}"
                yield from _places(child, own_line, inside, surroundings.inside(child))
            else:
                yield from _places(child, own_line, within, surroundings)


def _is_left_alone(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_main = isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
    return is_docstring or is_main or isinstance(node, _LEFT_ALONE)


def _difference(before: str, after: str) -> tuple[str, str]:
    """Return the line that differs, as it was and as it is."""
    old, new = before.splitlines(), after.splitlines()
    start = next(i for i, pair in enumerate(zip([*old, None], [*new, None])) if pair[0] != pair[1])
    while len(old) > start and len(new) > start and old[-1] == new[-1]:
        old.pop()
        new.pop()
    if len(old) == start:  # something was put in: tell it with the line above it
        start -= 1
    return _in_a_line(old[start:]), _in_a_line(new[start:])


def _in_a_line(lines: list[str]) -> str:
    return " ⏎ ".join(line.strip() for line in lines[:2]) + (" …" if len(lines) > 2 else "")
