"""The grader's side of the sandbox: it starts workers, asks them, measures their time and ends them."""

import contextlib
import math
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

import autograder
from autograder.sandbox import wire
from autograder.sandbox.layers import ENVIRONMENT, ON, ORDER
from autograder.sandbox.limits import Limits
from autograder.sandbox.zygote import KILLED_BY_KIT, Command, Config

MAX_OUTPUT = 10_000  # characters kept of what a submission prints
_START_SECONDS = 30.0  # for Python and numpy to load, on a slow disk
_RECEIVE_SIZE = 1 << 16
_STOP_SECONDS = 1.0
_LOOK_EVERY = 0.02  # seconds: after that it is looked at what a worker that does not answer does
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_REPLY_SECONDS = 10.0  # for a fork, on a loaded machine
_PROGRAM = "import sys; sys.path.append({root!r}); from autograder.sandbox import zygote; sys.path.remove({root!r}); \
zygote.main(sys.argv[1:])"


Round = tuple[int | None, list[bytes]]  # a check's seed where it begins, and questions


class WorkerEnded(Exception):
    """The submission ended its process: by a crash, by exiting, or by sending what is no answer."""


class WorkerTimeout(Exception):
    """The submission did not answer in time; its worker was ended."""


class SandboxError(Exception):
    """The kit itself failed: no worker could be started."""


class Worker:
    """One process that runs one submission."""

    def __init__(self, channel: socket.socket, output: IO[bytes], end: "_End") -> None:
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
            return dict(self._receive(time.monotonic() + _START_SECONDS)[0])
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
        hung_up = isinstance(error, ConnectionError)
        reason = self.close(wait=hung_up)
        self.was_killed = hung_up and reason == signal.SIGKILL.name  # else it is the kit that kills
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


class _End:
    """Ends one worker; called once."""

    def __init__(self, sandbox: "Sandbox", pid: int) -> None:
        self._sandbox = sandbox
        self.pid = pid

    def __call__(self, wait: bool) -> int:
        return self._sandbox.command(Command("end" if wait else "kill", pid=self.pid))


class _EndFresh(_End):
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid

    def __call__(self, wait: bool) -> int:
        try:
            code = self._process.wait(0.5 if wait else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return KILLED_BY_KIT
        return -code if code < 0 else code << 8


class Sandbox:
    """Starts workers, all under the same layers: forked from a zygote where that is safe, each afresh elsewhere."""

    def __init__(self, name: str, limits: Limits, layers: tuple[str, ...] = ORDER) -> None:
        """`name` is the submissions' module name; `layers` may leave some out, to show what each is worth."""
        self.limits = limits
        self._name = name
        self._environment = ENVIRONMENT if "environment" in layers else {**os.environ, **ENVIRONMENT}
        self._folder = tempfile.mkdtemp(prefix="autograder-")
        os.chmod(self._folder, 0o755)
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        try:
            if sys.platform.startswith("linux"):
                self._start_zygote()
            self.isolation = self._try_layers(layers)
            if self._zygote is not None and not self._zygote_is_safe():
                self._stop_zygote()
            self.isolation["process"] = "forked" if self._zygote is not None else "fresh"
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def spawn(self) -> Worker:
        """Start a worker. Raises SandboxError where even a second try fails."""
        layers = [name for name in ORDER if self.isolation[name] == ON]
        try:
            return self._spawn(layers)
        except (OSError, SandboxError):  # the zygote was killed: another one
            self._stop_zygote()
            self._start_zygote()
            return self._spawn(layers)

    def close(self) -> None:
        self._stop_zygote()
        shutil.rmtree(self._folder, ignore_errors=True)

    def command(self, command: Command, descriptors: tuple[int, ...] = ()) -> int:
        """Send `command` to the zygote; return its answer."""
        if self._control is None:
            return 0
        try:
            self._control.settimeout(_REPLY_SECONDS)
            socket.send_fds(self._control, [msgspec.msgpack.encode(command)], descriptors)
            answer = self._control.recv(4)
        except OSError as error:
            raise SandboxError(f"the zygote does not answer: {error}") from error
        if len(answer) != 4:
            raise SandboxError("the zygote ended")
        return int.from_bytes(answer, "little")

    def _try_layers(self, wanted: tuple[str, ...]) -> dict[str, str]:
        worker = self._spawn(None)
        try:
            states = worker.hello()
        finally:
            worker.discard()
        return {name: states[name] if name in wanted else "unavailable (switched off)" for name in ORDER}

    def _zygote_is_safe(self) -> bool:
        """Whether a worker can neither stop nor take over the zygote that later workers come from."""
        return self.isolation["user"] == ON or (self.isolation["seccomp"] == ON and self.isolation["landlock"] == ON)

    def _spawn(self, layers: list[str] | None) -> Worker:
        channel, theirs = socket.socketpair()
        output = _memory_file()
        try:
            if self._zygote is not None:
                pid = self.command(Command("spawn", layers), (theirs.fileno(), output.fileno()))
                end: _End = _End(self, pid)
            else:
                end = _EndFresh(self._start("fresh", theirs, output, layers))
        except BaseException:
            channel.close()
            output.close()
            raise
        finally:
            theirs.close()
        return Worker(channel, output, end)

    def _start_zygote(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._zygote = self._start("zygote", theirs, subprocess.DEVNULL, None)
        self._control.settimeout(_START_SECONDS)
        try:
            ready = self._control.recv(16)
        except OSError as error:
            raise SandboxError(f"the zygote did not start: {error}") from error
        if ready != b"ready":
            raise SandboxError("the zygote ended while it started")

    def _stop_zygote(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._zygote is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._zygote.wait(_STOP_SECONDS)  # it ends its workers first
            self._zygote.kill()
            self._zygote.wait()
            self._zygote = None

    def _start(
        self, mode: str, theirs: socket.socket, output: IO[bytes] | int, layers: list[str] | None
    ) -> subprocess.Popen[bytes]:
        Path(self._folder).mkdir(mode=0o755, exist_ok=True)  # a zygote that ends takes it along
        program = _PROGRAM.format(root=str(Path(autograder.__file__).parents[1]))
        config = msgspec.json.encode(Config(self._name, self.limits, self._folder, layers)).decode("utf-8")
        return subprocess.Popen(
            [sys.executable, "-s", "-P", "-c", program, str(theirs.fileno()), config, mode],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output if mode == "fresh" else None,
            env=self._environment,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )


def _memory_file() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("output"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)
