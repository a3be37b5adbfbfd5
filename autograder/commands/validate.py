"""`autograder validate`: are an exercise's checks fair? Its examples, its stubs and mutants of its reference tell."""

import sys
from collections.abc import Iterable, Iterator

from autograder.assignment import Assignment
from autograder.build.stub import stub
from autograder.checks import Check
from autograder.feedback.bar import with_bar
from autograder.grading import Grader
from autograder.lanes import cores, stay_on
from autograder.number import number
from autograder.result import Result
from autograder.sandbox.process import SandboxError
from autograder.submission import Submission, read_submission
from autograder.texts import LANGUAGES, UserError, text
from autograder.validation.equivalents import read_equivalents
from autograder.validation.examples import find_examples
from autograder.validation.judge import Judge, Tally
from autograder.validation.languages import missing_texts
from autograder.validation.mutants import mutants

FAIR, FOUND = 0, 1
_HEADINGS = ("validate.check", "validate.points", "validate.examples", "validate.mutants", "validate.alone")


def validate(assignment: Assignment, language: str) -> int:
    """Print what each check decides and what is wrong with the exercise; return the exit status. Raises UserError."""
    examples = find_examples(assignment)
    equivalents = read_equivalents(assignment)
    stubs = [stub(assignment, each) for each in LANGUAGES]
    mutated = mutants(assignment.reference.read_text(encoding="utf-8"))

    def as_submission(source: str) -> Submission:
        return read_submission("", assignment.reference.name, source.encode("utf-8"))

    given = [*(example.read() for example in examples), *map(as_submission, stubs)]
    changed = [as_submission(mutant.source) for mutant in mutated]
    stay_on(cores()[-1])
    with _open(assignment) as grader:
        forms = [(known, program) for known in grader.exercise.misconceptions.values() for program in known.programs]
        programs = [as_submission(program) for _, program in forms]
        results = _graded(grader, [*given, *programs, *changed], language)
        judge = Judge(assignment, grader.checks)
        for example, result in zip(examples, results):
            judge.example(example, result)
        for each, result in zip(LANGUAGES, results):
            judge.stub(each, result)
        for (known, _), result in zip(forms, results):
            judge.misconception(known, result)
        judge.mutants(mutated, list(results), equivalents)
    judge.idle_checks()
    findings = [*judge.findings, *missing_texts(assignment)]
    right = sum(not example.loses for example in examples)
    print(text(language, "validate.graded", right=right, wrong=len(examples) - right, mutants=len(mutated)))
    print()
    for line in _table(grader.checks, judge.tally, language):
        print(line)
    print()
    for finding in findings:
        print(f"- {finding.in_language(language)}")
    print(text(language, "validate.found", count=len(findings)) if findings else text(language, "validate.fair"))
    return FOUND if findings else FAIR


def _open(assignment: Assignment) -> Grader:
    try:
        return Grader(assignment)
    except SandboxError as error:
        raise UserError("error.no_sandbox", reason=str(error)) from error


def _graded(grader: Grader, submissions: list[Submission], language: str) -> Iterator[Result]:
    """Yield a result for each submission. Raises UserError where the kit fails on one: then it can judge nothing."""
    results: Iterable[Result] = map(grader.grade, submissions)
    if sys.stdout.isatty():
        results = with_bar(results, len(submissions), language)
    for result in results:
        if result.status == "grader error" and result.problem is not None:
            raise UserError(result.problem.name, **result.problem.values)
        yield result


def _table(checks: list[Check], tally: Tally, language: str) -> list[str]:
    """Return a line for each check: what it is worth, and how much that is wrong fails it."""
    rows = [[text(language, name) for name in _HEADINGS]]
    for check in checks:
        counts = (counter[check.name] for counter in (tally.by_examples, tally.by_mutants, tally.alone))
        rows.append([f"{check.part}: {check.name}", number(check.points), *map(str, counts)])
    widths = [max(map(len, column)) for column in zip(*rows)]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))])
        for row in rows
    ]
