"""Judging an exercise: what its own right and wrong submissions, grades in hand, say of its checks."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from autograder.assignment import Assignment
from autograder.checks import Check
from autograder.grade import part_scores
from autograder.misconceptions import Misconception
from autograder.result import Result
from autograder.texts import Message
from autograder.validation.equivalents import EQUIVALENTS, Equivalent
from autograder.validation.examples import Example
from autograder.validation.mutants import Mutant

# Without an answer every check is failed: that says nothing of any one of them.
_NO_ANSWER = {"failure.missing", "failure.unfilled", "failure.nothing", "failure.timeout", "failure.cannot_run"}


class Tally(msgspec.Struct):
    """How much each check decides, by its name."""

    by_examples: Counter[str] = msgspec.field(default_factory=Counter)  # wrong ones that answer it wrongly
    by_mutants: Counter[str] = msgspec.field(default_factory=Counter)
    alone: Counter[str] = msgspec.field(default_factory=Counter)  # of both, those that lose nothing else


class Judge:
    """Takes the grades one by one and keeps what is found wrong with the exercise."""

    def __init__(self, assignment: Assignment, checks: list[Check]) -> None:
        self.findings: list[Message] = []
        self.tally = Tally()
        self._assignment = assignment
        self._checks = checks

    def example(self, example: Example, result: Result) -> None:
        """A right one must keep every point, a wrong one lose some in each part that it names and in no other."""
        if result.status != "graded":
            self._find("finding.not_graded", path=str(example.path))
            return
        scores = part_scores(result, self._checks)
        lost = [part.name for part in self._assignment.settings.parts if scores[part.name] < part.points]
        told = {"example": example.name, "lost": ", ".join(lost), "label": ", ".join(sorted(example.loses))}
        if example.loses:
            self._count(result, self.tally.by_examples)
        if not example.loses and lost:
            self._find("finding.right_loses", **told, checks=", ".join(_failed(result)))
        elif not lost and example.loses:
            self._find("finding.wrong_keeps", **told)
        elif set(lost) != example.loses:
            self._find("finding.wrong_elsewhere", **told)
        found = set(result.misconceptions.values())
        if found != example.looks_like:
            names = {"found": _listed(found), "label": _listed(example.looks_like)}
            self._find("finding.looks_like", example=example.name, **names)

    def misconception(self, misconception: Misconception, result: Result) -> None:
        """Each of its forms must be recognised as itself, or students hear something else, or nothing."""
        if result.misconceptions != {misconception.part: misconception.name}:
            found = _listed(set(result.misconceptions.values()))
            self._find("finding.not_recognised", misconception=misconception.name, found=found)

    def stub(self, language: str, result: Result) -> None:
        """What nobody has filled in must not score."""
        passed = [check.check for check in result.checks if check.score > 0]
        if passed:
            self._find("finding.stub_scores", language=language, checks=", ".join(passed))

    def mutants(self, mutants: list[Mutant], results: list[Result], equivalents: list[Equivalent]) -> None:
        """Each must lose a point, unless the author says, rightly, that it is no mistake."""
        path = str(self._assignment.folder / EQUIVALENTS)
        matched = []
        for mutant, result in zip(mutants, results):
            values = {"within": mutant.within, "before": mutant.before, "after": mutant.after}
            entries = [entry for entry in equivalents if entry.names(mutant)]
            matched += entries
            survived = result.status == "graded" and not _failed(result)
            if survived and not entries:
                self._find("finding.survivor", line=mutant.line, **values)
            elif entries and not survived:
                self._find("finding.equivalent_killed", path=path, checks=", ".join(_failed(result)), **values)
            if not survived:
                self._count(result, self.tally.by_mutants)
        for entry in equivalents:
            if entry not in matched:
                self._find(
                    "finding.equivalent_unknown", path=path, within=entry.within, before=entry.before, after=entry.after
                )

    def idle_checks(self) -> None:
        """Something wrong must give each check a wrong answer; call this when all grades are in."""
        for check in self._checks:
            if not self.tally.by_examples[check.name] and not self.tally.by_mutants[check.name]:
                self._find("finding.idle_check", check=check.name)

    def _count(self, result: Result, tally: Counter[str]) -> None:
        answered = [
            check.check
            for check in result.checks
            if check.failure is not None and check.failure.reason.name not in _NO_ANSWER
        ]
        tally.update(answered)
        if len(_failed(result)) == 1:
            self.tally.alone.update(answered)

    def _find(self, name: str, **values: str | int) -> None:
        self.findings.append(Message(name, dict(values)))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "-"


def _failed(result: Result) -> list[str]:
    return [check.check for check in result.checks if check.outcome != "passed"]
