"""The graders that a process keeps ready for its work, which may come in several threads."""

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterator
from multiprocessing.util import Finalize

from autograder.grading import Grader

_KEPT = 4  # kinds of work: whoever grades two exercises at once does not want their graders made again and again

_idle: dict[Hashable, list[Grader]] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def borrow(work: Hashable, make: Callable[[], Grader]) -> Iterator[Grader]:
    """Give a grader for `work` to one thread at a time: one that is idle, else one that `make` makes."""
    with _lock:
        grader = _idle[work].pop() if _idle.get(work) else None
    if grader is None:
        grader = make()
        Finalize(None, grader.close, exitpriority=10)
    try:
        yield grader
    finally:
        with _lock:
            _idle[work] = [*_idle.pop(work, []), grader]  # the newest stands last
            while len(_idle) > _KEPT:
                for old in _idle.pop(next(iter(_idle))):
                    old.close()
