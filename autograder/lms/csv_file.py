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
        """Return the rows as systems and spreadsheets write them; empty lines are none. Raises csv.Error."""
        csv.field_size_limit(MAX_BYTES)
        lines = io.StringIO(self.text, newline="")
        return [row for row in csv.reader(lines, delimiter=self.separator, strict=True) if row]


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
    csv.writer(file, delimiter=separator).writerows(rows)  # with other line ends it leaves a lone \r unquoted
    return file.getvalue().encode("utf-8-sig" if has_mark else "utf-8")
