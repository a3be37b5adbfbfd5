"""The class report: one page that tells an instructor how the class fared, and where to look first."""

import hashlib
import statistics
from collections.abc import Iterable
from urllib.parse import quote

import msgspec

from autograder.assignment import Part
from autograder.exercise import Exercise
from autograder.failures import STOPPED
from autograder.feedback.templates import render
from autograder.feedback.words import check_output, status_words
from autograder.grade import Grade, part_scores
from autograder.number import number
from autograder.output import FEEDBACK, file_name
from autograder.printable import printable
from autograder.result import CheckResult
from autograder.texts import text

BINS = 10
MAX_LISTED = 40  # students that a list names
COUNTED = {
    "graded": "class.count_graded",
    "not submitted": "class.count_not_submitted",
    "unreadable": "class.count_unreadable",
    "grader error": "class.count_errors",
}


class _Student(msgspec.Struct, frozen=True):
    label: str
    link: str


class _Row(msgspec.Struct):
    student: _Student
    status: str
    late: str
    score: float | None
    parts: list[float | None]
    told: str  # misconceptions, or why there is no grade


class _Bar(msgspec.Struct):
    label: str
    count: int
    percent: int


class _PartReport(msgspec.Struct):
    title: str
    mean: _Bar
    checks: list[_Bar]


class _Group(msgspec.Struct):
    """Students to whom the same is to be said."""

    title: str
    part: str
    said: list[str]
    students: list[_Student]
    more: int


def class_report(grades: list[Grade], exercise: Exercise, language: str, anonymous: bool = False) -> str:
    """Return the report as one HTML file that needs no other; `anonymous` leaves out who is who, and the links."""
    assignment = exercise.assignment
    # In whatever order they were handed in; where nobody may be known, in one that only who has all files could tell.
    grades = sorted(grades, key=_shuffled if anonymous else lambda each: each.student)
    students = _anonymous(grades, language) if anonymous else {each.student: _named(each) for each in grades}
    graded = [each for each in grades if each.graded]
    scores = [each.score for each in graded]
    by_part = [part_scores(each.result, exercise.checks) for each in graded]
    return render(
        "report.html.jinja",
        language,
        title=assignment.settings.title[language],
        max_score=number(assignment.max_score),
        counts=_counts(grades, language),
        mean=number(round(statistics.mean(scores), 1)) if scores else "–",
        median=number(round(statistics.median(scores), 1)) if scores else "–",
        distribution=_distribution(scores, assignment.max_score),
        parts=[_part_report(part, graded, by_part, exercise, language) for part in assignment.settings.parts if graded],
        part_titles=[part.title[language] for part in assignment.settings.parts],
        misconceptions=_misconceptions(graded, exercise, students, language),
        alike=_alike(graded, exercise, students, language, anonymous),
        attention=_attention(grades, students, language),
        isolation=_isolation(grades),
        knows_late=any(each.late is not None for each in grades),
        rows=[_row(each, exercise, students[each.student], language, anonymous) for each in grades],
    )


def _named(grade: Grade) -> _Student:
    return _Student(printable(grade.handed_in.label), f"{FEEDBACK}/{quote(file_name(grade.student))}.html")


def _anonymous(grades: list[Grade], language: str) -> dict[str, _Student]:
    return {each.student: _Student(text(language, "class.student", number=i), "") for i, each in enumerate(grades, 1)}


def _shuffled(grade: Grade) -> str:
    """Return what puts grades into an order that tells nothing of names."""
    return hashlib.sha256(f"{grade.result.submission_sha256} {grade.student}".encode()).hexdigest()


def _counts(grades: list[Grade], language: str) -> list[tuple[str, int]]:
    found = []
    for status, name in COUNTED.items():
        count = sum(each.result.status == status for each in grades)
        if count or status == "graded":
            found.append((text(language, name), count))
    return found


def _distribution(scores: list[float], max_score: float) -> list[_Bar]:
    """Return how many scores fall into each tenth; full marks are a bar of their own."""
    counts = [0] * (BINS + 1)
    for score in scores:
        counts[min(int(BINS * score / max_score), BINS) if max_score else BINS] += 1
    width = max_score / BINS
    labels = [f"{number(i * width)}–" for i in range(BINS)] + [number(max_score)]
    top = max(counts) or 1
    return [_Bar(label, count, round(100 * count / top)) for label, count in zip(labels, counts)]


def _part_report(
    part: Part, graded: list[Grade], by_part: list[dict[str, float]], exercise: Exercise, language: str
) -> _PartReport:
    mean = statistics.mean(scores[part.name] for scores in by_part)
    percent = round(100 * mean / part.points) if part.points else 100
    checks = []
    for i, check in enumerate(exercise.checks):
        if check.part == part.name:
            passed = sum(each.result.checks[i].outcome == "passed" for each in graded)
            checks.append(_Bar(check.promise[language], passed, round(100 * passed / len(graded))))
    return _PartReport(part.title[language], _Bar(number(round(mean, 1)), len(graded), percent), checks)


def _misconceptions(
    graded: list[Grade], exercise: Exercise, students: dict[str, _Student], language: str
) -> list[_Group]:
    found: dict[str, list[_Student]] = {}
    for each in graded:
        for name in each.result.misconceptions.values():
            found.setdefault(name, []).append(students[each.student])
    titles = {part.name: part.title[language] for part in exercise.assignment.settings.parts}
    groups = []
    for name, who in found.items():
        known = exercise.misconceptions[name]
        words = known.words[language]
        groups.append(_group(words.title, titles[known.part], [words.hint, words.explanation], who))
    return _largest_first(groups)


def _alike(
    graded: list[Grade], exercise: Exercise, students: dict[str, _Student], language: str, anonymous: bool
) -> list[_Group]:
    """Return who lost the same checks of a part with the same answers, where no misconception is named.

    Where nobody may be known it is not told how: a student's own line or value may hold a name.
    """
    found: dict[tuple[object, ...], list[Grade]] = {}
    for each in graded:
        for part in exercise.assignment.settings.parts:
            failed = _failed(each, exercise, part.name)
            if failed and part.name not in each.result.misconceptions:
                found.setdefault((part.name, *map(_signature, failed)), []).append(each)
    titles = {part.name: part.title[language] for part in exercise.assignment.settings.parts}
    checks = {check.name: check for check in exercise.checks}
    groups = []
    for (part_name, *_), alike in found.items():
        if len(alike) > 1:
            first = _failed(alike[0], exercise, str(part_name))[0]
            check = checks[first.check]
            said = [] if anonymous else check_output(check, first, alike[0].result, language).splitlines()
            who = [students[each.student] for each in alike]
            groups.append(_group(check.promise[language], titles[str(part_name)], said, who))
    return _largest_first(groups)


def _failed(grade: Grade, exercise: Exercise, part: str) -> list[CheckResult]:
    return [done for check, done in zip(exercise.checks, grade.result.checks) if check.part == part and done.failure]


def _signature(done: CheckResult) -> tuple[str, ...]:
    assert done.failure is not None
    reason = done.failure.reason
    said = (str(reason.values.get(name, "")) for name in ("letter", "name", "kind", "message"))
    return (done.check, done.outcome, reason.name, done.failure.actual, *said)


def _group(title: str, part: str, said: list[str], who: list[_Student]) -> _Group:
    return _Group(title, part, said, who[:MAX_LISTED], max(0, len(who) - MAX_LISTED))


def _largest_first(groups: list[_Group]) -> list[_Group]:
    return sorted(groups, key=lambda group: (-len(group.students) - group.more, group.title))


def _attention(grades: list[Grade], students: dict[str, _Student], language: str) -> list[_Group]:
    """Return who is not graded, and whose program could not be run or had to be stopped."""
    kinds: dict[str, list[Grade]] = {
        "class.errors": [each for each in grades if each.result.status == "grader error"],
        "class.unreadable": [each for each in grades if each.result.status == "unreadable"],
        "class.cannot_run": [each for each in grades if each.graded and each.result.problem],
        "class.stopped": [each for each in grades if _was_stopped(each)],
        "class.not_submitted": [each for each in grades if each.result.status == "not submitted"],
    }
    return [
        _group(text(language, name), "", [], [students[each.student] for each in who])
        for name, who in kinds.items()
        if who
    ]


def _was_stopped(grade: Grade) -> bool:
    reasons = {done.failure.reason.name for done in grade.result.checks if done.failure}
    return bool(reasons & STOPPED) or any(
        statement.kind in ("timeout", "crash") for statement in grade.result.failed_statements
    )


def _isolation(grades: Iterable[Grade]) -> list[str]:
    """Return the isolation that was in force, as often as it differed."""
    found = {", ".join(f"{layer}: {state}" for layer, state in each.result.isolation.items()) for each in grades}
    return sorted(found - {""})


def _row(grade: Grade, exercise: Exercise, student: _Student, language: str, anonymous: bool) -> _Row:
    result = grade.result
    late = "" if grade.late is None else text(language, "class.late" if grade.late.is_late else "class.in_time")
    if not grade.graded:
        told = "" if anonymous or result.problem is None else result.problem.in_language(language)
        return _Row(student, status_words(result, language), late, None, [], told)
    titles = [exercise.misconceptions[name].words[language].title for name in result.misconceptions.values()]
    if result.problem is not None and not anonymous:  # its code could not be run
        titles.append(result.problem.in_language(language))
    scores = part_scores(result, exercise.checks)
    return _Row(student, status_words(result, language), late, grade.score, list(scores.values()), "; ".join(titles))
