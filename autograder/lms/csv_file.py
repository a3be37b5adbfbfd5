"""A CSV file that somebody saved: its encoding and its separator, found out."""

import csv
import io
from pathlib import Path

import msgspec

from autograder.texts import UserError

MAX_BYTES = 50_000_000
SEPARATORS = ",;\t"


class CsvFile(msgspec.Struct, frozen=True):
    """The text of a sheet, the separator of its cells, and whether it begins with a byte order mark."""

    text: str
    separator: str
    has_mark: bool

    def rows(self) -> list[list[str]]:
        """Return the rows as spreadsheets and Canvas read them; empty lines are none. Raises csv.Error."""
        csv.field_size_limit(MAX_BYTES)
        return [row for row in csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator) if row]

    def rows_as_php(self) -> list[list[str]]:
        """Return the rows as PHP's fgetcsv reads them, and so Moodle.

        There a `"` after a backslash neither ends a cell nor is doubled, and the backslash stays. Raises csv.Error.
        """
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")  # which Moodle does first
        return [row for row in _php_rows(text, self.separator) if row != [""]]


def read_csv(path: Path) -> CsvFile:
    """Read a sheet. Raises UserError where it is not there, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError("error.cannot_read", path=str(path), reason=error.strerror or str(error)) from None
    if len(content) > MAX_BYTES:
        raise UserError("error.gradebook_too_large", path=str(path), megabytes=MAX_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError("error.gradebook_encoding", path=str(path)) from None
    header = text.partition("\n")[0]
    return CsvFile(text, max(SEPARATORS, key=header.count), content.startswith(b"\xef\xbb\xbf"))


def write_csv(rows: list[list[str]], separator: str, has_mark: bool) -> bytes:
    """Return the rows in UTF-8, quoted where it is needed."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return file.getvalue().encode("utf-8-sig" if has_mark else "utf-8")


def _php_rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        cell, at = _php_cell(text, at, separator)
        rows[-1].append(cell)
        if at >= len(text):
            break
        if text[at] == separator:
            at += 1
            if at == len(text):
                rows[-1].append("")
        else:
            at += 1
            rows.append([])
    return [row for row in rows if row]


def _php_cell(text: str, at: int, separator: str) -> tuple[str, int]:
    """Return the cell that begins at `at`, and where the separator or line end after it is."""
    ends = (separator, "\n")
    begin = at
    while text.startswith((" ", "\t"), at) and not text.startswith(separator, at):
        at += 1
    if not text.startswith('"', at):
        at = begin
        while at < len(text) and text[at] not in ends:
            at += 1
        return text[begin:at], at
    cell: list[str] = []
    at += 1
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            cell.append(text[at : at + 2])
            at += 2
        elif text[at] == '"' and text.startswith('""', at):
            cell.append('"')
            at += 2
        elif text[at] == '"':
            at += 1
            break
        else:
            cell.append(text[at])
            at += 1
    else:
        raise csv.Error("a quote that is never closed")
    while at < len(text) and text[at] not in ends:  # what stands after the closing quote belongs to the cell
        cell.append(text[at])
        at += 1
    return "".join(cell), at
