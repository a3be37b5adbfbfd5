"""What may go wrong with each kind of node: the small mistakes that mutants are made of."""

import ast
import itertools
from collections.abc import Iterator
from typing import Any

import msgspec

_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_COMMUTATIVE = (ast.Add, ast.Mult)
_COMPARISONS = ((ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot))
# Functions and methods that are taken for each other.
_NEIGHBOURS = (
    ("exp", "exp2", "expm1"),
    ("log", "log2", "log10", "log1p"),
    ("sin", "cos", "tan"),
    ("maximum", "minimum"),
    ("max", "min"),
    ("argmax", "argmin"),
    ("sum", "mean", "prod"),
    ("mean", "median", "sum"),
    ("std", "var"),
    ("cumsum", "cumprod", "sum"),
    ("any", "all"),
    ("sqrt", "square"),
    ("floor", "ceil", "round"),
    ("dot", "outer", "multiply"),
    ("zeros", "ones", "empty"),
    ("vstack", "hstack"),
    ("uniform", "normal"),
    ("append", "extend"),
)


class Surroundings(msgspec.Struct, frozen=True):
    """What a node can be mistaken for: names and attributes nearby, and what numpy is called here."""

    functions: dict[str, int]  # of the module, with the number of their parameters
    attributes: tuple[str, ...]  # that the module gives to `self`
    numpy: str | None
    names: tuple[str, ...] = ()  # of the function that the node is in

    @classmethod
    def of_module(cls, tree: ast.Module) -> "Surroundings":
        functions = {node.name: len(node.args.args) for node in tree.body if isinstance(node, ast.FunctionDef)}
        attributes = {
            node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
        imported = [alias for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
        numpy = next((alias.asname or alias.name for alias in imported if alias.name == "numpy"), None)
        return cls(functions, tuple(sorted(attributes)), numpy)

    def inside(self, node: ast.FunctionDef | ast.ClassDef) -> "Surroundings":
        """Return what surrounds the nodes of a function or a class."""
        if isinstance(node, ast.ClassDef):
            return self
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        names += [
            inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        ]
        return msgspec.structs.replace(self, names=tuple(dict.fromkeys(names)))


def changes(node: ast.AST, field: str, surroundings: Surroundings) -> Iterator[ast.AST]:
    """Yield what may stand in the place of `node`, the child of its parent's `field`."""
    if isinstance(node, ast.stmt):
        yield from _of_statement(node)
        yield from _with_another_value(node, surroundings)
    elif isinstance(node, ast.expr):
        yield from _of_expression(node, field, surroundings)
    elif isinstance(node, ast.keyword):
        yield from (ast.keyword(node.arg, value) for value in _of_argument(node.value))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield ast.comprehension(node.target, node.iter, [], node.is_async)


def _of_statement(node: ast.stmt) -> Iterator[ast.stmt]:
    if not isinstance(node, ast.Pass):
        yield ast.Pass()
    match node:
        case ast.If(_, body, orelse):
            yield from (ast.If(ast.Constant(value), body, orelse) for value in (True, False))
        case ast.For(target, iterated, body, orelse):
            yield ast.For(target, iterated, [*body, ast.Break()], orelse)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.AugAssign(target, op, value):
            yield from (ast.AugAssign(target, other(), value) for other in _ARITHMETIC if not isinstance(op, other))
            yield ast.Assign([target], value)


def _with_another_value(node: ast.stmt, surroundings: Surroundings) -> Iterator[ast.stmt]:
    """Change the shape, the sign or the precision of what is returned or assigned."""
    if not isinstance(node, ast.Return | ast.Assign) or node.value is None or isinstance(node.value, ast.Constant):
        return
    values: list[ast.expr] = [
        ast.List([node.value]),
        ast.UnaryOp(ast.USub(), node.value),
        ast.BinOp(ast.Constant(2), ast.Mult(), node.value),
    ]
    if surroundings.numpy is not None:
        column = ast.Tuple([ast.Constant(-1), ast.Constant(1)])
        for function, last in (("reshape", ast.Constant(-1)), ("reshape", column), ("round", ast.Constant(3))):
            called = ast.Attribute(ast.Name(surroundings.numpy), function)
            values.append(ast.Call(called, [node.value, last], []))
    for value in values:
        if isinstance(node, ast.Return):
            yield ast.Return(value)
        else:
            yield ast.Assign(node.targets, value)


def _of_expression(node: ast.expr, field: str, surroundings: Surroundings) -> Iterator[ast.expr]:
    if field == "args":
        yield from _of_argument(node)
    match node:
        case ast.Constant(value):
            yield from _of_constant(value)
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            yield from _of_constant(-value)  # type: ignore[operator]
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.BinOp(left, op, right):
            yield from (ast.BinOp(left, other(), right) for other in _ARITHMETIC if not isinstance(op, other))
            yield from (left, right)
            if not isinstance(op, _COMMUTATIVE):
                yield ast.BinOp(right, op, left)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values
        case ast.Compare(left, ops, comparators):
            for i, comparison in enumerate(ops):
                for other in _others(type(comparison), _COMPARISONS):
                    yield ast.Compare(left, [*ops[:i], other(), *ops[i + 1 :]], comparators)
        case ast.IfExp(test, body, orelse):
            yield from (ast.IfExp(test, orelse, body), body, orelse)
        case ast.Call():
            yield from _of_call(node, surroundings)
        case ast.Tuple(elements, ast.Load()) | ast.List(elements, ast.Load()) if len(elements) > 1:
            yield from (type(node)(elements[::-1]), type(node)(elements[:-1]))
        case ast.Subscript(value, index, ast.Load()):
            yield value
            if isinstance(index, ast.Name):
                yield from (ast.Subscript(value, shifted) for shifted in _shifted(index))
        case ast.Slice(lower, upper, step):
            yield from (ast.Slice(None, upper, step), ast.Slice(lower, None, step), ast.Slice(lower, upper, None))
        case ast.Attribute(value, name, ast.Load()):
            if name == "T":
                yield value
            if name in surroundings.attributes:
                yield from (ast.Attribute(value, other) for other in surroundings.attributes if other != name)
        case ast.Name(name, ast.Load()) if field != "func" and name in surroundings.names:
            yield from (ast.Name(other) for other in surroundings.names if other != name)


def _of_constant(value: object) -> Iterator[ast.expr]:
    others: tuple[bool | int | float | str, ...] = ()
    if isinstance(value, bool):
        others = (not value,)
    elif isinstance(value, int | float):
        others = (value + 1, value - 1, -value, 2 * value, value / 2, round(value, 2))
    elif isinstance(value, str):
        others = ("", chr(ord(value) + 1) if len(value) == 1 else value + "x")  # of a quiz the next option
    yield from (ast.Constant(other) for other in others if other != value)


def _of_call(node: ast.Call, surroundings: Surroundings) -> Iterator[ast.expr]:
    """Call another function, or none, or with arguments that are swapped or missing."""
    args, keywords = node.args, node.keywords
    match node.func:
        case ast.Attribute(value, name):
            for other in _others(name, _NEIGHBOURS):
                yield ast.Call(ast.Attribute(value, other), args, keywords)
        case ast.Name(name):
            same = surroundings.functions.get(name)
            others = [other for other, count in surroundings.functions.items() if count == same and other != name]
            for other in [*others, *_others(name, _NEIGHBOURS)]:
                yield ast.Call(ast.Name(other), args, keywords)
    yield from args
    for one, other in itertools.combinations(range(len(args)), 2):
        swapped = list(args)
        swapped[one], swapped[other] = args[other], args[one]
        yield ast.Call(node.func, swapped, keywords)
    if len(args) + len(keywords) > 1:
        yield from (ast.Call(node.func, [*args[:i], *args[i + 1 :]], keywords) for i in range(len(args)))
        yield from (ast.Call(node.func, args, [*keywords[:i], *keywords[i + 1 :]]) for i in range(len(keywords)))


def _of_argument(node: ast.expr) -> Iterator[ast.expr]:
    """Change the range: one more, one less, the other sign."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.BinOp | ast.Subscript):
        yield from _shifted(node)
        yield ast.UnaryOp(ast.USub(), node)


def _shifted(node: ast.expr) -> Iterator[ast.expr]:
    yield ast.BinOp(node, ast.Add(), ast.Constant(1))
    yield ast.BinOp(node, ast.Sub(), ast.Constant(1))


def _others(one: Any, groups: tuple[tuple[Any, ...], ...]) -> list[Any]:
    return list(dict.fromkeys(other for group in groups if one in group for other in group if other != one))
