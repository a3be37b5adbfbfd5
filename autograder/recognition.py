"""Recognition: which known misconception the answers of a submission look like.

A part's *behaviour* is what each of its checks came to and what the submission answered on the way. Only what tells a
wrong idea from the right one counts: answers in which the submission or the misconception differ from the reference.
"""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.misconceptions import Misconception
from autograder.result import Outcome
from autograder.sandbox.wire import Handle
from autograder.steps import Step

LIKENESS = 0.9  # the share of telling answers that must be the same
EVIDENCE = 2  # telling answers that are the same, at least
_RTOL, _ATOL = 1e-6, 1e-9
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


class _Known(msgspec.Struct):
    name: str
    behaviour: Behaviour
    is_wrong: dict[str, list[bool]]  # of each check's steps, whether they are others than the reference's


class _Part:
    def __init__(self, right: Behaviour, drawn: set[str], known: list[tuple[str, Behaviour]]) -> None:
        self._right = right
        self._drawn = drawn  # what is drawn at random where all is right
        self._known = [_Known(name, behaviour, self._is_wrong(behaviour)) for name, behaviour in known]

    def closest(self, behaviour: Behaviour) -> str | None:
        """Return what all, or else the answers with a stand-in for the student's other mistakes, look like."""
        same_fate = [known for known in self._known if _outcomes(known.behaviour) == _outcomes(behaviour)]
        is_wrong = self._is_wrong(behaviour) if same_fate else {}
        for only_stand_in in (False, True):
            best: dict[str, tuple[float, int]] = {}
            for known in same_fate:
                likeness = self._likeness(behaviour, is_wrong, known, only_stand_in)
                if likeness is not None:
                    best[known.name] = max(best.get(known.name, (0.0, 0)), likeness)
            if best:
                first, *others = sorted(best, key=lambda name: best[name], reverse=True)
                return first if not others or best[others[0]] < best[first] else None
        return None

    def _is_wrong(self, behaviour: Behaviour) -> dict[str, list[bool]]:
        return {
            check: [
                i >= len(right.steps) or right.steps[i].what != step.what or not _same(step, right.steps[i])
                for i, step in enumerate(behaviour[check].steps)
            ]
            for check, right in self._right.items()
        }

    def _likeness(
        self, behaviour: Behaviour, is_wrong: dict[str, list[bool]], known: _Known, only_stand_in: bool
    ) -> tuple[float, int] | None:
        """Return the share and the number of telling answers that are the same, None where it is too little."""
        found: list[bool] = []
        most = sum(1 + len(mine.steps) for mine in behaviour.values())
        for check, mine in behaviour.items():
            if mine.outcome != "passed" and not only_stand_in:
                found.append(True)
            found += self._compare(check, mine.steps, is_wrong[check], known, only_stand_in)
            if found.count(False) > (1 - LIKENESS) * most:  # whatever comes
                return None
        alike, telling = sum(found), len(found)
        if not telling or alike / telling < LIKENESS:
            return None
        # Of random numbers nothing may be told but that they fail where others do.
        enough = alike >= EVIDENCE or (self._drawn and alike == telling)
        return (alike / telling, alike) if enough else None

    def _compare(
        self, check: str, steps: list[Step], is_wrong: list[bool], known: _Known, only_stand_in: bool
    ) -> list[bool]:
        """Say for each telling answer of one check whether it is the same."""
        found: list[bool] = []
        drawn: dict[str, list[tuple[Step, Step]]] = {}
        pairs = zip(steps, known.behaviour[check].steps, is_wrong, known.is_wrong[check])
        for mine, its, mine_is_wrong, its_is_wrong in pairs:
            if mine.what != its.what:
                return [*found, False]
            if mine.verb == "set" or isinstance(mine.result, Handle) or (only_stand_in and not mine.has_stand_in):
                continue
            if mine.what[1] in self._drawn:
                drawn.setdefault(mine.what[1], []).append((mine, its))
            elif mine_is_wrong or its_is_wrong:
                found.append(_same(mine, its))
        for name, both in drawn.items():
            ones, others = ([pair[side] for pair in both] for side in (0, 1))
            right = [step for step in self._right[check].steps if step.what[1] == name]
            if not (_same_draws(ones, right) and _same_draws(others, right)):
                found.append(_same_draws(ones, others))
        return found


def _outcomes(behaviour: Behaviour) -> dict[str, Outcome]:
    return {check: observation.outcome for check, observation in behaviour.items()}


def _drawn(behaviour: Behaviour, other: Behaviour) -> set[str]:
    """Return the names of the answers that another draw of random numbers makes other ones."""
    return {
        one.what[1]
        for check, observation in behaviour.items()
        for one, two in zip(observation.steps, other[check].steps)
        if not isinstance(one.result, Handle) and not _same(one, two)
    }


def _same(one: Step, other: Step) -> bool:
    """Whether two answers are the same, and leave the arguments in the same state."""
    if (one.answered, one.raised) != (other.answered, other.raised):
        return False
    return _same_value(one.result, other.result) and _same_value(one.changed, other.changed)


def _same_value(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same_value, one, other))
    if isinstance(one, list) or isinstance(other, list):
        return False
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_RTOL, abs_tol=_ATOL) or (one != one and other != other)
    if _is_number(one) and _is_number(other):
        return np.shape(one) == np.shape(other) and _all_close(np.asarray(one, float), np.asarray(other, float))
    return type(one) is type(other) and (isinstance(one, Handle) or bool(np.all(one == other)))


def _all_close(one: Any, other: Any) -> bool:
    """What numpy's allclose says, where NaN is NaN, in a third of its time."""
    if one.tobytes() == other.tobytes():
        return True
    with np.errstate(all="ignore"):
        close = abs(one - other) <= _ATOL + _RTOL * abs(other)
    return bool(((close & np.isfinite(other)) | (one == other) | ((one != one) & (other != other))).all())


def _is_number(value: Any) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "fiub"
    return isinstance(value, float) or (isinstance(value, int) and abs(value) < 10**300)


def _same_draws(some: list[Step], others: list[Step]) -> bool:
    """Whether two series of answers may be draws of the same kind: of the same shape, spread and repetitions."""
    first, second = ([_as_array(step.result) for step in steps] for steps in (some, others))
    for one, other, a, b in zip(some, others, first, second):
        if (one.answered, one.raised) != (other.answered, other.raised) or _shape(a) != _shape(b):
            return False
    if not all(map(_is_number, [*first, *second])):
        return True
    return _same_distribution(*(np.concatenate([np.ravel(value) for value in sample]) for sample in (first, second)))


def _as_array(value: Any) -> Any:
    """Return a list of numbers as an array, anything else as it is."""
    if (
        isinstance(value, list)
        and value
        and all(map(_is_number, value))
        and len({np.shape(each) for each in value}) == 1
    ):
        return np.array(value, float)
    return value


def _shape(value: Any) -> tuple[Any, ...]:
    return np.shape(value) if _is_number(value) else (type(value).__name__,)


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
