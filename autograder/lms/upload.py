"""What goes back to the LMS: its own sheet with the grades in it, and a zip of feedback files that it attaches."""

from collections.abc import Callable

import msgspec

from autograder.archive import zip_of
from autograder.grade import Grade
from autograder.lms import canvas, moodle
from autograder.lms.canvas_gradebook import CanvasGradebook
from autograder.lms.moodle_worksheet import MoodleWorksheet
from autograder.lms.sheet import Sheet
from autograder.texts import Message

# The name of each student's file in the zip; {} is what the download said.
_FEEDBACK_NAMES = {moodle.NAME: "x_{}_assignfeedback_file/feedback.html", canvas.NAME: "{}feedback.html"}
_NO_FEEDBACK = {moodle.NAME: "warning.no_feedback_moodle", canvas.NAME: "warning.no_feedback_canvas"}


class Upload(msgspec.Struct):
    """The files for one LMS, by name, and how many students are in them."""

    lms: str
    files: dict[str, bytes]
    count: int


def make_upload(
    grades: list[Grade],
    sheet: Sheet | None,
    page_of: Callable[[str], str] | None,
    comments: dict[str, str],
    max_score: float,
    everyone: bool,
) -> tuple[Upload | None, list[Message]]:
    """Return what to upload for `grades`, None where they are of no LMS, and what is to be said of it.

    `page_of` and `comments` are HTML, by student; without pages there is no zip of them. With `everyone` a score is
    written that is there already.
    """
    lms = sheet.lms if sheet else next((grade.handed_in.lms for grade in grades), "")
    if lms not in _FEEDBACK_NAMES:
        return None, []
    files: dict[str, bytes] = {}
    messages: list[Message] = []
    match sheet:
        case MoodleWorksheet():
            files["moodle.csv"], messages = sheet.upload(grades, comments, max_score)
        case CanvasGradebook():
            files["canvas.csv"], messages = sheet.upload(grades, max_score, everyone)
    if page_of is not None:
        entries = {}
        for grade in grades:
            reply_to = grade.handed_in.reply_to
            if reply_to:
                entries[_FEEDBACK_NAMES[lms].format(reply_to)] = page_of(grade.student).encode("utf-8")
            elif grade.handed_in.lms:
                messages.append(Message(_NO_FEEDBACK[lms], {"student": grade.handed_in.label}))
        files[f"{lms}_feedback.zip"] = zip_of(entries)
    return Upload(lms, files, len(grades)), messages
