"""Moodle's offline grading worksheet: who is in it, and how it is handed back with grades and comments."""

import re
from html import unescape
from pathlib import Path

from autograder.grade import Grade
from autograder.handed_in import HandedIn
from autograder.late import DAY, Lateness
from autograder.lms.csv_file import CsvFile, write_csv
from autograder.lms.moodle import NAME, cleaned
from autograder.number import number, parse_number
from autograder.texts import Message, UserError, Value

# What the kit knows a column by, in each language whose words are known.
HEADERS = {
    "identifier": ("Identifier", "Identificador"),
    "name": ("Full name", "Nombre completo"),
    "email": ("Email address", "Dirección de correo"),
    "status": ("Status", "Estado"),
    "group": ("Group", "Grupo"),
    "grade": ("Grade", "Calificación"),
    "maximum": ("Maximum grade", "Calificación máxima"),
    "open": ("Grade can be changed", "La calificación puede ser cambiada"),
    "touched": ("Last modified (grade)", "Última modificación (calificación)"),
    "comment": ("Feedback comments", "Comentarios de retroalimentación"),
}
_IDENTIFIER = re.compile(r"\D+(\d+)")
_LATE = re.compile(r" - ([^-]*) (?:late|después)(?= - |$)")
_UNITS = (("year", "año"), ("day", "día"), ("hour", "hora"), ("min", "min"), ("sec", "seg"))
_SECONDS = (365 * DAY, DAY, 3600, 60, 1)
_DATE = re.compile(r"-|.*\d.*:.*")


class MoodleWorksheet:
    """The rows of a worksheet, by the student they are about; of a team, by the team's name."""

    lms = NAME

    def __init__(self, path: Path, sheet: CsvFile) -> None:
        """Raises UserError where the sheet has no rows."""
        self.path = path
        self._sheet = sheet
        self._header, *self._rows = sheet.rows()
        self._rows = [row + [""] * (len(self._header) - len(row)) for row in self._rows]
        self._columns = columns_of(self._header, self._rows)
        self._by_student = self._rows_by_student()
        maxima = {parse_number(self._cell(row, "maximum")) for row in self._rows} - {None}
        if len(maxima) != 1:
            raise UserError("error.moodle_no_maximum", path=str(path))
        self._maximum: float = maxima.pop() or 0.0

    def enrol(self, found: list[HandedIn]) -> tuple[list[HandedIn], list[Message]]:
        """Return all students of the sheet and those that it does not know, and what is to be said of these."""
        self._find_teams(found)
        matched: dict[str, HandedIn] = {}
        strangers = []
        for each in found:
            key = self._student_of(each)
            if key is None:
                strangers.append(each)
            elif key not in matched:  # old versions of Moodle give each member of a team a copy
                matched[key] = each
                each.student = key
        everybody = []
        for key, rows in self._by_student.items():
            each = matched.get(key) or HandedIn(key, NAME, submitted=False)
            each.name = "; ".join(filter(None, (self._cell(row, "name") for row in rows)))
            each.email = "; ".join(filter(None, (self._cell(row, "email") for row in rows)))
            each.late = self._lateness(rows[0]) if each.submitted else None
            everybody.append(each)
        return everybody + strangers, [
            Message("warning.not_in_gradebook", {"student": each.label, "path": str(self.path)}) for each in strangers
        ]

    def upload(self, grades: list[Grade], comments: dict[str, str], max_score: float) -> tuple[bytes, list[Message]]:
        """Return the worksheet to hand back, and what its reader should know. `comments` are HTML, by student."""
        rows, told = [], []
        for grade in grades:
            for row in self._by_student.get(grade.student, []):
                value = number(round(grade.score * self._maximum / max_score, 2)) if grade.graded else ""
                there = self._cell(row, "grade")
                values: dict[str, Value] = {"student": grade.handed_in.label, "there": there, "score": value}
                if self._cell(row, "open") == "No":  # the same word in both languages
                    told.append(Message("warning.grade_locked", values))
                    continue
                if there and parse_number(there) != parse_number(value):
                    told.append(Message("warning.grade_there" if grade.graded else "warning.grade_stays", values))
                if _is_anothers(self._cell(row, "comment"), comments[grade.student]):
                    told.append(Message("warning.comment_there", values))
                rows.append(self._filled(row, value, comments[grade.student]))
        if self._header[self._columns["grade"]] != "Grade" and any(
            self._cell(row, "touched").strip("- ") for row in rows
        ):
            told.append(Message("warning.moodle_dates"))
        return write_csv([self._header, *rows], ",", has_mark=True), told

    def _filled(self, row: list[str], grade: str, comment: str) -> list[str]:
        filled = [_without_escapes(cell) for cell in row]
        filled[self._columns["identifier"]] = row[self._columns["identifier"]]
        filled[self._columns["grade"]] = grade
        if "comment" in self._columns:
            filled[self._columns["comment"]] = comment
        return filled

    def _find_teams(self, found: list[HandedIn]) -> None:
        """In a language that is not known, take for the teams' column the one that holds the names of the download.

        A team's number must not be taken for a participant's.
        """
        if self._header[self._columns["grade"]] in HEADERS["grade"]:
            return
        names = {each.name for each in found}
        for column in range(2, self._columns["grade"]):  # the first two are the identifier and a student's name
            if 2 * len(names & {cleaned(row[column]) for row in self._rows}) > len(names):
                self._columns["group"] = column
                self._by_student = self._rows_by_student()

    def _rows_by_student(self) -> dict[str, list[list[str]]]:
        by_student: dict[str, list[list[str]]] = {}
        for row in self._rows:
            by_student.setdefault(self._key(row), []).append(row)
        return by_student

    def _student_of(self, handed_in: HandedIn) -> str | None:
        """Return the key of the student, or of the team, None for one who is not in the sheet."""
        if "group" not in self._columns:
            return handed_in.student if handed_in.student in self._by_student else None
        name = handed_in.name or handed_in.student
        teams = [team for team in self._by_student if cleaned(team) == name]
        teams = teams or [
            self._key(row)
            for row in self._rows  # before 4.1: <team>-<member>_<the member's number>
            if cleaned(f"{self._key(row)}-{self._cell(row, 'name')}") == name
            and _number_of(self._cell(row, "identifier")) == handed_in.reply_to
        ]
        return teams[0] if len(teams) == 1 else None

    def _key(self, row: list[str]) -> str:
        return self._cell(row, "group") or _number_of(self._cell(row, "identifier"))

    def _cell(self, row: list[str], column: str) -> str:
        return row[self._columns[column]] if column in self._columns else ""

    def _lateness(self, row: list[str]) -> Lateness | None:
        """Read how late a submission is from the words of its status; None in a language that is not known."""
        if self._header[self._columns.get("status", 0)] not in HEADERS["status"]:
            return None
        late = _LATE.search(f" - {self._cell(row, 'status')}")
        if late is None:
            return Lateness(0)
        seconds = 0.0
        for words, length in zip(_UNITS, _SECONDS):
            count = re.search(rf"(\d+) (?:{'|'.join(words)})", late[1])
            seconds += int(count[1]) * length if count else 0
        return Lateness(seconds or None)


def columns_of(header: list[str], rows: list[list[str]]) -> dict[str, int]:
    """Return where the columns are; {} where this is no worksheet.

    In a language that is not known the structure tells: the identifiers come first, the grade stands before the
    maximum, which is the same in all rows, and the comments come last.
    """
    columns = {name: header.index(word) for name, words in HEADERS.items() for word in words if word in header}
    if {"identifier", "grade", "maximum"} <= set(columns):
        return columns
    if not rows or any(len(row) != len(header) for row in rows) or len(header) < 5:
        return {}
    if not all(_IDENTIFIER.fullmatch(row[0]) for row in rows):
        return {}
    same = [len({row[i] for row in rows}) == 1 and (parse_number(rows[0][i]) or 0) > 0 for i in range(len(header))]
    maximum = next((i for i in range(len(header) - 3, 1, -1) if same[i] and not same[i + 1]), None)
    if maximum is None or any(row[maximum - 1] and parse_number(row[maximum - 1]) is None for row in rows):
        return {}
    columns = {"identifier": 0, "grade": maximum - 1, "maximum": maximum}
    if any("@" in row[2] for row in rows) and maximum > 3:
        columns |= {"name": 1, "email": 2}
    has_comments = not all(_DATE.fullmatch(row[-1]) for row in rows)
    columns["touched"] = len(header) - 1 - has_comments
    if has_comments:
        columns["comment"] = len(header) - 1
    return columns


def _number_of(identifier: str) -> str:
    found = _IDENTIFIER.fullmatch(identifier)
    return found[1] if found else identifier


def _is_anothers(there: str, comment: str) -> bool:
    """Whether a comment in the sheet, without its HTML, is not of this program's: those begin with the same words."""
    words, ours = (re.split(r"\d", unescape(re.sub("<[^>]*>", "", each)))[0].split() for each in (there, comment))
    return bool(there.strip()) and words != ours


def _without_escapes(cell: str) -> str:
    """Return a cell that Moodle does not read back, without what would lead its reader astray."""
    return cell.replace('"', "'").replace("\\", "/")
