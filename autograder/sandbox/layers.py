"""The layers of isolation: each is prepared once, put on by a worker itself, and tried before it is believed.

Linux has them all, and none needs root; `user` needs it, and so stands only where the grader was started as root.
"""

import ctypes
import mmap
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import landlock, seccomp, user
from autograder.sandbox.limits import Limits

ORDER = ("environment", "limits", "user", "no_new_privs", "landlock", "descriptors", "seccomp")
STRICT = ("landlock", "seccomp")  # what `--require strict` asks for
ON = "on"

FIRST_FREE_DESCRIPTOR = 4  # 0 nothing to read, 1 and 2 the output, 3 the grader
_HIGHEST_DESCRIPTOR = 65536
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",  # to find libseccomp
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "Agg",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Where Python's own library is, on systems that are told so.
    **{name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
}

Apply = Callable[[], None]


class Layers:
    """The layers that can be put on here, and for each other one the reason why not."""

    def __init__(self, limits: Limits) -> None:
        self.unavailable: dict[str, str] = {}
        self._apply: dict[str, Apply] = {}
        for name in ORDER:
            try:
                self._apply[name] = _PREPARE[name](limits)
            except (OSError, RuntimeError, ImportError, AttributeError) as error:
                self.unavailable[name] = str(error) or type(error).__name__

    def put_on(self, names: list[str]) -> None:
        """Put the layers `names` on this process for good. Raises OSError: then it must not run a submission."""
        for name in ORDER:
            if name in names:
                self._apply[name]()

    def try_on(self) -> dict[str, str]:
        """Put on whatever can be, then try to break out of each. Returns each layer's state: on, or why not."""
        for name in ORDER:
            if name in self._apply:
                try:
                    self._apply[name]()
                except OSError as error:
                    self.unavailable[name] = str(error)
        states = {}
        for name in ORDER:
            reason = self.unavailable.get(name) or _BREAK_OUT[name]()
            states[name] = f"unavailable ({reason})" if reason else ON
        return states


def _prepare_descriptors(limits: Limits) -> Apply:
    return lambda: os.closerange(FIRST_FREE_DESCRIPTOR, _HIGHEST_DESCRIPTOR)


def _prepare_environment(limits: Limits) -> Apply:
    return lambda: None  # the zygote was started with nothing else


def _prepare_limits(limits: Limits) -> Apply:
    import resource  # not on Windows

    megabyte = 1 << 20
    wanted = {
        resource.RLIMIT_AS: _address_space() + limits.memory_mb * megabyte,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_mb * megabyte,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_NPROC: limits.processes + _tasks_of_this_user(),
        resource.RLIMIT_CORE: 0,
    }
    pairs = []
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        pairs.append((which, (value, value)))

    def apply() -> None:
        for which, pair in pairs:
            resource.setrlimit(which, pair)

    return apply


def _address_space() -> int:
    """Return the bytes of address space that this process has now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # no /proc on this system
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _tasks_of_this_user() -> int:
    """Return how many threads this user runs now: the kernel counts them all. Root's worker is another user."""
    if os.geteuid() == 0:
        return 0
    tasks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == os.getuid():
                tasks += len(list((folder / "task").iterdir()))
        except OSError:  # it ended meanwhile
            continue
    return tasks


def _prepare_user(limits: Limits) -> Apply:
    if os.geteuid() != 0:
        raise OSError("the grader was not started as root")
    zygote = os.getpid()
    keep_reading = user.own_python()
    if keep_reading and _has_no_landlock():
        raise OSError("Python lies where only root may look")
    libc = ctypes.CDLL(None, use_errno=True)  # to load it takes longer than to use it
    return lambda: user.change(zygote, keep_reading, libc)


def _has_no_landlock() -> bool:
    try:
        os.close(landlock.build())
    except OSError:
        return True
    return False


def _prepare_no_new_privs(limits: Limits) -> Apply:
    if not sys.platform.startswith("linux"):
        raise OSError("only Linux has it")
    libc = ctypes.CDLL(None, use_errno=True)
    prepared_by = os.getpid()

    def apply() -> None:
        settings = ((_PR_SET_PDEATHSIG, signal.SIGKILL), (_PR_SET_DUMPABLE, 0), (_PR_SET_NO_NEW_PRIVS, 1))
        for option, value in settings:
            if libc.prctl(option, value, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        if prepared_by not in (os.getpid(), os.getppid()):  # the zygote died before it could take us along
            os._exit(1)

    return apply


def _prepare_landlock(limits: Limits) -> Apply:
    if not sys.platform.startswith("linux"):
        raise OSError("only Linux has it")
    ruleset = landlock.build()
    return lambda: landlock.restrict_self(ruleset)


def _prepare_seccomp(limits: Limits) -> Apply:
    if not sys.platform.startswith("linux"):
        raise OSError("only Linux has it")
    program = seccomp.build()
    return lambda: seccomp.load(program)


def _break_out_of_descriptors() -> str:
    for descriptor in range(FIRST_FREE_DESCRIPTOR, 64):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        return f"descriptor {descriptor} is open"
    return ""


def _break_out_of_environment() -> str:
    extra = sorted(set(os.environ) - set(ENVIRONMENT) - {"LC_CTYPE"})  # Python sets LC_CTYPE itself
    return f"{', '.join(extra)} came through" if extra else ""


def _break_out_of_limits() -> str:
    try:
        mmap.mmap(-1, 1 << 44).close()
    except (OSError, MemoryError, ValueError):
        return ""
    return "16 TB of memory could be reserved"


def _break_out_of_user() -> str:
    try:
        os.setuid(0)
        return "it could become root again"
    except OSError:
        pass
    try:
        Path(os.__file__).read_bytes()
    except OSError:
        return "another user cannot read Python's own library"
    return ""


def _break_out_of_landlock() -> str:
    for path in (__file__, "/etc/passwd", "/proc/self/environ"):
        try:
            os.close(os.open(path, os.O_RDONLY))
        except OSError:
            continue
        return f"{path} could be read"
    try:
        os.close(os.open("written", os.O_WRONLY | os.O_CREAT))
    except OSError:
        return ""
    return "a file could be written"


def _break_out_of_seccomp() -> str:
    try:
        pid = os.fork()
    except OSError:
        pass
    else:
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        return "a process could be started"
    try:
        socket.socket().connect(("127.0.0.1", 9))
    except PermissionError:
        pass
    except OSError:
        return "a socket could be opened"
    for send in (_signal_the_zygote, _own_a_descriptor):
        try:
            send()
        except OSError:
            continue
        return "a signal could be sent"
    return ""


def _signal_the_zygote() -> None:
    os.kill(os.getppid(), 0)


def _own_a_descriptor() -> None:
    """Make this process the one that a descriptor signals: who may do this for itself may do it for others."""
    import fcntl  # not on Windows

    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())


_BREAK_OUT: dict[str, Callable[[], str]] = {
    "descriptors": _break_out_of_descriptors,
    "environment": _break_out_of_environment,
    "limits": _break_out_of_limits,
    "user": _break_out_of_user,
    "no_new_privs": lambda: "",  # the kernel has said so; nothing to try without a set-user-id program
    "landlock": _break_out_of_landlock,
    "seccomp": _break_out_of_seccomp,
}

_PREPARE: dict[str, Callable[[Limits], Apply]] = {
    "descriptors": _prepare_descriptors,
    "environment": _prepare_environment,
    "limits": _prepare_limits,
    "user": _prepare_user,
    "no_new_privs": _prepare_no_new_privs,
    "landlock": _prepare_landlock,
    "seccomp": _prepare_seccomp,
}
