"""A session without a sandbox, for the exercise's own programs: who wrote them is trusted, and they are many."""

import contextlib
import io
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.process import WorkerEnded
from autograder.sandbox.worker import Submission, answer_round


class LocalSession:
    """A program that answers in this process, in the very words of a worker."""

    def __init__(self, module: str, program: str) -> None:
        """Run the program. Raises whatever it raises."""
        self.functions: set[tuple[str, str]] = set()
        self._program = Submission(module)
        with self._in_its_place():
            _, failures = self._program.load(False, [[0, program]], [], None)
        if failures:
            raise ValueError(failures)

    def begin_check(self) -> None:
        """Nothing to do: nobody measures its time."""

    def ask(self, begin: int | None, question: bytes) -> list[Any]:
        """Return the answer to a question."""
        with self._in_its_place():
            return wire.decode_frame(answer_round(self._program, begin, [question])[0])

    def spoiled(self) -> WorkerEnded:
        """Return what to raise where an answer makes no sense."""
        return WorkerEnded("an answer that makes no sense")

    @contextlib.contextmanager
    def _in_its_place(self) -> Iterator[None]:
        """Let the program be the module of its name for a while, and print where nobody reads."""
        name = self._program.module.__name__
        before = sys.modules.get(name)
        sys.modules[name] = self._program.module
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
                yield
        finally:
            del sys.modules[name]
            if before is not None:
                sys.modules[name] = before
