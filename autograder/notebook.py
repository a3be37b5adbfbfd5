"""Notebooks as submissions: the code cells of a Jupyter file, whatever else is in it."""

import msgspec

from autograder.source import MAX_SOURCE_BYTES, Cell, Unreadable

SKIPPED = "otter_ignore"  # Otter's tag, on our own cells that check and draw: they are not the student's work


class _CellMetadata(msgspec.Struct):
    tags: list[str] = []


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: str | list[str] = ""
    input: str | list[str] = ""  # before version 4
    metadata: _CellMetadata = msgspec.field(default_factory=_CellMetadata)


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Language(msgspec.Struct):
    name: str = ""
    language: str = ""


class _Metadata(msgspec.Struct):
    kernelspec: _Language = msgspec.field(default_factory=_Language)
    language_info: _Language = msgspec.field(default_factory=_Language)


class _Notebook(msgspec.Struct):
    nbformat: int
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []  # before version 4
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


def read_cells(content: bytes) -> list[Cell]:
    """Return the code cells with their numbers, from 1. Raises Unreadable."""
    try:
        notebook = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Notebook)
    except msgspec.ValidationError:
        raise Unreadable("no_notebook") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("broken_notebook", reason=str(error)[:200]) from None
    language = notebook.metadata.language_info.name or notebook.metadata.kernelspec.language or "python"
    if "python" not in language.lower():
        raise Unreadable("foreign_notebook", language=language[:40])
    cells = notebook.cells or [cell for sheet in notebook.worksheets for cell in sheet.cells]
    code = [cell for cell in cells if cell.cell_type == "code"]
    texts = [_joined(cell.source or cell.input) for cell in code]
    if sum(len(text.encode("utf-8", "replace")) for text in texts) > MAX_SOURCE_BYTES:
        raise Unreadable("too_large", megabytes=MAX_SOURCE_BYTES / 1_000_000)
    numbered = enumerate(zip(code, texts), 1)
    return [(number, text) for number, (cell, text) in numbered if SKIPPED not in cell.metadata.tags]


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
