"""The sandbox: it starts workers, all under the same layers."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

import autograder
from autograder.sandbox.layers import ENVIRONMENT, ON, ORDER
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import START_SECONDS, End, SandboxError, Worker
from autograder.sandbox.zygote import KILLED_BY_KIT, Command, Config

_STOP_SECONDS = 1.0
_REPLY_SECONDS = 10.0  # for a fork, on a loaded machine
_PROGRAM = "import sys; sys.path.append({root!r}); from autograder.sandbox import zygote; sys.path.remove({root!r}); \
zygote.main(sys.argv[1:])"


class _End:
    """Ends a worker that the zygote forked."""

    def __init__(self, sandbox: "Sandbox", pid: int) -> None:
        self._sandbox = sandbox
        self.pid = pid

    def __call__(self, wait: bool) -> int:
        return self._sandbox.command(Command("end" if wait else "kill", pid=self.pid))


class _EndFresh:
    """Ends a worker that was started afresh."""

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
                end: End = _End(self, pid)
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
        self._control.settimeout(START_SECONDS)
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
