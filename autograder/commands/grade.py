"""`autograder grade`: from what a class handed in to a folder of grades."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.assignment import Assignment, find_course
from autograder.commands.report import write_class_report
from autograder.failures import failed_by_kit
from autograder.feedback.html import comment_html
from autograder.feedback.page import page_html
from autograder.feedback.terminal import Terminal
from autograder.grade import Grade, grade_of, without_bulk
from autograder.gradebook import Gradebook
from autograder.grading import Grader
from autograder.handed_in import HandedIn
from autograder.lanes import Job, cores, grade_all, grade_chunk, lanes_for, open_lanes, stay_on, stop_lanes
from autograder.lms.download import find_submissions
from autograder.lms.grades_csv import grades_csv
from autograder.lms.results_json import results_json
from autograder.lms.sheet import Sheet, enrol, read_sheet
from autograder.lms.upload import Upload, make_upload
from autograder.output import GRADES, OutputFolder
from autograder.result import Result
from autograder.sandbox.layers import ON, STRICT
from autograder.sandbox.process import SandboxError
from autograder.submission import Submission
from autograder.texts import Message, UserError

if TYPE_CHECKING:
    from autograder.cluster import Cluster

GRADED, GRADER_FAILED, INTERRUPTED = 0, 3, 130


class Request(msgspec.Struct, frozen=True):
    """What the command line asks for."""

    sources: list[Path]
    out: Path
    language: str
    gradebook: Path | None = None
    column: str | None = None
    everyone: bool = False  # into the files for the LMS
    force: bool = False  # grade what is known already
    pages: bool = True  # for the students and of the class
    jobs: int | None = None
    strict: bool = False
    seed: int | None = None
    cluster: str | None = None  # the address of a Dask scheduler, to grade on its workers


def grade(assignment: Assignment, request: Request) -> int:
    """Grade the sources into the output folder; return the exit status. Raises UserError."""
    handed_in, warnings = find_submissions(request.sources, assignment.settings.module, assignment.settings.late)
    sheet = None
    if request.gradebook is not None:
        sheet = read_sheet(request.gradebook, list(assignment.settings.title.values()), request.column)
        handed_in, more = enrol(sheet, handed_in)
        warnings += more
    _check_output(request)
    folder = OutputFolder(request.out)
    terminal = Terminal(request.language)
    for warning in warnings:
        terminal.warn(warning)
    lanes = lanes_for(len(handed_in), request.jobs)
    if lanes == 1 and request.cluster is None:
        stay_on(cores()[-1])
    try:
        grader = Grader(assignment, request.seed)
    except SandboxError as error:
        raise UserError("error.no_sandbox", reason=str(error)) from error
    with ExitStack() as stack:
        stack.enter_context(grader)
        gradebook = stack.enter_context(Gradebook(folder.gradebook, assignment, grader.seed))
        if request.cluster is None:
            cluster = None
            _check_isolation(grader.isolation, request.strict)
            terminal.show_isolation(grader.isolation)
        else:
            from autograder.cluster import open_cluster  # it looks at the whole kit as it loads

            cluster = stack.enter_context(open_cluster(request.cluster, assignment, grader.seed))
            for isolation in cluster.isolations:
                terminal.show_isolation(isolation)
        run = Run(grader, gradebook, folder, request, cluster)
        grades = []
        interrupted = False
        try:
            for one in terminal.follow(run.grades(handed_in, lanes), len(handed_in), grader):
                grades.append(one)
        except KeyboardInterrupt:
            interrupted = True
        places = {each.student: place for place, each in enumerate(handed_in)}
        grades.sort(key=lambda one: places[one.student])
        folder.write(GRADES, grades_csv(grades, assignment, grader.checks))
        if interrupted:
            terminal.say("report.interrupted", count=len(grades), total=len(handed_in), path=str(request.out))
            return INTERRUPTED
        terminal.summarize(grades, grader, request.out)
        if run.unchanged:
            terminal.say("report.unchanged", count=run.unchanged)
        if gradebook.outdated:
            terminal.say("report.outdated", count=gradebook.outdated)
        upload = run.write_uploads(grades, sheet, terminal)
        if request.pages:
            write_class_report(folder, grades, grader.exercise, request.language)
        folder.remove_old()
        if sheet is not None or upload is None:  # without its sheet an LMS got no grades yet
            gradebook.end_round()
    return GRADER_FAILED if any(one.result.status == "grader error" for one in grades) else GRADED


class Run:
    """One run of the command: it grades what the gradebook does not know, and writes as it goes."""

    def __init__(
        self, grader: Grader, gradebook: Gradebook, folder: OutputFolder, request: Request, cluster: "Cluster | None"
    ) -> None:
        self._grader = grader
        self._assignment = grader.assignment
        self._gradebook = gradebook
        self._folder = folder
        self._request = request
        self._cluster = cluster
        self.unchanged = 0

    def grades(self, handed_in: list[HandedIn], lanes: int) -> Iterator[Grade]:
        """Yield each student's grade, those that are known first."""
        by_student = {each.student: each for each in handed_in}
        module = self._assignment.settings.module
        unknown = []
        for each in handed_in:
            known = None if self._request.force else self._gradebook.find(each.read(module))
            if known is None:
                unknown.append(each)
            else:
                yield self._write(each, known)
        self.unchanged = len(handed_in) - len(unknown)
        waiting: dict[str, Submission] = {}

        def submissions() -> Iterator[Submission]:
            for each in unknown:
                submission, each.files = each.read(module), []  # not needed again: a class may be large
                waiting[each.student] = msgspec.structs.replace(submission, cells=None)
                yield submission

        if self._cluster is not None:
            results = self._cluster.grade(submissions())
        else:
            lanes = min(lanes, lanes_for(len(unknown), self._request.jobs))
            results = _grade_in_lanes(self._grader, self._request.seed, submissions(), lanes)
        for result in results:
            self._gradebook.keep(waiting.pop(result.student), result)
            yield self._write(by_student[result.student], result)

    def write_uploads(self, grades: list[Grade], sheet: Sheet | None, terminal: Terminal) -> Upload | None:
        """Write what goes back to the LMS, and tell of it."""
        newest = self._gradebook.settle(grades)
        told = [each for each in grades if each.result.status in ("graded", "unreadable")]
        everyone = self._request.everyone
        in_upload = [each for each in told if everyone or each.student in newest]
        exercise, language = self._grader.exercise, self._request.language
        comments = {each.student: comment_html(each, exercise, language) for each in in_upload}
        page_of = self._folder.read_page if self._request.pages else None
        upload, messages = make_upload(in_upload, sheet, page_of, comments, self._assignment.max_score, everyone)
        late = self._assignment.settings.late
        if late is not None and late.points_per_day:
            messages += _unknown_lateness(told)
        for message in messages:
            terminal.warn(message)
        if upload is not None:
            for name, content in upload.files.items():
                self._folder.write(name, content)
            terminal.show_upload(upload, len(told))
        return upload

    def _write(self, handed_in: HandedIn, result: Result) -> Grade:
        """Write a result and its page; where it can't be put into words, that is the kit's fault and nobody else's."""
        try:
            return self._write_as_it_is(handed_in, result)
        except UserError:
            raise
        except Exception as error:
            return self._write_as_it_is(handed_in, failed_by_kit(result, error))

    def _write_as_it_is(self, handed_in: HandedIn, result: Result) -> Grade:
        made = grade_of(handed_in.who, result, self._assignment)
        exercise, language = self._grader.exercise, self._request.language
        self._folder.write_result(made.student, results_json(made, exercise, language))
        if self._request.pages:
            self._folder.write_page(made.student, page_html(made, exercise, language))
        return without_bulk(made)


def _unknown_lateness(grades: list[Grade]) -> list[Message]:
    """Say of whom nobody knows how late they are."""
    by_how_much = [each for each in grades if each.late is not None and each.late.seconds is None]
    messages = [Message("warning.late_unknown", {"student": each.handed_in.label}) for each in by_how_much]
    untold = sum(each.late is None for each in grades)
    return messages + ([Message("warning.late_untold", {"count": untold})] if untold else [])


def _check_output(request: Request) -> None:
    for source in request.sources:
        if source.is_dir() and Path(os.path.realpath(request.out)).is_relative_to(os.path.realpath(source)):
            raise UserError("error.output_in_source", out=str(request.out), source=str(source))


def _check_isolation(isolation: dict[str, str], strict: bool) -> None:
    missing = [f"{layer}: {isolation[layer]}" for layer in STRICT if isolation[layer] != ON]
    if strict and missing:
        raise UserError("error.not_strict", missing="; ".join(missing))


def _grade_in_lanes(
    grader: Grader, seed: int | None, submissions: Iterable[Submission], lanes: int
) -> Iterator[Result]:
    if lanes <= 1:
        yield from map(grader.grade, submissions)
        return
    job = Job(find_course(grader.assignment.folder), grader.assignment.name, seed)
    executor = open_lanes(lanes)
    try:
        yield from grade_all(partial(grade_chunk, job), submissions, executor, lambda: lanes, grader)
        executor.shutdown()
    except BaseException:
        stop_lanes()
        executor.shutdown(wait=False, cancel_futures=True)
        raise
