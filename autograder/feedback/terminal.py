"""What an instructor sees while and after grading: a live bar and a table on a terminal, plain lines elsewhere."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.feedback.bar import with_bar
from autograder.feedback.words import check_output, late_line, misconception_lines, result_output, status_words
from autograder.grade import Grade, part_scores
from autograder.grading import Grader
from autograder.lms.upload import Upload
from autograder.number import number
from autograder.printable import printable
from autograder.sandbox.layers import ON, ORDER
from autograder.texts import Message, text

if TYPE_CHECKING:
    from rich.table import Table

MARKS = {"passed": "✔", "failed": "✘", "error": "✘", "timeout": "✘", "skipped": "–"}
MAX_PRINTED_LINES = 10
COUNTED = {
    "unreadable": "report.unreadable",
    "not submitted": "report.not_submitted",
    "grader error": "report.errors",
}


class Terminal:
    """Writes results to standard output and warnings to standard error, in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._live = sys.stdout.isatty()

    def say(self, name: str, **values: str | int | float) -> None:
        print(text(self._language, name, **values), flush=True)

    def warn(self, message: Message) -> None:
        print(printable(message.in_language(self._language)), file=sys.stderr, flush=True)

    def show_isolation(self, isolation: dict[str, str]) -> None:
        """Tell which layers are in force, and loudly which are not."""
        expected = [layer for layer in ORDER if layer != "user" or os.geteuid() == 0]  # only root can change the user
        missing = [f"{layer} {isolation[layer]}" for layer in expected if isolation[layer] != ON]
        if missing:
            self.warn(Message("warning.missing_layers", {"missing": ", ".join(missing)}))
        if isolation["process"] == "fresh":
            self.warn(Message("warning.fresh"))
        layers = ", ".join(layer for layer in ORDER if isolation[layer] == ON)
        self.say("report.isolation", layers=layers)

    def follow(self, grades: Iterator[Grade], total: int, grader: Grader) -> Iterator[Grade]:
        """Pass `grades` on, showing how far grading has come."""
        if total == 1:
            yield from grades
        elif self._live:
            yield from with_bar(grades, total, self._language)
        else:
            for grade in grades:
                self._say_line(grade, grader)
                yield grade

    def summarize(self, grades: list[Grade], grader: Grader, out: Path) -> None:
        """Show the whole of a single grade, the table and the totals of several."""
        if len(grades) == 1:
            self._show_one(grades[0], grader)
            self.say("report.one_graded", path=str(out))
            return
        if self._live:
            from rich.console import Console

            Console().print(self._table(grades, grader))
            for grade in grades:
                if grade.result.problem is not None and not grade.graded:
                    self._say_line(grade, grader)
        scores = [grade.score for grade in grades if grade.graded]
        if scores:
            self.say("report.graded", count=len(scores), mean=number(round(sum(scores) / len(scores), 1)))
        for status, name in COUNTED.items():
            count = sum(grade.result.status == status for grade in grades)
            if count:
                self.say(name, count=count)
        self.say("report.grades_in", path=str(out))

    def show_upload(self, upload: Upload, total: int) -> None:
        """Tell what to upload, and who is in it."""
        files = ", ".join(upload.files)
        self.say("report.upload", lms=upload.lms.capitalize(), count=upload.count, total=total, files=files)
        if upload.count < total:
            self.say("report.upload_changed")
        if {"moodle.csv", "moodle_feedback.zip"} <= set(upload.files):
            self.say("report.moodle_order")

    def _say_line(self, grade: Grade, grader: Grader) -> None:
        self.say("report.line", student=printable(grade.handed_in.label), what=self._outcome(grade, grader))

    def _outcome(self, grade: Grade, grader: Grader) -> str:
        """Return the score, or why there is none, in a line."""
        if grade.graded:
            return self._score_of(grade.score, grader.assignment.max_score)
        result = grade.result
        status = status_words(result, self._language)
        reason = result.problem.in_language(self._language) if result.problem else ""
        return f"{status}. {reason}".rstrip()

    def _score_of(self, score: float, points: float) -> str:
        return text(self._language, "report.score_of", score=number(score), points=number(points))

    def _show_one(self, grade: Grade, grader: Grader) -> None:
        result = grade.result
        self.say("report.title", file=printable(result.file), student=printable(grade.handed_in.label))
        general = result_output(result, self._language)
        if general:
            print("\n" + general)
        if not result.checks:
            print("\n" + self._outcome(grade, grader))
            return
        scores = part_scores(result, grader.checks)
        for part in grader.assignment.settings.parts:
            title = part.title[self._language]
            print()
            self.say("report.part", title=title, score=number(scores[part.name]), points=number(part.points))
            for sentence in misconception_lines(result, part.name, grader.exercise, self._language):
                print(f"  ➜ {sentence}")
            for check, outcome in zip(grader.checks, result.checks):
                if check.part == part.name:
                    score = self._score_of(outcome.score, check.points)
                    print(f"  {MARKS[outcome.outcome]} {check.promise[self._language]} ({score})")
                    if result.problem is not None:  # said once, above
                        continue
                    for line in check_output(check, outcome, result, self._language).splitlines():
                        print(f"      {line}")
        if result.stdout.strip():
            print()
            self.say("report.printed")
            for line in result.stdout.strip().splitlines()[:MAX_PRINTED_LINES]:
                print(f"    {printable(line)[:200]}")
        print()
        late = late_line(grade, grader.assignment, self._language)
        if late:
            print(late)
        self.say("report.total", score=number(grade.score), points=number(grader.assignment.max_score))

    def _table(self, grades: list[Grade], grader: Grader) -> "Table":
        from rich import box
        from rich.markup import escape
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD)
        parts = grader.assignment.settings.parts
        table.add_column(text(self._language, "report.student"))
        table.add_column(text(self._language, "report.status"))
        for heading in (text(self._language, "report.score"), *(part.name for part in parts)):
            table.add_column(heading, justify="right")
        for grade in grades:
            status = status_words(grade.result, self._language)
            row = [escape(printable(grade.handed_in.label)), status]
            if grade.graded:
                scores = part_scores(grade.result, grader.checks)
                pairs = [(grade.score, grader.assignment.max_score)]
                pairs += [(scores[part.name], part.points) for part in parts]
                row += [number(score) if score == points else f"[yellow]{number(score)}" for score, points in pairs]
            table.add_row(*row)
        return table
