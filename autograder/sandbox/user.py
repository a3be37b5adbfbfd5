"""Another user for the worker, where the grader was started as root: one that owns nothing and runs nothing else."""

import ctypes
import os
from pathlib import Path

import numpy as np

_FIRST_UID = 0x70000000  # + the zygote's pid: no two zygotes share a user
_NOBODY = 65534  # a container may know 65,536 users only
_PR_SET_KEEPCAPS = 8
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_READ_SEARCH = 2


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Capabilities(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def own_python() -> bool:
    """Whether Python or numpy lies where only root may look, as in /root."""
    files = (Path(os.__file__), Path(np.__file__))
    return any(not folder.stat().st_mode & 0o001 for file in files for folder in file.parents)


def change(zygote: int, keep_reading: bool, libc: ctypes.CDLL) -> None:
    """Become another user for good. Raises OSError.

    With `keep_reading` it may still look into any folder: only for a worker that Landlock then confines to Python.
    """
    libc.prctl(_PR_SET_KEEPCAPS, int(keep_reading), 0, 0, 0)
    os.setgroups([])
    for user in (_FIRST_UID + zygote, _NOBODY):
        try:
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            break
        except OSError:
            if user == _NOBODY:
                raise
    if keep_reading:
        _keep_only(libc, 1 << _CAP_DAC_READ_SEARCH)


def _keep_only(libc: ctypes.CDLL, capabilities: int) -> None:
    header = _Header(_CAPABILITY_VERSION_3, 0)
    sets = (_Capabilities * 2)(_Capabilities(capabilities, capabilities, 0), _Capabilities())
    if libc.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
