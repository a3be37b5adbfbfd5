"""The process in which a submission runs. It answers questions about it until it is killed.

The grader sends `[id, rounds]`. A round is `[begin, questions]`: `begin` is None, or a seed where a check begins; each
question is a frame of its own, `[first, operation, *arguments]`, where `first` holds operations, each with its
arguments, that go before and have no answer of their own. Back goes `[id, answers]`, for each round a frame for each
question up to the first that fails: `["value", value, ...]` or `["raised", type, message, place, its text, column]`,
where a place is [cell, line] or None.
Nothing here is believed by the grader: a submission may rewrite all of it.
"""

import ast
import builtins
import io
import os
import random
import sys
import types
from typing import Any, NoReturn

import numpy as np

from autograder.sandbox import magics, wire
from autograder.sandbox.lines import split_lines

GRADER = 3  # the descriptor on which questions come
READ_SIZE = 1 << 16
MAX_PRINTED = 1 << 16
MAX_TEXT = 500
MAX_FAILURES = 20
MODULE = 0  # the handle of the submission itself


class Printed(io.RawIOBase):
    """The output: its beginning is kept, the rest is passed over, so that a print never fails."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._left = MAX_PRINTED

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raw = bytes(data)
        if self._left > 0:
            self._left -= os.write(self._descriptor, raw[: self._left])
        return len(raw)


class Submission:
    """A submission's module and the objects that its functions gave out."""

    def __init__(self, name: str) -> None:
        self.module = types.ModuleType(name)
        self.module.__file__ = f"{name}.py"
        self.lines: dict[str, list[str]] = {}  # of each cell, by the name under which it is compiled
        self.cells: dict[str, int] = {}
        self.objects: dict[int, object] = {MODULE: self.module}
        self.replaced: dict[str, object] = {}

    def begin_check(self, seed: int) -> None:
        """Forget what the check before left: each one finds the same state, in whatever order they run."""
        self.objects = {MODULE: self.module}
        for name in list(self.replaced):
            self.restore(name)
        np.random.seed(seed)
        random.seed(seed)

    def handle_for(self, value: object) -> wire.Handle:
        number = len(self.objects)
        self.objects[number] = value
        return wire.Handle(number, type(value).__name__, callable(value))

    def object_of(self, value: object) -> object:
        return self.objects[value.number] if type(value) is wire.Handle else value

    def load(self, report: bool, cells: list[list[Any]], skip: list[int], stop: int | None) -> list[object]:
        """Run the top-level statements one by one, except those in `skip` and from `stop` on; `report` tells each.

        Returns the number of statements and, for each that failed, [place, line, type, message].
        Raises SyntaxError where there is no statement to run.
        """
        global _report_statements
        _report_statements = report
        sys.modules[self.module.__name__] = self.module
        statements, failures = self.parse(cells)
        features = _future_features([statement for _, statement in statements])
        for index, (file, statement) in enumerate(statements[:stop]):
            if index in skip:
                continue
            report_statement(index)
            try:
                code = compile(ast.Module([statement], []), file, "exec", features, dont_inherit=True)
                exec(code, self.module.__dict__)
            except BaseException as error:  # exit() and Ctrl-C in a submission are its own affair
                place = self.place_of(error, outermost=True) or [self.cells[file], statement.lineno]
                failures.append([place, self.text_of(place), type(error).__name__, message_of(error)])
        return [len(statements), failures[:MAX_FAILURES]]

    def parse(self, cells: list[list[Any]]) -> tuple[list[tuple[str, ast.stmt]], list[list[object]]]:
        """Return the statements of all cells, each with its cell's name, and what is wrong with cells that have none.

        Raises SyntaxError where all that there is to parse is wrong.
        """
        statements: list[tuple[str, ast.stmt]] = []
        failures: list[list[object]] = []
        wrong: SyntaxError | None = None
        for number, text in cells:
            file = f"{self.module.__name__}, {number}" if number else f"{self.module.__name__}.py"
            self.lines[file], self.cells[file] = split_lines(text), number
            try:
                tree = ast.parse(magics.pass_over(text) if number else text, file)
            except SyntaxError as error:
                wrong = wrong or error
                place = self.place_of(error) or [number, 1]
                failures.append([place, self.text_of(place), "SyntaxError", message_of(error)])
            else:
                statements += [(file, statement) for statement in tree.body]
        if wrong is not None and not statements:
            raise wrong
        return statements, failures

    def first_line_of(self, cells: list[list[Any]], index: int) -> list[object]:
        """Return [place, line] of the top-level statement `index`."""
        file, statement = self.parse(cells)[0][index]
        place = [self.cells[file], statement.lineno]
        return [place, self.text_of(place)]

    def get(self, number: int, name: str) -> object:
        return getattr(self.objects[number], name)

    def set(self, number: int, name: str, value: object) -> None:
        setattr(self.objects[number], name, self.object_of(value))

    def call(self, number: int, name: str, arguments: list[Any], keywords: dict[str, Any]) -> object:
        """Call `name` of an object, or the object itself where the name is empty."""
        target = self.objects[number]
        function: Any = getattr(target, name) if name else target
        return function(*map(self.object_of, arguments), **{key: self.object_of(keywords[key]) for key in keywords})

    def seed(self, seed: int) -> None:
        np.random.seed(seed)

    def replace(self, name: str, expression: str) -> None:
        """Put the value of `expression` in the place of the submission's `name`, until `restore`."""
        self.replaced[name] = self.module.__dict__.get(name, self.replaced)
        self.module.__dict__[name] = eval(expression, {"np": np})

    def restore(self, name: str) -> None:
        value = self.replaced.pop(name)
        if value is self.replaced:
            del self.module.__dict__[name]
        else:
            self.module.__dict__[name] = value

    def place_of(self, error: BaseException, outermost: bool = False) -> list[int] | None:
        """Return the cell and the line of the innermost place in the submission that `error` went through."""
        if isinstance(error, SyntaxError) and error.filename in self.cells:
            line, last = error.lineno or 1, len(self.lines[error.filename]) + 1
            return [self.cells[error.filename], line if line in range(1, last + 1) else 1]
        place, trace = None, error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file in self.cells:
                place = [self.cells[file], trace.tb_lineno]
                if outermost:
                    break
            trace = trace.tb_next
        return place

    def text_of(self, place: list[int] | None) -> str:
        """Return the line at `place`."""
        for file, number in self.cells.items():
            if place is not None and number == place[0]:
                return "".join(self.lines[file][place[1] - 1 : place[1]]).strip()[:MAX_TEXT]
        return ""


def _future_features(statements: list[ast.stmt]) -> int:
    """Return the compiler flags of the `from __future__` imports: they hold for the whole file."""
    import __future__

    flags = 0
    for node in statements:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                flags |= getattr(__future__, alias.name).compiler_flag if hasattr(__future__, alias.name) else 0
    return flags


def message_of(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:  # an exception whose text raises
        return ""


def read_frame() -> bytes:
    """Return the next message. The grader sends one at a time."""
    data = bytearray()
    while len(data) < wire.LENGTHS_SIZE or len(data) < wire.LENGTHS_SIZE + wire.body_length(data[: wire.LENGTHS_SIZE]):
        part = os.read(GRADER, READ_SIZE)
        if not part:
            os._exit(0)  # the grader is gone
        data += part
    return bytes(data)


def write_all(frame: bytes) -> None:
    view = memoryview(frame)
    while view:
        view = view[os.write(GRADER, view) :]


def announce(states: dict[str, str]) -> None:
    """Tell the grader which layers hold, before the first question."""
    write_all(wire.encode([states]))


_current_id: object = None
_report_statements = False


def report_statement(index: int) -> None:
    """Tell the grader which statement comes, when it wants to know which one ends the worker."""
    if _report_statements:
        write_all(wire.encode([_current_id, index]))


def answer_all(submission: Submission, message: list[Any]) -> list[object]:
    """Answer one message."""
    global _current_id
    _current_id, rounds = message
    return [_current_id, [answer_round(submission, *each) for each in rounds]]


def answer_round(submission: Submission, begin: int | None, questions: list[bytes]) -> list[bytes]:
    """Answer questions one after the other, up to the first that fails."""
    if begin is not None:
        submission.begin_check(begin)
    answers: list[bytes] = []
    for question in questions:
        reply = answer(submission, *wire.decode_frame(question))
        try:
            answers.append(wire.encode(reply, submission.handle_for))
        except wire.WireError as error:
            reply = ["raised", "ValueError", str(error), None, "", 0]
            answers.append(wire.encode(reply))
        if reply[0] == "raised":
            break
    return answers


def answer(submission: Submission, first: list[list[Any]], operation: str, *arguments: Any) -> list[object]:
    try:
        for name, *values in first:
            getattr(submission, name)(*values)
        if operation != "call":
            return ["value", getattr(submission, operation)(*arguments)]
        *arguments, wanted = arguments  # type: ignore[assignment]
        mutable = [argument for argument in arguments[2] if _is_mutable(argument)]
        before = [_state(argument, submission) for argument in mutable]
        value = submission.call(*arguments)
        changed = _changed(arguments[2], before, submission) if mutable else []
        return ["value", value, changed or None, _attributes(value, wanted)]
    except BaseException as error:
        place = submission.place_of(error)
        detail = [error.text or "", error.offset or 0] if isinstance(error, SyntaxError) else []
        text = str(detail[0]).rstrip()[:MAX_TEXT] if detail else submission.text_of(place)
        column = detail[1] if detail and detail[1] in range(MAX_TEXT) else 0
        return ["raised", type(error).__name__, message_of(error), place, text, column]


def _is_mutable(argument: object) -> bool:
    return type(argument) in (list, np.ndarray)


def _state(argument: Any, submission: Submission) -> object:
    """Return what a list or an array is now, to see later whether it still is."""
    if type(argument) is np.ndarray:
        return argument.shape, argument.dtype.str, argument.tobytes()
    return wire.encode([argument], submission.handle_for)


def _changed(arguments: list[Any], before: list[object], submission: Submission) -> list[list[object]]:
    """Return [position, new value] of each list and array that the submission changed in place."""
    changed = []
    states = iter(before)
    for position, argument in enumerate(arguments):
        if _is_mutable(argument) and _state(argument, submission) != next(states):
            changed.append([position, argument])
    return changed


def _attributes(value: object, wanted: list[str]) -> dict[str, object] | None:
    """Return those of the `wanted` attributes that `value` simply holds: they need not be asked for then."""
    held = getattr(value, "__dict__", None) if wanted else None
    if type(held) is not dict:
        return None
    return {name: held[name] for name in wanted if name in held and not hasattr(type(value), name)}


def serve(name: str) -> NoReturn:
    """Answer questions on descriptor 3 about the submission called `name` until the grader closes it."""
    output = io.TextIOWrapper(
        io.BufferedWriter(Printed(1)), "utf-8", "backslashreplace", line_buffering=True, write_through=True
    )
    sys.stdout = sys.stderr = output
    sys.__stdout__ = sys.__stderr__ = output  # type: ignore[misc]
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]
    vars(builtins)["display"] = lambda *things, **options: None  # notebooks have it
    np.random.seed(0)
    random.seed(0)  # here: Python draws a new seed after each fork
    submission = Submission(name)
    while True:
        message = wire.decode_frame(read_frame())
        reply = answer_all(submission, message)
        output.flush()
        try:
            write_all(wire.encode(reply))
        except wire.WireError:  # too much together
            write_all(wire.encode([message[0], [[] for _ in message[1]]]))
