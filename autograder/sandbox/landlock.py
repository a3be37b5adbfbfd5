"""Landlock: a process gives up every file but those it names (Linux 5.13+, no privilege needed).

The kernel's interface, from https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path

import numpy as np

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_GET_VERSION = 1
_RULE_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# By version of the interface, what a ruleset can forbid: file accesses, TCP, signals and abstract sockets.
_FILE_ACCESSES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP_SINCE, _BIND_AND_CONNECT = 4, 0b11
_SCOPES_SINCE, _SOCKETS_AND_SIGNALS = 6, 0b11

_libc = ctypes.CDLL(None, use_errno=True)


class _RulesetAttr(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def _syscall(*arguments: object) -> int:
    result = int(_libc.syscall(*arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def build() -> int:
    """Return a ruleset, as a descriptor, that leaves reading what Python and numpy need, and nothing else."""
    version = _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_GET_VERSION))
    attributes = _RulesetAttr(
        files=(1 << _FILE_ACCESSES.get(version, 16)) - 1,
        net=_BIND_AND_CONNECT if version >= _TCP_SINCE else 0,
        scoped=_SOCKETS_AND_SIGNALS if version >= _SCOPES_SINCE else 0,
    )
    size = ctypes.sizeof(attributes) if version >= _SCOPES_SINCE else 16 if version >= _TCP_SINCE else 8
    ruleset = _syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0))
    for path in readable_paths():
        _allow(ruleset, path, _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE)
    for folder in standard_library():
        _allow(ruleset, folder, _READ_DIR)  # Python lists it to find a module
    return ruleset


def restrict_self(ruleset: int) -> None:
    """Put this process, and what it starts, under `ruleset`; it needs no_new_privs first."""
    _syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))


def _allow(ruleset: int, path: Path, allowed: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # it went away, or is not there on this system: nothing to allow
        return
    try:
        rule = _PathBeneath(allowed=allowed, parent=descriptor)
        _syscall(
            _ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0)
        )
    finally:
        os.close(descriptor)


def standard_library() -> set[Path]:
    return {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}


def readable_paths() -> Iterable[Path]:
    """Yield what a worker may read: the standard library (no installed package), numpy, shared libraries."""
    for folder in standard_library():
        for entry in folder.iterdir():
            if entry.name not in ("site-packages", "dist-packages"):
                yield entry
    numpy_folder = Path(np.__file__).parent
    yield numpy_folder
    yield numpy_folder.with_name("numpy.libs")
    for folder in {library.parent for library in _mapped_libraries()}:
        yield from _libraries_in(folder)
    for name in ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/dev/null", "/dev/urandom"):
        yield Path(name)


def _mapped_libraries() -> set[Path]:
    lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    return {Path(line.split(None, 5)[5]) for line in lines if ".so" in line and "/" in line}


def _libraries_in(folder: Path) -> Iterable[Path]:
    """Yield `folder`, or its libraries alone where packages lie below it, or nothing where it is a package's own."""
    python = Path(sysconfig.get_path("stdlib"), "site-packages")  # which a virtual environment has besides its own
    packages = [python, *(Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))]
    if any(folder.is_relative_to(each) for each in packages):
        return
    if any(each.is_relative_to(folder) for each in packages):
        yield from (file for file in folder.iterdir() if ".so" in file.name)
    else:
        yield folder
