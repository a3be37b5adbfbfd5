"""CSV as PHP's fgetcsv reads it, and so Moodle: not as Moodle writes it."""

import csv


def rows_as_php(text: str, separator: str = ",") -> list[list[str]]:
    """Return the rows. A `"` after a backslash neither ends a cell nor is doubled, and the backslash stays.

    Raises csv.Error where a quote is never closed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # which Moodle does first
    return [row for row in _rows(text, separator) if row != [""]]


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        cell, at = _cell(text, at, separator)
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


def _cell(text: str, at: int, separator: str) -> tuple[str, int]:
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
