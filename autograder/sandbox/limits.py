"""What one submission may use. An assignment's `[limits]` table may change each number."""

import os

import msgspec


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times are wall-clock seconds, measured by the grader."""

    check_seconds: float = 1.0  # spent waiting for the submission in one check
    load_seconds: float = 5.0  # running its top-level statements
    submission_seconds: float = 60.0  # in all: what is left after that counts as timed out
    memory_mb: int = 512  # beyond what Python and numpy take
    file_mb: int = 1  # of anything written: the output is a file
    open_files: int = 32
    processes: int = 64  # and threads

    @property
    def cpu_seconds(self) -> int:
        """The kernel's own stop for one process, should the grader be gone.

        It kills, as somebody from outside would: while the grader is there, no number of threads may reach it.
        """
        return int(self.submission_seconds * (os.cpu_count() or 1)) + 1
