"""The sheet that an LMS gives out for grades, recognised by its header."""

import csv
from pathlib import Path

from autograder.handed_in import MAX_NAMED, HandedIn
from autograder.lms.canvas_gradebook import CanvasGradebook
from autograder.lms.csv_file import read_csv
from autograder.lms.moodle_worksheet import MoodleWorksheet, columns_of
from autograder.texts import Message, UserError

NOT_THERE = "warning.not_in_gradebook"
Sheet = MoodleWorksheet | CanvasGradebook


def read_sheet(path: Path, titles: list[str], column: str | None) -> Sheet:
    """Read a gradebook: `titles` are the exercise's, `column` what was asked for. Raises UserError."""
    sheet = read_csv(path)
    try:
        header, *rows = sheet.rows() or [[]]
        if "ID" in header and "Section" in header and header[0] in ("Student", "LastName"):
            return CanvasGradebook(path, sheet, [title.casefold() for title in titles], column)
    except csv.Error as error:
        raise UserError("error.broken_gradebook", path=str(path), reason=str(error)) from None
    if columns_of(header, rows):
        return MoodleWorksheet(path, sheet)
    raise UserError("error.unknown_gradebook", path=str(path))


def enrol(sheet: Sheet, found: list[HandedIn]) -> tuple[list[HandedIn], list[Message]]:
    """Match who handed in with the sheet, by the LMS's own keys: all students, and what is to be said.

    Raises UserError where the sheet can't be the one of these submissions.
    """
    others = {each.lms for each in found} - {"", sheet.lms}
    if others:
        names = {"sheet": sheet.lms.capitalize(), "download": others.pop().capitalize()}
        raise UserError("error.other_lms", path=str(sheet.path), **names)
    everybody, messages = sheet.enrol(found)
    if sum(message.name == NOT_THERE for message in messages) == len(found):
        labels = ", ".join(each.label for each in found[:MAX_NAMED])
        raise UserError("error.nobody_matches", path=str(sheet.path), found=labels)
    return everybody, messages
