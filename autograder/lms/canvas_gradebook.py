"""Canvas's gradebook: who is in it, and the part of it that goes back with new scores."""

import csv
import re
import unicodedata
from pathlib import Path

from autograder.grade import Grade
from autograder.handed_in import HandedIn
from autograder.lms.canvas import ANONYMOUS, NAME
from autograder.lms.csv_file import CsvFile, write_csv
from autograder.number import number, parse_number
from autograder.texts import Message, UserError, Value

_ASSIGNMENT = re.compile(r"(.*) \((\d+)\)", re.DOTALL)
_TOTALS = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
_POINTS = "Points Possible"
_TEST_STUDENT = "Student, Test"
_EXCUSED = "EX"


class CanvasGradebook:
    """The rows of a gradebook, by the user's id."""

    lms = NAME

    def __init__(self, path: Path, sheet: CsvFile, titles: list[str], column: str | None) -> None:
        """Take the column of the assignment: by title or id, or the only one there can be. Raises UserError."""
        self.path = path
        self._sheet = sheet
        try:
            self._header, *rows = sheet.rows()
        except csv.Error as error:
            raise UserError("error.broken_gradebook", path=str(path), reason=str(error)) from None
        rows = [row + [""] * (len(self._header) - len(row)) for row in rows]
        self._id = self._header.index("ID")
        self._last_own = self._header.index("Section")
        points = [row for row in rows if row[0].strip() == _POINTS]
        self._column = self._find_column(titles, column, points)
        maximum = parse_number(points[0][self._column]) if points else None
        if not maximum:
            raise UserError("error.canvas_no_points", path=str(path), column=self._header[self._column])
        self._maximum = maximum
        self._points_row = points[0]
        self._rows = {
            row[self._id]: row for row in rows if row[self._id].isdigit() and self._name(row) != _TEST_STUDENT
        }

    def enrol(self, found: list[HandedIn]) -> tuple[list[HandedIn], list[Message]]:
        """Return the students of the sheet and those whom it does not know, and what to say. Raises UserError."""
        if any(each.student.startswith(ANONYMOUS) for each in found if each.lms == NAME):
            raise UserError("error.canvas_anonymous", path=str(self.path))
        by_id = {each.student: each for each in found}
        here = [each for each in found if each.student in self._rows]
        renamed = [
            each for each in here if each.lms and each.name != _in_file_names(self._name(self._rows[each.student]))
        ]
        groups = len(renamed) * 2 > len(here)  # Canvas names the group, and lets one of its members stand for it
        everybody = []
        for student, row in self._rows.items():
            each = by_id.get(student) or HandedIn(student, NAME, submitted=False)
            if not each.submitted and groups:
                continue
            each.name = self._name(row)
            each.email = next((cell for cell in row[: self._last_own] if "@" in cell), "")
            everybody.append(each)
        strangers = [each for each in found if each.student not in self._rows]
        messages = [
            Message("warning.not_in_gradebook", {"student": each.label, "path": str(self.path)}) for each in strangers
        ]
        if groups:
            messages.append(Message("warning.canvas_groups"))
        return everybody + strangers, messages

    def upload(self, grades: list[Grade], max_score: float, everyone: bool) -> tuple[bytes, list[Message]]:
        """Return the rows to hand back: those whose score is new or another, or `everyone` who has one."""
        own = [*range(self._last_own + 1), self._column]
        rows, told = [], []
        for grade in grades:
            row = self._rows.get(grade.student)
            if row is None:
                continue
            there = row[self._column].strip()
            score = number(round(grade.score * self._maximum / max_score, 2))
            values: dict[str, Value] = {"student": grade.handed_in.label, "there": there, "score": score}
            if not grade.graded:
                told += [] if parse_number(there) is None else [Message("warning.grade_stays", values)]
                continue
            if there.upper() == _EXCUSED:
                told.append(Message("warning.excused", values))
                continue
            is_same = parse_number(there) == parse_number(score)
            if is_same and not everyone:
                continue
            if there and not is_same:
                told.append(Message("warning.grade_there", values))
            rows.append([*row[: self._last_own + 1], self._localised(score)])
        head = [[each[i] for i in own] for each in (self._header, self._points_row)]
        return write_csv([*head, *rows], self._sheet.separator, self._sheet.has_mark), told

    def _name(self, row: list[str]) -> str:
        """Return "Last, First", which a gradebook holds in one column or in two."""
        return ", ".join(filter(None, row[: self._id]))

    def _localised(self, score: str) -> str:
        """Return `score` with the sheet's own decimal sign."""
        return score.replace(".", ",") if "," in self._points_row[self._column] else score

    def _find_column(self, titles: list[str], wanted: str | None, points: list[list[str]]) -> int:
        def is_total(i: int) -> bool:  # which may end in the number of a year, as an assignment does in its id
            return bool(_TOTALS.search(self._header[i])) and not any(parse_number(row[i]) for row in points)

        columns = {
            i: match.groups()
            for i, head in enumerate(self._header)
            if i > self._last_own and (match := _ASSIGNMENT.fullmatch(head)) and not is_total(i)
        }
        known = ", ".join(self._header[i] for i in columns) or "-"
        if wanted is not None:
            found = [i for i, (title, id) in columns.items() if wanted in (title, id, self._header[i])]
        else:
            ours = [i for i, (title, _) in columns.items() if title.casefold() in titles]
            found = ours or list(columns)
        if len(found) != 1:
            name = "error.canvas_which" if wanted is None else "error.canvas_no_column"
            raise UserError(name, path=str(self.path), known=known, column=wanted or "")
        return found[0]


def _in_file_names(name: str) -> str:
    """Return a student's name as Canvas writes it in the names of files."""
    return re.sub(r"\W", "", unicodedata.normalize("NFC", name).lower())
