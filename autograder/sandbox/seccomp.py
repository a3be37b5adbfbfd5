"""seccomp: the system calls that are left to a worker. Built once with libseccomp, loaded in each worker.

What is not on the list fails with EPERM: no process, no program, no socket, no signal to anybody, no memory
outside the limits (memfd, SysV), no tracing. Threads are allowed.
"""

import ctypes
import os
import tempfile

_CLONE_THREAD = 0x00010000
_PR_SET_NAME, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 15, 22, 2
# DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC; with SETOWN and SETSIG a pipe would send signals to anybody.
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030)
_TERMINAL_QUERIES = (0x5401, 0x5421, 0x5450, 0x5451)  # TCGETS, FIONBIO, FIONCLEX, FIOCLEX

ALLOWED = (
    "read readv pread64 preadv write writev pwrite64 close close_range lseek dup dup2 dup3 pipe pipe2 "
    "open openat access faccessat faccessat2 stat lstat fstat newfstatat statx getdents64 readlink readlinkat getcwd "
    "mmap munmap mremap mprotect madvise brk membarrier mincore "
    "futex sched_yield sched_getaffinity nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times "
    "poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 "
    "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait sigaltstack restart_syscall "
    "setitimer getitimer alarm pause "
    "getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid "
    "uname sysinfo getrusage getrlimit getrandom "
    "arch_prctl set_tid_address set_robust_list get_robust_list rseq exit exit_group "
)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def build() -> bytes:
    """Return the filter as a BPF program. Raises OSError or ImportError where libseccomp is missing."""
    import pyseccomp  # loads libseccomp.so at import

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(1))  # EPERM
    for name in ALLOWED.split():
        rules.add_rule(pyseccomp.ALLOW, name)
    threads_only = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
    rules.add_rule(pyseccomp.ALLOW, "clone", threads_only)
    rules.add_rule(pyseccomp.ERRNO(38), "clone3")  # ENOSYS: its flags are behind a pointer, so libc takes clone
    rules.add_rule(pyseccomp.ALLOW, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, _PR_SET_NAME))
    rules.add_rule(pyseccomp.ALLOW, "prlimit64", pyseccomp.Arg(2, pyseccomp.EQ, 0))  # reading limits only
    for command in _FCNTL_COMMANDS:
        rules.add_rule(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    for request in _TERMINAL_QUERIES:
        rules.add_rule(pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, request))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def load(program: bytes) -> None:
    """Put this process under `program` for good; it needs no_new_privs first."""
    libc = ctypes.CDLL(None, use_errno=True)
    pointer = ctypes.byref(_Program(len(program) // 8, program))
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, pointer, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
