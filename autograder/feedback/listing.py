"""A submission's own lines, with what went wrong written below the line where it did."""

import msgspec

from autograder.feedback.words import known_kind
from autograder.printable import printable
from autograder.result import Result
from autograder.sandbox.lines import split_lines
from autograder.texts import Message, Place, text

MAX_LINES = 150  # of a longer submission only what is near a mark is shown
_AROUND = 4
_MAX_LENGTH = 300  # characters of a line


class Line(msgspec.Struct):
    number: str
    text: str
    notes: list[str] = []


class Listing(msgspec.Struct):
    """A script, or a code cell under its heading."""

    heading: str
    lines: list[Line]


def listing_of(result: Result, language: str) -> list[Listing]:
    """Return the submission, cell by cell."""
    notes = _notes(result, language)
    cells = [(cell, split_lines(source)) for cell, source in result.source]
    is_long = sum(len(texts) for _, texts in cells) > MAX_LINES
    listings = []
    for cell, texts in cells:
        lines = [
            Line(str(i), printable(line[:_MAX_LENGTH]), notes.get((cell, i), [])) for i, line in enumerate(texts, 1)
        ]
        shown = _near_marks(lines) if is_long else lines
        if shown:
            heading = text(language, "page.cell", cell=cell) if cell else ""
            listings.append(Listing(heading, shown))
    return listings


def _notes(result: Result, language: str) -> dict[tuple[int, int], list[str]]:
    """Return what is to be said of each (cell, line)."""
    found: dict[tuple[int, int], list[str]] = {}

    def add(place: object, note: str) -> None:
        if isinstance(place, Place):
            notes = found.setdefault((place.cell, place.line), [])
            if note not in notes:
                notes.append(note)

    if result.problem is not None:
        add(result.problem.values.get("place"), str(result.problem.values.get("reason", "")))
    for statement in result.failed_statements:
        name = {"crash": "page.ended_here", "timeout": "page.stopped_here"}.get(statement.kind, "page.failed_here")
        add(statement.place, Message(name, {"kind": statement.kind}).in_language(language))
    for check in result.checks:
        if check.failure is not None:
            values = check.failure.reason.values
            kind = known_kind(str(values.get("kind", "")))
            add(values.get("place"), Message("page.failed_here", {"kind": kind}).in_language(language))
    return found


def _near_marks(lines: list[Line]) -> list[Line]:
    """Leave out what is far from any mark."""
    marked = [i for i, line in enumerate(lines) if line.notes]
    shown: list[Line] = []
    for i, line in enumerate(lines):
        if any(abs(i - mark) <= _AROUND for mark in marked):
            shown.append(line)
        elif shown and shown[-1].number:
            shown.append(Line("", "…"))
    return shown
