"""The sandbox with real processes: what a worker can't do, how it ends, and that nothing is left of it."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import wire
from autograder.sandbox.launcher import Sandbox
from autograder.sandbox.layers import ON, ORDER, STRICT
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Worker, WorkerEnded, WorkerTimeout

TRY = """
def attempt():
{body}
try:
    attempt()
    print("done")
except OSError as error:
    print("refused")
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("neuron", Limits(memory_mb=128)) as sandbox:
        yield sandbox


def load(worker: Worker, source: str, seconds: float = 5) -> None:
    worker.ask([(None, [wire.encode([[], "load", False, [[0, source]], [], None])])], seconds)


def printed(sandbox: Sandbox, source: str) -> str:
    worker = sandbox.spawn()
    try:
        load(worker, source)
        return worker.output().strip()
    finally:
        worker.discard()


def workers_of(sandbox: Sandbox) -> list[str]:
    assert sandbox._zygote is not None
    return Path(f"/proc/{sandbox._zygote.pid}/task/{sandbox._zygote.pid}/children").read_text(encoding="ascii").split()


def test_every_layer_is_in_force_here(sandbox: Sandbox) -> None:
    expected = dict.fromkeys(ORDER, ON)
    if os.geteuid() != 0:
        expected["user"] = "unavailable (the grader was not started as root)"
    assert sandbox.isolation == {**expected, "process": "forked"}


@pytest.mark.parametrize(
    "body",
    [
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "open('/proc/self/maps').read()",
        "open('written', 'w').write('x')",
        "open('/tmp/written', 'w').write('x')",
        "import os; os.listdir('/')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import socket; socket.socket()",
        "import socket; socket.socketpair()",
        "import os; os.kill(os.getppid(), 0)",
        "import fcntl, os; fcntl.fcntl(1, fcntl.F_SETOWN, os.getpid())",
        "import fcntl; fcntl.fcntl(1, 10, 9)",
        "import os; os.memfd_create('x')",
        "import os; os.setuid(0)",
        "import os; os.chroot('.')",
        "import os; os.mkdir('x')",
    ],
)
def test_a_worker_may_not(sandbox: Sandbox, body: str) -> None:
    assert printed(sandbox, TRY.format(body=f"    {body}")) == "refused"


def test_a_worker_cannot_read_the_kit_the_exercise_or_a_package(sandbox: Sandbox, root: Path) -> None:
    import msgspec

    paths = [root / "solutions/neuron/neuron.py", root / "autograder/grading.py", Path(msgspec.__file__)]
    paths += list(Path(os.__file__).with_name("site-packages").glob("*/__init__.py"))[:1]  # of Python, not of here
    for path in paths:
        assert path.is_file()
        assert printed(sandbox, TRY.format(body=f"    open({str(path)!r}).read()")) == "refused"


def test_a_worker_finds_the_standard_library_and_numpy_and_no_other_package(sandbox: Sandbox) -> None:
    source = """
import numpy.linalg, argparse, colorsys, dataclasses, statistics
try:
    import pytest
except ImportError:
    print(colorsys.__name__)
"""
    assert printed(sandbox, source) == "colorsys"


def test_a_worker_sees_nothing_of_the_graders_environment_and_descriptors(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = """
import os
print(sorted(os.environ))
open_ones = []
for descriptor in range(256):
    try:
        os.fstat(descriptor)
        open_ones.append(descriptor)
    except OSError:
        pass
print(open_ones)
"""
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with Sandbox("neuron", Limits()) as other:
        names, descriptors = printed(other, source).splitlines()
    assert "SECRET_TOKEN" not in names
    assert "USER" not in names
    assert descriptors == "[0, 1, 2, 3]"


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(3)",
        "import os; os.abort()",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.close(3)",
        "import os; os.write(3, b'\\0' * 64)",
        "import os; os.write(3, b'\\xff' * 64)",
        "import os; os.write(3, b'\\x01\\0\\0\\0\\0\\0\\0\\0\\x90')",
    ],
)
def test_a_worker_that_crashes_or_talks_out_of_turn_is_ended(sandbox: Sandbox, source: str) -> None:
    worker = sandbox.spawn()
    with pytest.raises(WorkerEnded):
        load(worker, source)
    assert not worker.alive
    worker.discard()
    assert printed(sandbox, "print('next')") == "next"


def test_memory_is_bounded(sandbox: Sandbox) -> None:
    assert printed(sandbox, "try:\n    x = bytearray(10**9)\nexcept MemoryError:\n    print('no')") == "no"


def test_an_endless_loop_is_ended_in_time(sandbox: Sandbox) -> None:
    worker = sandbox.spawn()
    start = time.monotonic()
    with pytest.raises(WorkerTimeout):
        load(worker, "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass", seconds=0.3)
    assert time.monotonic() - start < 2
    worker.discard()
    assert workers_of(sandbox) == []


def test_an_answer_that_drips_is_ended_in_time(sandbox: Sandbox) -> None:
    source = "import os, time\nfor _ in range(10**6):\n    os.write(3, b'\\x10')\n    time.sleep(0.05)"
    worker = sandbox.spawn()
    start = time.monotonic()
    with pytest.raises((WorkerTimeout, WorkerEnded)):
        load(worker, source, seconds=0.5)
    assert time.monotonic() - start < 3
    worker.discard()


def test_output_is_capped_and_printing_never_fails(sandbox: Sandbox) -> None:
    shown = printed(sandbox, "for _ in range(100_000): print('x' * 100)\nprint('end')")
    assert len(shown) <= 10_000


def test_nothing_is_left_when_a_sandbox_is_closed() -> None:
    with Sandbox("neuron", Limits()) as sandbox:
        worker = sandbox.spawn()
        assert sandbox._zygote is not None
        zygote = sandbox._zygote.pid
        (pid,) = workers_of(sandbox)
        folder = Path(sandbox._folder)
        assert folder.is_dir()
    for each in (zygote, int(pid)):
        assert not Path(f"/proc/{each}").exists()
    assert not folder.exists()
    worker.discard()


def test_a_killed_zygote_is_started_again() -> None:
    with Sandbox("neuron", Limits()) as sandbox:
        assert sandbox._zygote is not None
        os.kill(sandbox._zygote.pid, signal.SIGKILL)
        assert printed(sandbox, "print('again')") == "again"


def test_layers_left_out_are_told_and_each_worker_is_then_a_fresh_process() -> None:
    with Sandbox("neuron", Limits(), layers=("environment", "limits")) as sandbox:
        assert {name for name in ORDER if sandbox.isolation[name] == ON} == {"environment", "limits"}
        assert all(sandbox.isolation[name].startswith("unavailable (") for name in STRICT)
        assert sandbox.isolation["process"] == "fresh"
        assert printed(sandbox, "print('fresh')") == "fresh"
        worker = sandbox.spawn()
        with pytest.raises(WorkerEnded):
            load(worker, "import os; os._exit(1)")
        worker.discard()
