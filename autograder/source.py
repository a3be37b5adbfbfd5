"""Source text as students hand it in: bytes in, Python's own rules for their encoding, or the reason why not."""

import codecs
import io
import re
import tokenize

from autograder.texts import Message, Value

MAX_SOURCE_BYTES = 400_000
MAX_NOTEBOOK_BYTES = 64_000_000  # with its pictures
MAX_SHOWN = 20_000  # characters of a submission that its page shows

Cell = tuple[int, str]  # a code cell of a notebook by its number; 0: the whole of a script

# Tables only: others of Python's codecs can be made to work for hours.
_PLAIN_ENCODINGS = re.compile(r"utf-8.*|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc_\w+")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,40})")  # as the language reference has it


class Unreadable(Exception):
    """Why what a student handed in can't be read."""

    def __init__(self, name: str, /, **values: Value) -> None:
        super().__init__(name, values)
        self.message = Message(f"problem.{name}", values)


def decode(content: bytes) -> str:
    """Return Python source as text: UTF-8, with or without a byte order mark, or what its coding cookie says."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("wrong_encoding", encoding="UTF-16")
    if b"\0" in content:
        raise Unreadable("not_text")
    encoding = _encoding(content)
    try:
        return io.TextIOWrapper(io.BytesIO(content), encoding).read()
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8"):
            raise _not_utf8(content) from None
        raise Unreadable("wrong_encoding", encoding=encoding) from error


def beginning_of(cells: list[Cell]) -> list[Cell]:
    """Return as much of a submission as its page shows."""
    shown, left = [], MAX_SHOWN
    for number, text in cells:
        if left > 0:
            shown.append((number, text[:left]))
            left -= len(text)
    return shown


def _encoding(content: bytes) -> str:
    try:
        name = tokenize.detect_encoding(io.BytesIO(content).readline)[0]
        if _PLAIN_ENCODINGS.fullmatch(codecs.lookup(name).name):
            return name
    except (SyntaxError, LookupError):  # no such encoding, or bytes in the first two lines that are not UTF-8
        pass
    for line in content.removeprefix(codecs.BOM_UTF8).splitlines()[:2]:
        cookie = _COOKIE.match(line)
        if cookie:
            raise Unreadable("unknown_encoding", encoding=cookie.group(1).decode("ascii"))
    raise _not_utf8(content)


def _not_utf8(content: bytes) -> Unreadable:
    """Say on which line the first byte is that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Unreadable("not_utf8", line=content.count(b"\n", 0, error.start) + 1)
    return Unreadable("not_text")
