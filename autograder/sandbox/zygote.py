"""A process that has numpy loaded and forks one worker for each submission. It never sees a submission's text.

Commands come from the grader on the socket whose descriptor is the first argument: `spawn` with the worker's
own socket and its output file, `end` with a worker's pid. `--fresh` turns the process into a worker itself.
"""

import contextlib
import fcntl
import gc
import os
import signal
import socket
import sys
import sysconfig
import time
from pathlib import Path

import msgspec
import numpy as np

from autograder.sandbox import wire, worker
from autograder.sandbox.layers import FIRST_FREE_DESCRIPTOR, Layers
from autograder.sandbox.limits import Limits

MAX_COMMAND = 4096
KILLED_BY_KIT = 1 << 16  # no status that the kernel gives
_WARM_UPS = 20  # after that the interpreter has adapted to what workers do
_WARM_UP = """
import numpy as np

def f(z):
    return np.where(z > 0, 1 / (1 + np.exp(-z)), np.maximum(0, z))

class C:
    def __init__(self, n):
        self.a, self.b = np.random.uniform(-1, 1, n), 0.5

    def g(self, x):
        return np.dot(self.a[:3], x) + self.b
"""
_GRACE_SECONDS = 0.02  # for a worker that hung up to end by itself, so that its signal can be told


class Config(msgspec.Struct):
    """How workers of this zygote are to be."""

    name: str
    limits: Limits
    folder: str  # empty, where they work
    layers: list[str] | None = None  # None: try which can be put on


class Command(msgspec.Struct):
    verb: str
    layers: list[str] | None = None
    pid: int = 0


def become_worker(config: Config, layers: Layers, names: list[str] | None) -> None:
    """Turn this process, with the grader on descriptor 3, into a worker under the layers `names`. Never returns."""
    if names is None:
        worker.announce(layers.try_on())
    else:
        layers.put_on(names)
    gc.enable()
    worker.serve(config.name)


def spawn(config: Config, layers: Layers, names: list[str] | None, channel: int, output: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        _place(channel, output)
        become_worker(config, layers, names)
    finally:
        os._exit(70)  # a layer could not be put on: no submission may run here


def _place(channel: int, output: int) -> None:
    """Put the grader on descriptor 3 and the output file on 1 and 2."""
    for source, target in ((output, 1), (output, 2), (channel, worker.GRADER)):
        os.dup2(source, target)


def end(pid: int) -> int:
    """Let the worker `pid`, which hung up, end; return its wait status, or that it had to be killed."""
    until = time.monotonic() + _GRACE_SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.001)
    kill(pid)
    return KILLED_BY_KIT


def kill(pid: int) -> int:
    """Kill the worker `pid` and all that it left in its session; return its wait status."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:  # it has not made its session yet
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def hide_packages() -> None:
    """Leave the standard library and what is loaded: a submission finds no package, wherever it is graded."""
    packages = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    sys.path[:] = [path for path in sys.path if path not in packages and "-packages" not in path]
    sys.path_importer_cache.clear()


def warm_up() -> None:
    """Answer about a program of no interest, many times: workers then find the interpreter and numpy run in."""
    cells = [[0, _WARM_UP]]
    array, numbers = np.linspace(-1, 1, 5), [0.5, 1, 2.0]
    questions = [
        [[["seed", 1]], "call", worker.MODULE, "f", [array], {}, []],
        [[], "call", worker.MODULE, "f", [0.5], {}, []],
        [[], "call", worker.MODULE, "C", [3], {}, ["a", "b"]],
        [[["set", 1, "a", array]], "call", 1, "g", [numbers], {}, []],
        [[], "get", 1, "a"],
    ]
    for _ in range(_WARM_UPS):
        submission = worker.Submission("warm_up")
        submission.load(False, cells, [], None)
        frame = wire.encode([b"12345678", [[1, [wire.encode(question) for question in questions]]]])
        wire.decode_frame(wire.encode(worker.answer_all(submission, wire.decode_frame(frame))))
    del sys.modules["warm_up"]


def serve(control: socket.socket, config: Config, layers: Layers) -> None:
    """Carry out the grader's commands until it hangs up."""
    warm_up()
    gc.collect()
    gc.freeze()
    gc.disable()
    control.sendall(b"ready")
    decoder = msgspec.msgpack.Decoder(Command)
    alive: set[int] = set()
    try:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, MAX_COMMAND, 2)
            if not message:
                return
            command = decoder.decode(message)
            if command.verb == "spawn":
                answer = spawn(config, layers, command.layers, *descriptors)
                alive.add(answer)
                for descriptor in descriptors:
                    os.close(descriptor)
            elif command.pid in alive:
                alive.remove(command.pid)
                answer = end(command.pid) if command.verb == "end" else kill(command.pid)
            else:  # a worker of another zygote, that died with it
                answer = 0
            control.sendall(answer.to_bytes(4, "little"))
    finally:
        for pid in alive:
            kill(pid)


def main(arguments: list[str]) -> None:
    channel, raw_config, mode = int(arguments[0]), arguments[1], arguments[2]
    config = msgspec.json.decode(raw_config, type=Config)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    np.random.seed(0)  # numpy.random is loaded here, once
    os.chdir(config.folder)
    # Descriptor 3 is a worker's: nothing of the zygote's own may stand there.
    control = fcntl.fcntl(channel, fcntl.F_DUPFD_CLOEXEC, FIRST_FREE_DESCRIPTOR)
    os.dup2(channel if mode == "fresh" else 0, worker.GRADER)
    layers = Layers(config.limits)
    hide_packages()
    sys.argv[:], sys.orig_argv[:] = [""], []  # they tell where the kit is
    if mode == "fresh":
        become_worker(config, layers, config.layers)
    with contextlib.suppress(ConnectionError):  # the grader is gone, however it ended
        serve(socket.socket(fileno=control), config, layers)
    with contextlib.suppress(OSError):
        Path(config.folder).rmdir()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
