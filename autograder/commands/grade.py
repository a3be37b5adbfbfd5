"""`autograder grade`: from what a class handed in to a folder of grades."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.assignment import Assignment, find_course
from autograder.feedback.terminal import Terminal
from autograder.grading import Grader, failed_by_kit
from autograder.lanes import Job, cores, grade_all, lanes_for, open_lanes, stay_on, stop_lanes
from autograder.lms.files import find_submissions
from autograder.lms.grades_csv import grades_csv
from autograder.lms.gradescope import results_json
from autograder.output import OutputFolder
from autograder.result import Result
from autograder.sandbox.launcher import SandboxError
from autograder.sandbox.layers import ON, STRICT
from autograder.submission import Submission
from autograder.texts import UserError

GRADED, GRADER_FAILED, INTERRUPTED = 0, 3, 130


def grade(
    assignment: Assignment,
    sources: list[Path],
    out: Path,
    language: str,
    jobs: int | None,
    strict: bool,
    seed: int | None,
) -> int:
    """Grade `sources` into the folder `out`; return the exit status. Raises UserError."""
    handed_in, warnings = find_submissions(sources, assignment.settings.module)
    for source in sources:
        if source.is_dir() and Path(os.path.realpath(out)).is_relative_to(os.path.realpath(source)):
            raise UserError("error.output_in_source", out=str(out), source=str(source))
    folder = OutputFolder(out)
    terminal = Terminal(language)
    for warning in warnings:
        terminal.warn(warning)
    lanes = lanes_for(len(handed_in), jobs)
    if lanes == 1:
        stay_on(cores()[-1])
    try:
        grader = Grader(assignment, seed)
    except SandboxError as error:
        raise UserError("error.no_sandbox", reason=str(error)) from error
    results: list[Result] = []
    with grader:
        _check_isolation(grader.isolation, strict)
        terminal.show_isolation(grader.isolation)
        submissions = (each.read(assignment.settings.module) for each in handed_in)
        graded = _grade_in_lanes(grader, seed, submissions, lanes)
        interrupted = False

        def keep(result: Result) -> Result:
            """Write a result; where it cannot be put into words, that is the kit's fault and stops nobody else's."""
            try:
                content = results_json(result, assignment, grader.checks, language)
            except Exception as error:
                result = failed_by_kit(result, error)
                content = results_json(result, assignment, grader.checks, language)
            folder.write_result(result.student, content)
            return result

        try:
            for result in terminal.follow(map(keep, graded), len(handed_in), grader):
                results.append(result)
        except KeyboardInterrupt:
            interrupted = True
        places = {each.student: place for place, each in enumerate(handed_in)}
        results.sort(key=lambda result: places[result.student])
        folder.write_grades(grades_csv(results, assignment, grader.checks))
        if interrupted:
            terminal.say("report.interrupted", count=len(results), total=len(handed_in), path=str(out))
            return INTERRUPTED
        folder.remove_old_results()
        terminal.summarize(results, grader, out)
    return GRADER_FAILED if any(result.status == "grader error" for result in results) else GRADED


def _check_isolation(isolation: dict[str, str], strict: bool) -> None:
    missing = [f"{layer}: {isolation[layer]}" for layer in STRICT if isolation[layer] != ON]
    if strict and missing:
        raise UserError("error.not_strict", missing="; ".join(missing))


def _grade_in_lanes(
    grader: Grader, seed: int | None, submissions: Iterable[Submission], lanes: int
) -> Iterator[Result]:
    if lanes == 1:
        yield from map(grader.grade, submissions)
        return
    job = Job(find_course(grader.assignment.folder), grader.assignment.name, seed)
    executor = open_lanes(lanes)
    try:
        yield from grade_all(job, submissions, executor, lanes, grader)
        executor.shutdown()
    except BaseException:
        stop_lanes()
        executor.shutdown(wait=False, cancel_futures=True)
        raise
