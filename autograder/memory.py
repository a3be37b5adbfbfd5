"""Memory: what checks came to for the very same answers. Most of a class answers as others did, to the last bit."""

from typing import Any

import msgspec

MAX_KEPT = 32  # for each check
MAX_BYTES = 1 << 16  # of answers that are worth keeping

Functions = set[tuple[str, str]]  # what is known to be callable, which decides what is asked


class _Known(msgspec.Struct, frozen=True):
    before: Functions
    after: Functions
    told: Any


class Memory:
    """What each check, by its name, told of answers that it had before. A check hangs on nothing but its answers."""

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[bytes, ...], _Known]] = {}

    def find(self, name: str, answers: list[Any], functions: Functions) -> Any | None:
        """Return what was told, None where it is not known; bring `functions` to what they were after that."""
        key = _key(answers)
        known = self._known.get(name, {}).get(key) if key else None
        if known is None or known.before != functions:
            return None
        functions.clear()
        functions.update(known.after)
        return known.told

    def keep(self, name: str, answers: list[Any], before: Functions, after: Functions, told: Any) -> None:
        """Keep what a check told of `answers`."""
        key = _key(answers)
        if key:
            known = self._known.setdefault(name, {})
            known[key] = _Known(before, set(after), told)
            if len(known) > MAX_KEPT:
                del known[next(iter(known))]  # the oldest


def _key(answers: list[Any]) -> tuple[bytes, ...]:
    """Return what answers are known by; nothing where a worker sent something else, or too much."""
    if all(type(answer) is bytes for answer in answers) and sum(map(len, answers)) <= MAX_BYTES:
        return tuple(answers)
    return ()
