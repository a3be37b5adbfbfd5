"""The files in what an instructor downloaded, a folder or a zip: listed with care, read with bounds, never unpacked."""

import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from autograder.printable import printable
from autograder.source import MAX_NOTEBOOK_BYTES, MAX_SOURCE_BYTES, Unreadable
from autograder.texts import Message, UserError

MAX_FILES = 500_000
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800


class TreeFile(msgspec.Struct):
    """A file by its path below the root. `read` returns its content, or raises Unreadable."""

    path: PurePosixPath
    read: Callable[[], bytes]
    stands_for_folder: bool = False  # one that is a link, or can't be entered


def list_files(source: Path) -> tuple[list[TreeFile], list[Message]]:
    """Return the files of a folder or a zip but what systems leave behind, and what is to be said. Raises UserError."""
    files, left_out = (_list_folder(source), []) if source.is_dir() else _list_zip(source)
    return [file for file in files if not _is_litter(file.path)], left_out


def _is_litter(path: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX", "__pycache__")) for part in path.parts)


def read_file(path: Path) -> bytes:
    """Return the content of a regular file of a bearable size; links are not followed. Raises Unreadable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _no_surprises())
    except OSError as error:
        if path.is_symlink():
            raise Unreadable("link") from None
        raise Unreadable("cannot_open", reason=error.strerror or str(error)) from None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable("no_regular_file")
        return _read_bounded(file, path.name)


def _no_surprises() -> int:
    """Return the flags that keep open() from following a link and from waiting for a pipe's other end."""
    return getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _read_bounded(file: IO[bytes], name: str) -> bytes:
    limit = MAX_SOURCE_BYTES if name.lower().endswith(".py") else MAX_NOTEBOOK_BYTES
    content = file.read(limit + 1)
    if len(content) > limit:
        raise Unreadable("too_large", megabytes=limit / 1_000_000)
    return content


def _list_folder(folder: Path) -> list[TreeFile]:
    files: list[TreeFile] = []

    def add(path: Path, stands_for_folder: bool) -> None:
        inside = PurePosixPath(path.relative_to(folder))
        files.append(TreeFile(inside, partial(read_file, path), stands_for_folder))

    def cannot_list(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise UserError("error.cannot_read", path=str(folder), reason=error.strerror or str(error))
        add(Path(error.filename), stands_for_folder=True)

    for where, subfolders, names in os.walk(folder, onerror=cannot_list):
        for name in names:
            add(Path(where, name), stands_for_folder=False)
        for name in subfolders:
            if Path(where, name).is_symlink():
                add(Path(where, name), stands_for_folder=True)
        if len(files) > MAX_FILES:
            raise UserError("error.too_many_files", path=str(folder), limit=MAX_FILES)
    return sorted(files, key=lambda file: str(file.path))


def _list_zip(source: Path) -> tuple[list[TreeFile], list[Message]]:
    try:
        archive = zipfile.ZipFile(source)
    except OSError as error:
        raise UserError("error.cannot_read", path=str(source), reason=error.strerror or str(error)) from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UserError("error.broken_zip", path=str(source)) from None
    if len(archive.infolist()) > MAX_FILES:
        raise UserError("error.too_many_files", path=str(source), limit=MAX_FILES)
    seen = Counter(entry.filename for entry in archive.infolist())
    entries = {entry.filename: entry for entry in archive.infolist()}
    files, left_out = [], []
    for entry in entries.values():
        if entry.filename.endswith("/"):
            continue
        path = _path_of(entry)
        if path is None:
            name = printable(entry.filename)[:100]
            left_out.append(Message("warning.entry_left_out", {"entry": name, "zip": source.name}))
        else:
            files.append(TreeFile(path, partial(_read_entry, archive, entry, seen[entry.filename] > 1)))
    return sorted(files, key=lambda file: str(file.path)), left_out


def _path_of(entry: zipfile.ZipInfo) -> PurePosixPath | None:
    """Return the entry's path, None where it leads out of the folder that the zip stands for."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:  # zipfile took it for an old DOS name; many programs write UTF-8 all the same
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    path = PurePosixPath(name.replace("\\", "/"))  # as some programs on Windows have it
    is_drive = name[1:2] == ":"
    return None if path.is_absolute() or ".." in path.parts or is_drive or not path.parts else path


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, twice: bool) -> bytes:
    if twice:
        raise Unreadable("twice_in_zip")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("link")
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # zipfile unpacks others without bounds
        raise Unreadable("compression")
    try:
        with archive.open(entry) as file:
            return _read_bounded(file, entry.filename)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unreadable("broken_entry", reason=printable(str(error))[:200]) from None
