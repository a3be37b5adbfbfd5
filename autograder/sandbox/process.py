"""One worker process as the grader sees it: asked, given so much time, ended."""

import math
import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Protocol

from autograder.sandbox import wire
from autograder.sandbox.zygote import KILLED_BY_KIT

MAX_OUTPUT = 10_000  # characters kept of what a submission prints
START_SECONDS = 30.0  # for Python and numpy to load, on a slow disk
_RECEIVE_SIZE = 1 << 16
_LOOK_EVERY = 0.02  # seconds: after that it is looked at what a worker that does not answer does
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

Round = tuple[int | None, list[bytes]]  # a check's seed where it begins, and questions


class WorkerEnded(Exception):
    """The submission ended its process: by a crash, by exiting, or by sending what is no answer."""


class WorkerTimeout(Exception):
    """The submission did not answer in time; its worker was ended."""


class SandboxError(Exception):
    """The kit itself failed: no worker could be started."""


class End(Protocol):
    """Ends one process when it is called, and returns its wait status; `wait` gives it a moment to end by itself."""

    pid: int

    def __call__(self, wait: bool) -> int: ...


class Worker:
    """One process that runs one submission."""

    def __init__(self, channel: socket.socket, output: IO[bytes], end: "End") -> None:
        self._channel = channel
        self._output = output
        self._end = end
        self.alive = True
        self.was_killed = False  # by somebody else than the kit: a submission may not signal, not even itself
        self._received = bytearray()
        self._waiting = 0.0  # the socket's time-out
        self._busy_until = math.inf  # seconds of this process's own work

    def ask(self, rounds: list[Round], seconds: float, busy_until: float = math.inf) -> list[Any]:
        """Ask questions, frames of `wire`; return for each round its answers, up to the first that fails.

        Raises WorkerTimeout after `seconds`, or when the process has worked for `busy_until` seconds in its life;
        WorkerEnded where no proper answer comes. The worker is ended then.
        """
        *_, answers = self.ask_and_follow(rounds, seconds, busy_until)
        return answers  # type: ignore[no-any-return]

    def ask_and_follow(self, rounds: list[Round], seconds: float, busy_until: float = math.inf) -> Iterator[Any]:
        """Ask questions and yield the reports that come before the answers, numbers; last of all the answers."""
        until, self._busy_until = time.monotonic() + seconds, busy_until
        number = secrets.token_bytes(8)
        try:
            self._wait_at_most(seconds)
            self._channel.sendall(wire.encode([number, [list(each) for each in rounds]]))
            while True:
                match self._receive(until):
                    case [found, int(report)] if found == number:
                        yield report
                    case [found, list(answers)] if found == number and len(answers) == len(rounds):
                        if self._received:
                            raise wire.WireError("more than an answer")
                        yield answers
                        return
                    case _:
                        raise wire.WireError("an answer to no question")
        except (OSError, wire.WireError) as error:
            raise self._end_of(error) from None

    def hello(self) -> dict[str, str]:
        """Return the states of the layers that a worker started to try them announces."""
        try:
            return dict(self._receive(time.monotonic() + START_SECONDS)[0])
        except (OSError, wire.WireError) as error:
            raise SandboxError(f"the first worker did not start: {self._end_of(error)}") from error

    def _receive(self, until: float) -> list[Any]:
        """Return the next message."""
        size = wire.LENGTHS_SIZE
        received = self._received
        while len(received) < size or len(received) < size + wire.body_length(received[:size]):
            self._wait_at_most(min(until - time.monotonic(), _LOOK_EVERY))
            try:
                part = self._channel.recv(_RECEIVE_SIZE)
            except TimeoutError:
                if time.monotonic() >= until or self.busy_seconds() >= self._busy_until:
                    raise
                continue
            if not part:
                raise ConnectionError("it hung up")
            received += part
        end = size + wire.body_length(received[:size])
        message = wire.decode_frame(bytes(received[:end]))
        del received[:end]
        return message

    def busy_seconds(self) -> float:
        """Return for how long the process has worked in its life, 0 where nobody tells."""
        try:
            fields = Path(f"/proc/{self._end.pid}/stat").read_text(encoding="ascii", errors="replace").rsplit(")", 1)
            user, system = fields[1].split()[11:13]
            return (int(user) + int(system)) / _TICKS
        except (OSError, ValueError, IndexError):
            return 0.0

    def _wait_at_most(self, seconds: float) -> None:
        """Set the socket's time-out, within a tenth: setting it for each question would cost as much as asking."""
        if seconds <= 0:
            raise TimeoutError
        if not 0.9 * self._waiting <= seconds <= self._waiting:
            self._waiting = seconds
            self._channel.settimeout(seconds)

    def _end_of(self, error: BaseException) -> "WorkerEnded | WorkerTimeout":
        """End the process; return what its failure to answer means."""
        if isinstance(error, TimeoutError):
            self.close()
            return WorkerTimeout()
        if not isinstance(error, ConnectionError):  # it is the kit that ends it, for what it sent
            self.close()
            return WorkerEnded(str(error))
        reason = self.close(wait=True)
        self.was_killed = reason == signal.SIGKILL.name
        return WorkerEnded(reason or str(error))

    def close(self, wait: bool = False) -> str:
        """End the process; return how it had ended by itself, where `wait` gives it a moment for that."""
        if not self.alive:
            return ""
        self.alive = False
        try:
            return _how_it_ended(self._end(wait))
        finally:
            self._channel.close()

    def output(self) -> str:
        """Return the beginning of what the submission printed."""
        raw = os.pread(self._output.fileno(), 4 * MAX_OUTPUT, 0)
        return raw.decode("utf-8", "replace")[:MAX_OUTPUT]

    def discard(self) -> None:
        self.close()
        self._output.close()


def _how_it_ended(status: int) -> str:
    if status == KILLED_BY_KIT:
        return ""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return signal.Signals(number).name if number in signal.valid_signals() else f"signal {number}"
    return f"exit {os.waitstatus_to_exitcode(status)}" if os.WIFEXITED(status) else ""
