"""Recognition: which known misconception the answers of a submission look like.

A part's *behaviour* is what each of its checks came to and what the submission answered on the way. Only what tells a
wrong idea from the right one counts: answers in which the submission or the misconception differ from the reference.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.misconceptions import Misconception
from autograder.result import Outcome
from autograder.student import Remote, Step

LIKENESS = 0.9  # the share of telling answers that must be the same
EVIDENCE = 2  # telling answers that are the same, at least
_CLOSE = {"rtol": 1e-6, "atol": 1e-9}
_KOLMOGOROV = 1.95  # two samples of one distribution differ by more one time in a thousand
_FEW = 2


class Observation(msgspec.Struct, frozen=True):
    """What one check came to, and what it asked and heard on the way."""

    outcome: Outcome
    steps: list[Step]


Behaviour = dict[str, Observation]  # of a part, by the names of its checks
Observe = Callable[[str, str, int], Behaviour]  # a program, a part and a number to draw from → its behaviour


class Recogniser:
    """Knows how the misconceptions of an exercise behave. It learns that part by part, when it is first asked."""

    def __init__(self, misconceptions: list[Misconception], reference: str, observe: Observe) -> None:
        self._misconceptions = misconceptions
        self._reference = reference
        self._observe = observe
        self._learnt: dict[str, _Part] = {}

    def recognise(self, part: str, behaviour: Behaviour) -> str | None:
        """Return the name of the misconception that the part's behaviour is most like, None where none is near."""
        if not any(each.part == part for each in self._misconceptions):
            return None
        if part not in self._learnt:
            self._learnt[part] = self._learn(part)
        return self._learnt[part].closest(behaviour)

    def _learn(self, part: str) -> "_Part":
        right, other_draw = (self._observe(self._reference, part, number) for number in (0, 1))
        known = [
            (each.name, self._observe(program, part, 0))
            for each in self._misconceptions
            if each.part == part
            for program in each.programs
        ]
        return _Part(right, _drawn(right, other_draw), known)


class _Part:
    def __init__(self, right: Behaviour, drawn: set[tuple[str, str]], known: list[tuple[str, Behaviour]]) -> None:
        self._right = right
        self._drawn = drawn  # what is drawn at random where all is right
        self._known = known

    def closest(self, behaviour: Behaviour) -> str | None:
        """Return what all, or else the answers with a stand-in for the student's other mistakes, look like."""
        for only_stand_in in (False, True):
            best: dict[str, tuple[float, int]] = {}
            for name, known in self._known:
                likeness = self._likeness(behaviour, known, only_stand_in)
                if likeness is not None:
                    best[name] = max(best.get(name, (0.0, 0)), likeness)
            if best:
                first, *others = sorted(best, key=lambda name: best[name], reverse=True)
                return first if not others or best[others[0]] < best[first] else None
        return None

    def _likeness(self, behaviour: Behaviour, known: Behaviour, only_stand_in: bool) -> tuple[float, int] | None:
        """Return the share and the number of telling answers that are the same, None where it is too little."""
        alike = telling = 0
        for check, right in self._right.items():
            mine, its = behaviour[check], known[check]
            if mine.outcome != its.outcome:
                return None
            if mine.outcome != "passed" and not only_stand_in:
                alike, telling = alike + 1, telling + 1
            for same in self._compare(check, mine.steps, its.steps, right.steps, only_stand_in):
                alike, telling = alike + same, telling + 1
        enough = telling and alike / telling >= LIKENESS and alike >= EVIDENCE
        return (alike / telling, alike) if enough else None

    def _compare(
        self, check: str, mine: list[Step], its: list[Step], right: list[Step], only_stand_in: bool
    ) -> list[bool]:
        """Say for each telling answer of one check whether it is the same."""
        found: list[bool] = []
        drawn: dict[tuple[str, str], list[tuple[Step, Step, Step | None]]] = {}
        for i, (one, other) in enumerate(zip(mine, its)):
            if one.what != other.what:
                return [*found, False]
            if one.verb == "set" or isinstance(one.result, Remote) or (only_stand_in and not one.has_stand_in):
                continue
            reference = right[i] if i < len(right) and right[i].what == one.what else None
            if (check, one.what[1]) in self._drawn:
                drawn.setdefault(one.what, []).append((one, other, reference))
            elif reference is None or not (_same(one, reference) and _same(other, reference)):
                found.append(_same(one, other))
        for steps in drawn.values():
            ones, others, references = ([step for step in column if step] for column in zip(*steps))
            if not (_same_draws(ones, references) and _same_draws(others, references)):
                found.append(_same_draws(ones, others))
        return found


def _drawn(behaviour: Behaviour, other: Behaviour) -> set[tuple[str, str]]:
    """Return (check, name) of each answer that another draw of random numbers makes another one."""
    return {
        (check, one.what[1])
        for check, observation in behaviour.items()
        for one, two in zip(observation.steps, other[check].steps)
        if not isinstance(one.result, Remote) and not _same(one, two)
    }


def _same(one: Step, other: Step) -> bool:
    """Whether two answers are the same, and leave the arguments in the same state."""
    if (one.answered, one.raised) != (other.answered, other.raised):
        return False
    return _same_value(one.result, other.result) and _same_value(one.changed, other.changed)


def _same_value(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same_value, one, other))
    if isinstance(one, list) or isinstance(other, list):
        return False
    if _is_number(one) and _is_number(other):
        return np.shape(one) == np.shape(other) and bool(np.allclose(one, other, equal_nan=True, **_CLOSE))
    return type(one) is type(other) and (isinstance(one, Remote) or bool(np.all(one == other)))


def _is_number(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fiub"
    return isinstance(value, float | np.number) or (isinstance(value, int) and abs(value) < 10**300)


def _same_draws(some: list[Step], others: list[Step]) -> bool:
    """Whether two series of answers may be draws of the same kind: of the same shape, spread and repetitions."""
    for one, other in zip(some, others):
        if (one.answered, one.raised) != (other.answered, other.raised) or _shape(one.result) != _shape(other.result):
            return False
    if not all(map(_is_number, (step.result for step in [*some, *others]))):
        return all(type(one.result) is type(other.result) for one, other in zip(some, others))
    return _same_distribution(_numbers(some), _numbers(others))


def _shape(value: Any) -> tuple[Any, ...]:
    if isinstance(value, list):
        return ("list", len(value))
    return np.shape(value) if _is_number(value) else (type(value).__name__,)


def _numbers(steps: list[Step]) -> Any:
    return np.concatenate([np.ravel(step.result).astype(float) for step in steps])


def _same_distribution(some: Any, others: Any) -> bool:
    """Compare two samples: how often values repeat, and the Kolmogorov-Smirnov distance of the distinct ones."""
    if not (np.isfinite(some).all() and np.isfinite(others).all()):
        return bool(np.isfinite(some).all() == np.isfinite(others).all())
    first, second = np.unique(some), np.unique(others)
    if abs(len(first) / len(some) - len(second) / len(others)) > 0.1:
        return False
    if min(len(first), len(second)) <= _FEW:  # of constants, only whole numbers are told apart
        return np.array_equal(first, second) or not (_are_whole(first) or _are_whole(second))
    values = np.concatenate([first, second])
    below = [np.searchsorted(sample, values, side="right") / len(sample) for sample in (first, second)]
    spread = np.sqrt((len(first) + len(second)) / (len(first) * len(second)))
    return bool(np.abs(below[0] - below[1]).max() <= _KOLMOGOROV * spread)


def _are_whole(values: Any) -> bool:
    return bool(np.all(values == np.round(values)))
