"""From real files to submissions: whatever a class hands in is read, or refused with the reason, and never harms."""

import os
import shutil
import signal
import socket
import struct
import tracemalloc
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.lms.download import find_submissions
from autograder.output import file_name
from autograder.source import Unreadable
from autograder.submission import Submission, read_submission
from autograder.texts import LANGUAGES, Message, UserError
from autograder.tree import read_file

CODE = "bias = 0.5  # señal\n"
COMMON = "García, Ana (grupo 2)"
ENCRYPTED, UTF8_NAME = 0x1, 0x800  # flags of a zip's entry
CENTRAL, LOCAL = b"PK\1\2", b"PK\3\4"  # where an entry is described, twice
MEMORY = 50_000_000  # far less than any bomb here, and enough for what is read of a file
NESTED = {f"{COMMON}/neuron.py": CODE, "Luis_48216/tarea.py": CODE}
FLAT = {"ana.py": CODE, "luis.py": CODE}


def make_folder(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def make_zip(path: Path, files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def change_headers(path: Path, place: dict[bytes, int], change: int, size: str = "<H", old: int = 0) -> Path:
    """Set bits in the same field of each entry's two headers, at `place` in each; clear those of `old`."""
    content = bytearray(path.read_bytes())
    for mark, offset in place.items():
        start = content.find(mark)
        while start >= 0:
            (value,) = struct.unpack_from(size, content, start + offset)
            struct.pack_into(size, content, start + offset, value & ~old | change)
            start = content.find(mark, start + 4)
    path.write_bytes(content)
    return path


def set_flag(path: Path, flag: int, on: bool = True) -> Path:
    return change_headers(path, {LOCAL: 6, CENTRAL: 8}, flag if on else 0, old=flag)


def read(*sources: Path) -> dict[str, Submission]:
    """Return what each student handed in, read."""
    handed_in, _ = find_submissions(list(sources), "neuron")
    return {each.student: each.read("neuron") for each in handed_in}


def said(*sources: Path) -> list[Message]:
    return find_submissions(list(sources), "neuron")[1]


def refused(source: Path) -> str:
    """Return why there is nothing to grade in `source`."""
    with pytest.raises(UserError) as raised:
        read(source)
    for language in LANGUAGES:
        assert str(source) in raised.value.message.in_language(language)
    return raised.value.message.name.removeprefix("error.")


def problem(submission: Submission) -> str:
    """Return why it can't be read; check that students can be told so."""
    assert (submission.status, submission.cells) == ("unreadable", None)
    for language in LANGUAGES:
        assert submission.problem.in_language(language)
    return submission.problem.name.removeprefix("problem.")


def code(submission: Submission) -> str:
    assert (submission.status, submission.problem) == ("graded", None)
    return "".join(text for _, text in submission.cells)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail, even in the middle of a system call, when `seconds` are over."""

    def stop(*_: object) -> None:
        raise AssertionError(f"it took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def bounded_memory(limit: int = MEMORY) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < limit, f"it took {peak / 1e6:.0f} MB"


# Who handed in what


def test_a_single_file_is_a_submission_named_after_it(tmp_path: Path) -> None:
    make_folder(tmp_path, {"María José.py": CODE})
    (found,) = read(tmp_path / "María José.py").values()
    assert (found.student, found.file, code(found)) == ("María José", "María José.py", CODE)
    assert len(found.sha256) == 64


def test_a_suffix_in_capitals_is_python_too(tmp_path: Path) -> None:
    make_folder(tmp_path, {"ana/NEURON.PY": CODE, "luis/Neuron.Py": CODE})
    assert [code(each) for each in read(tmp_path).values()] == [CODE, CODE]


def test_each_file_of_a_folder_is_a_students(tmp_path: Path) -> None:
    assert {student: each.file for student, each in read(make_folder(tmp_path, FLAT)).items()} == {
        "ana": "ana.py",
        "luis": "luis.py",
    }


def test_each_folder_in_a_folder_is_a_students(tmp_path: Path) -> None:
    found = read(make_folder(tmp_path, NESTED))
    assert {student: each.file for student, each in found.items()} == {
        COMMON: "neuron.py",
        "Luis_48216": "tarea.py",
    }


def test_files_and_folders_may_stand_side_by_side(tmp_path: Path) -> None:
    found = read(make_folder(tmp_path, {"ana/neuron.py": CODE, "luis.py": CODE}))
    assert {student: code(each) for student, each in found.items()} == {"ana": CODE, "luis": CODE}


@pytest.mark.parametrize("folder", ["maria", "maria.jose", "grupo 2.1"])
def test_a_folder_that_holds_the_exercise_itself_is_one_student(tmp_path: Path, folder: str) -> None:
    found = read(make_folder(tmp_path / folder, {"neuron.py": CODE, "apuntes.txt": ""}))
    assert {student: each.file for student, each in found.items()} == {folder: "neuron.py"}


@pytest.mark.parametrize("pack", [make_folder, make_zip])
def test_nobody_vanishes_because_somebody_is_called_like_the_exercise(tmp_path: Path, pack: object) -> None:
    files = {f"{name}.py": CODE for name in ("ana", "luis", "neuron")}
    assert set(read(pack(tmp_path / "class.zip", files))) == {"ana", "luis", "neuron"}


def test_a_file_is_found_at_any_depth_below_its_student(tmp_path: Path) -> None:
    found = read(make_folder(tmp_path, {"ana/uno/dos/tres/neuron.py": CODE, "luis/neuron.py": CODE}))
    assert (found["ana"].file, code(found["ana"])) == ("uno/dos/tres/neuron.py", CODE)


@pytest.mark.parametrize("root", ["", "Curso 2024/", "Curso 2024/Tarea 3/"])
@pytest.mark.parametrize("files", [FLAT, NESTED], ids=["flat", "nested"])
def test_a_zip_gives_what_its_folder_gives_whatever_folders_stand_around_all(
    tmp_path: Path, files: dict[str, str | bytes], root: str
) -> None:
    as_folder = read(make_folder(tmp_path / "folder", files))
    as_zip = read(make_zip(tmp_path / "class.zip", {root + name: content for name, content in files.items()}))
    assert as_zip == as_folder
    assert len(as_zip) == 2


def test_a_zip_of_one_students_file_has_the_zips_name(tmp_path: Path) -> None:
    assert list(read(make_zip(tmp_path / "ana.zip", {"neuron.py": CODE}))) == ["ana"]


@pytest.mark.parametrize("name", ["neuron.py", "tarea.py"])
def test_the_only_students_folder_in_a_zip_is_not_taken_for_a_common_one(tmp_path: Path, name: str) -> None:
    assert list(read(make_zip(tmp_path / "class.zip", {f"{COMMON}/{name}": CODE}))) == [COMMON]


def test_a_zips_names_in_utf8_are_read_even_where_they_are_not_marked(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "class.zip", {"Iñaki/neuron.py": CODE, "李小龙/neuron.py": CODE})
    set_flag(path, UTF8_NAME, on=False)
    assert not any(entry.flag_bits & UTF8_NAME for entry in zipfile.ZipFile(path).infolist())
    assert set(read(path)) == {"Iñaki", "李小龙"}


def test_a_zips_old_dos_names_are_read(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "class.zip", {"Jos_.py": CODE, "ana.py": CODE})
    path.write_bytes(path.read_bytes().replace(b"Jos_.py", "José.py".encode("cp437")))
    assert set(read(path)) == {"José", "ana"}


@pytest.mark.parametrize(
    "litter",
    [".DS_Store", "ana/.neuron.py", "__MACOSX/ana/._neuron.py", "ana/__pycache__/neuron.py", ".git/hooks/x.py"],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_what_systems_leave_behind_is_nobodys_work(tmp_path: Path, litter: str, zipped: bool) -> None:
    files = {"ana/solucion.py": CODE, "luis/neuron.py": CODE, litter: "raise SystemExit\n"}
    found = read(make_zip(tmp_path / "c.zip", files) if zipped else make_folder(tmp_path, files))
    assert {student: code(each) for student, each in found.items()} == {"ana": CODE, "luis": CODE}


def test_the_file_named_like_the_exercise_wins(tmp_path: Path) -> None:
    files = {"ana/neuron.py": CODE, "ana/prueba.py": "x = 1\n", "ana/notas.txt": "", "luis/neuron.py": CODE}
    assert code(read(make_folder(tmp_path, files))["ana"]) == CODE


@pytest.mark.parametrize("name", ["neuron (1).py", "neuron-2.py", "Neuron.py"])
def test_a_name_that_a_browser_changed_wins_over_others(tmp_path: Path, name: str) -> None:
    files = {f"ana/{name}": CODE, "ana/prueba.py": "x = 1\n", "luis/neuron.py": CODE}
    assert read(make_folder(tmp_path, files))["ana"].file == name


@pytest.mark.parametrize(
    "names",
    [
        ["uno.py", "dos.py"],
        ["a/neuron.py", "b/neuron.py"],
        ["neuron.py", "NEURON.py"],
        ["neuron.py", "neuron (1).py"],
        ["neuron.ipynb", "neuron-2.py"],
    ],
)
def test_several_files_that_may_be_it_are_named_and_none_is_graded(tmp_path: Path, names: list[str]) -> None:
    found = read(make_folder(tmp_path, {"luis/neuron.py": CODE} | {f"ana/{name}": CODE for name in names}))
    assert problem(found["ana"]) == "several_files"
    assert all(name in found["ana"].problem.in_language("es") for name in [*names, "neuron.py"])
    assert code(found["luis"]) == CODE


def test_a_heap_of_files_is_told_in_a_short_sentence(tmp_path: Path) -> None:
    found = read(make_folder(tmp_path, {"luis/neuron.py": CODE} | {f"ana/{i:03}.py": CODE for i in range(200)}))
    assert problem(found["ana"]) == "several_files"
    assert len(found["ana"].problem.in_language("es")) < 300


def test_a_student_without_any_python_file_is_told_so(tmp_path: Path) -> None:
    found = read(make_folder(tmp_path, {"ana/neuron.docx": b"PK\3\4", "ana/foto.png": b"", "luis/neuron.py": CODE}))
    assert problem(found["ana"]) == "no_python"
    assert code(found["luis"]) == CODE


def test_nobody_is_lost_who_handed_in_twice(tmp_path: Path) -> None:
    sources = [make_folder(tmp_path / str(i), {"ana/neuron.py": f"x = {i}\n", "luis.py": CODE}) for i in range(3)]
    make_folder(sources[0], {"ana (2)/neuron.py": "x = 9\n"})
    handed_in, messages = find_submissions(sources, "neuron")
    assert sorted(each.student for each in handed_in) == sorted(
        ["ana", "ana (2)", "ana (3)", "ana (4)", "luis", "luis (2)", "luis (3)"]
    )
    assert {code(each.read("neuron")) for each in handed_in} == {"x = 0\n", "x = 1\n", "x = 2\n", "x = 9\n", CODE}
    assert sorted(str(message.values["student"]) for message in messages) == ["ana", "ana", "luis", "luis"]
    assert all("«" in message.in_language("es") for message in messages)


@pytest.mark.parametrize(
    "student",
    [
        "Ana María de la O",
        "O'Brien, Seán",
        "Núñez Ibáñez",
        "李小龙",
        "=1+1",
        "-rf",
        "CON",
        "a;b|c&d`e`$(f)",
        "con.punto.",
        "n" * 255,
        "ñ" * 127,
        "😀" * 60,
    ],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_awkward_names_stay_as_they_are(tmp_path: Path, student: str, zipped: bool) -> None:
    files = {f"{student}/neuron.py": CODE, "luis/neuron.py": CODE}
    found = read(make_zip(tmp_path / "c.zip", files) if zipped else make_folder(tmp_path / "c", files))
    assert code(found[student]) == CODE
    assert set(found) == {student, "luis"}


def test_a_name_of_a_path_that_no_folder_could_have_is_read_from_a_zip(tmp_path: Path) -> None:
    student = "ñ" * 15_000
    found = read(make_zip(tmp_path / "c.zip", {f"{student}/neuron.py": CODE, "luis/neuron.py": CODE}))
    assert code(found[student]) == CODE


@pytest.mark.parametrize(
    "name", ["ana\u202egpj", "ana\u2066b", "ana\x1b[2Jb", "ana\rb", "ana\tb", "\ufeffana", "ana\udce9"]
)
def test_names_can_neither_move_the_cursor_nor_turn_the_line_around(tmp_path: Path, name: str) -> None:
    (student,) = read(make_folder(tmp_path / "c", {f"{name}/neuron.py": CODE}))
    assert student.isprintable()
    assert "a" in student


def test_a_name_of_line_ends_alone_still_names_somebody(tmp_path: Path) -> None:
    found = read(make_folder(tmp_path, {"\n/neuron.py": CODE, "luis/neuron.py": CODE}))
    assert all(student.strip() for student in found)


def test_names_that_differ_only_in_capitals_or_in_how_an_accent_is_made_get_files_of_their_own_everywhere(
    tmp_path: Path,
) -> None:
    files = {f"{name}/neuron.py": CODE for name in ("Ana", "ana", "Nu\u00f1ez", "Nun\u0303ez")}
    found = read(make_zip(tmp_path / "c.zip", files))
    assert len({unicodedata.normalize("NFC", file_name(student)).casefold() for student in found}) == 4


# What there is nothing to grade in


def test_what_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nada.py") == "no_such_path"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "empty"


def test_an_empty_zip_is_refused(tmp_path: Path) -> None:
    assert refused(make_zip(tmp_path / "c.zip", {})) == "empty"


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    assert refused(make_folder(tmp_path, {"ana/notas.txt": "", "foto.png": b"\x89PNG"})) == "no_python"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert refused(make_folder(tmp_path, {"neuron.docx": ""}) / "neuron.docx") == "unknown_source"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"\0" * 5000, b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    make_folder(tmp_path, {"c.zip": content})
    assert refused(tmp_path / "c.zip") == "broken_zip"


def test_a_zip_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "c.zip", NESTED)
    path.write_bytes(path.read_bytes()[:-30])
    assert refused(path) == "broken_zip"


@pytest.mark.parametrize("zipped", [False, True])
def test_what_holds_more_files_than_any_class_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zipped: bool
) -> None:
    monkeypatch.setattr("autograder.tree.MAX_FILES", 3)
    files = {f"{i}/neuron.py": CODE for i in range(4)}
    assert refused(make_zip(tmp_path / "c.zip", files) if zipped else make_folder(tmp_path, files)) == "too_many_files"


def test_a_zip_that_is_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "c.zip")
    with within(2), pytest.raises(UserError):
        read(tmp_path / "c.zip")


# What is in the file


def one(content: bytes) -> Submission:
    return read_submission("ana", "neuron.py", content)


def test_an_empty_file_is_read_it_is_for_the_checks_to_say_what_lacks() -> None:
    assert code(one(b"")) == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(end: str) -> None:
    assert code(one(f"a = 1{end}b = 'ñ'{end}".encode())) == "a = 1\nb = 'ñ'\n"


def test_a_byte_order_mark_is_no_part_of_the_code() -> None:
    assert code(one(b"\xef\xbb\xbf" + CODE.encode("utf-8"))) == CODE


def test_nul_bytes_are_no_text() -> None:
    assert problem(one(b"x = 1\n\0\0\n")) == "not_text"


@pytest.mark.parametrize("before", [0, 1, 2, 40])
def test_the_line_that_is_not_utf8_is_told(before: int) -> None:
    found = one(b"x = 1\n" * before + "# señal\n".encode("latin-1"))
    assert problem(found) == "not_utf8"
    assert found.problem.values == {"line": before + 1}


@pytest.mark.parametrize("first", ["", "#!/usr/bin/env python3\n"])
@pytest.mark.parametrize(
    "encoding", ["latin-1", "iso-8859-15", "cp1252", "mac-roman", "koi8-r", "utf-8", "UTF8", "gbk"]
)
def test_a_coding_cookie_is_heeded(encoding: str, first: str) -> None:
    letter = "Ж" if encoding == "koi8-r" else "é"
    text = f"{first}# -*- coding: {encoding} -*-\nname = '{letter}'\n"
    assert code(one(text.encode(encoding))) == text


def test_a_cookie_on_the_third_line_is_a_comment() -> None:
    assert problem(one("a = 1\nb = 2\n# coding: latin-1\nc = 'é'\n".encode("latin-1"))) == "not_utf8"


@pytest.mark.parametrize(
    "encoding",
    [
        *("klingon", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "utf-7", "zlib", "bz2", "base64"),
        *("hex", "rot13", "uu", "quopri", "undefined", "mbcs", "utf-16", "utf-32", "os.system", "..", "x" * 300),
    ],
)
def test_an_unknown_or_dangerous_cookie_is_refused_by_its_name(encoding: str) -> None:
    with within(2):
        found = one(f"# -*- coding: {encoding} -*-\n".encode() + rb"x = 1\u000aimport os" + b"\n")
    assert problem(found) == "unknown_encoding"
    assert encoding[:40] in found.problem.in_language("en")


@pytest.mark.parametrize("encoding", ["idna", "punycode", "unicode_escape", "utf-7"])
def test_a_codec_that_would_work_for_hours_is_not_even_asked(encoding: str) -> None:
    with within(2), bounded_memory():
        assert problem(one(f"# coding: {encoding}\n".encode() + b"a-" * 190_000)) == "unknown_encoding"


def test_a_cookie_that_the_bytes_do_not_follow_is_named() -> None:
    found = one(b"# coding: cp1252\nx = '\x81'\n")
    assert problem(found) == "wrong_encoding"
    assert "1252" in found.problem.in_language("es")


def test_a_cookie_that_contradicts_the_byte_order_mark_is_told_from_what_is_no_text() -> None:
    assert problem(one(b"\xef\xbb\xbf# coding: latin-1\nx = 1\n")) in ("unknown_encoding", "wrong_encoding")


def test_utf16_is_called_by_its_name() -> None:
    found = one(CODE.encode("utf-16"))
    assert problem(found) == "wrong_encoding"
    assert "UTF-16" in found.problem.in_language("es")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-be"])
def test_utf16_without_a_mark_is_no_text(encoding: str) -> None:
    assert problem(one(CODE.encode(encoding))) == "not_text"


@settings(deadline=None)
@given(st.sampled_from([b"", b"# coding: cp1252\n", b"# coding: utf-8\n", b"\xef\xbb\xbf", b"\xff\xfe"]), st.binary())
def test_any_bytes_are_read_or_refused(start: bytes, content: bytes) -> None:
    found = one(start + content)
    assert code(found) is not None if found.status == "graded" else problem(found)


# Files that are none


def class_with(tmp_path: Path) -> Path:
    """Return the folder of a class where only Luis's file is still missing."""
    return make_folder(tmp_path / "class", {"ana/neuron.py": CODE, "luis/notas.txt": ""})


def luis(folder: Path, memory: int = MEMORY) -> Submission:
    """Return what Luis handed in; check that Ana loses nothing by it."""
    with within(5), bounded_memory(memory):
        found = read(folder)
    assert code(found["ana"]) == CODE
    return found["luis"]


def test_a_file_of_50_mb_is_refused_and_not_read_to_its_end(tmp_path: Path) -> None:
    folder = class_with(tmp_path)
    with open(folder / "luis" / "neuron.py", "wb") as file:
        file.truncate(50_000_000)
    assert problem(luis(folder)) == "too_large"


@pytest.mark.parametrize("target", ["/etc/passwd", "../ana/neuron.py", "no_such_file", "neuron.py"])
def test_a_link_is_not_followed(tmp_path: Path, target: str) -> None:
    folder = class_with(tmp_path)
    (folder / "luis" / "neuron.py").symlink_to(target)
    found = luis(folder)
    assert problem(found) == "link"
    assert found.sha256 == ""


def test_a_students_folder_that_is_a_link_is_not_entered(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "class", {"ana/neuron.py": CODE})
    (folder / "luis").symlink_to("ana")
    assert problem(luis(folder)) == "link"


def test_a_folder_in_a_students_folder_that_is_a_link_is_not_entered(tmp_path: Path) -> None:
    folder = class_with(tmp_path)
    (folder / "luis" / "neuron").symlink_to("../ana")
    assert problem(luis(folder)) == "link"


def test_a_link_that_leads_round_in_a_circle_ends(tmp_path: Path) -> None:
    folder = class_with(tmp_path)
    (folder / "luis" / "neuron").symlink_to("..")
    assert problem(luis(folder)) == "link"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = class_with(tmp_path)
    os.mkfifo(folder / "luis" / "neuron.py")
    assert problem(luis(folder)) == "no_regular_file"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = class_with(tmp_path)
    monkeypatch.chdir(folder / "luis")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("neuron.py")
        assert problem(luis(folder)) in ("cannot_open", "no_regular_file")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/null"])
def test_a_device_is_not_read(device: str) -> None:
    with within(2), pytest.raises(Unreadable) as raised:
        read_file(Path(device))
    assert raised.value.message.name == "problem.no_regular_file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("locked, reason", [("neuron.py", "cannot_open"), (".", "cannot_open")])
def test_what_may_not_be_opened_costs_only_itself(tmp_path: Path, locked: str, reason: str) -> None:
    folder = make_folder(tmp_path / "class", {"ana/neuron.py": CODE, "luis/neuron.py": CODE})
    (folder / "luis" / locked).chmod(0)
    try:
        assert problem(luis(folder)) == reason
    finally:
        (folder / "luis").chmod(0o700)


def test_a_folder_named_like_the_file_is_no_file(tmp_path: Path) -> None:
    folder = class_with(tmp_path)
    (folder / "luis" / "neuron.py").mkdir()
    assert problem(luis(folder)) == "no_python"


# Hostile zips


@pytest.mark.parametrize(
    "name",
    [
        *("../mal.py", "luis/../../mal.py", "luis/../mal.py", "/etc/mal.py", "//host/mal.py", "C:/mal.py", "c:mal.py"),
        *("..\\mal.py", "luis\\..\\mal.py", "C:\\mal.py", "\\\\host\\mal.py", "..\\..\\m\u202el.py"),
    ],
)
def test_an_entry_that_leads_elsewhere_is_left_out_and_said_so(tmp_path: Path, name: str) -> None:
    path = make_zip(tmp_path / "c.zip", {"ana/neuron.py": CODE, "rosa/neuron.py": CODE, name: "x = 1\n"})
    assert set(read(path)) == {"ana", "rosa"}
    (message,) = said(path)
    assert name.replace("\u202e", "\ufffd") in message.in_language("es")
    assert message.in_language("en").isprintable()
    assert [each.name for each in tmp_path.iterdir()] == ["c.zip"]


def test_an_entry_without_a_name_is_left_out(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "c.zip", {"ana/neuron.py": CODE, "luis/neuron.py": CODE, "@": "x = 1\n"})
    path.write_bytes(path.read_bytes().replace(b"@", b"\0"))
    assert set(read(path)) == {"ana", "luis"}


def test_a_link_in_a_zip_is_not_taken_for_code(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("luis/neuron.py")
    link.external_attr = 0o120777 << 16
    path = make_zip(tmp_path / "c.zip", {"ana/neuron.py": CODE})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert problem(luis(path)) == "link"


@pytest.mark.parametrize("name", ["luis/neuron.py", "luis.py"])
def test_of_two_entries_of_one_name_none_is_taken(tmp_path: Path, name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile says it too
        path = make_zip(tmp_path / "c.zip", {"ana/neuron.py": CODE, name: CODE})
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "x = 1\n")
    found = read(path)
    assert code(found.pop("ana")) == CODE
    assert {problem(each) for each in found.values()} == {"twice_in_zip"}


def test_thousands_of_entries_of_one_name_take_no_ages(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
            for _ in range(6000):
                archive.writestr("ana.py", "")
    with within(1):
        find_submissions([tmp_path / "c.zip"], "neuron")


def test_a_file_under_a_password_says_so(tmp_path: Path) -> None:
    path = set_flag(make_zip(tmp_path / "c.zip", {"luis/neuron.py": CODE, "rosa/neuron.py": CODE}), ENCRYPTED)
    assert [problem(each) for each in read(path).values()] == ["encrypted", "encrypted"]


def test_a_damaged_file_in_a_zip_costs_only_itself(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "c.zip", {"ana/neuron.py": CODE, "luis/neuron.py": "x = 123\n"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"x = 123", b"x = 124"))
    assert problem(luis(path)) == "broken_entry"


def test_a_way_of_compressing_that_nobody_knows_costs_only_itself(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "c.zip", {"luis/neuron.py": CODE}, zipfile.ZIP_STORED)
    change_headers(path, {LOCAL: 8, CENTRAL: 10}, 97)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ana/neuron.py", CODE)
    assert problem(luis(path)) == "compression"


@pytest.mark.parametrize("name, memory", [("neuron.py", MEMORY), ("neuron.ipynb", 5 * MEMORY)])
def test_a_bomb_of_2_gb_is_not_let_off(tmp_path: Path, name: str, memory: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, so repeatable
    path = make_zip(tmp_path / "c.zip", {f"luis/{name}": megabyte * 2000 + packer.flush()}, zipfile.ZIP_STORED)
    change_headers(path, {LOCAL: 8, CENTRAL: 10}, zipfile.ZIP_DEFLATED)
    change_headers(path, {LOCAL: 22, CENTRAL: 24}, 2_000_000_000, "<I", old=0xFFFFFFFF)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ana/neuron.py", CODE)
        assert archive.getinfo(f"luis/{name}").file_size == 2_000_000_000
    assert problem(luis(path, memory)) == "too_large"


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_packed_otherwise_is_not_let_off_either(tmp_path: Path, compression: int) -> None:
    path = make_zip(tmp_path / "c.zip", {"luis/neuron.py": bytes(100_000_000)}, compression)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ana/neuron.py", CODE)
    assert problem(luis(path)) == "compression"


def test_a_bomb_that_belittles_itself_is_not_let_off(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "c.zip", {"luis/neuron.py": bytes(100_000_000)})
    change_headers(path, {LOCAL: 22, CENTRAL: 24}, 10, "<I", old=0xFFFFFFFF)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ana/neuron.py", CODE)
    assert problem(luis(path)) == "broken_entry"


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_any_byte_changed_is_read_or_refused(tmp_path: Path, compression: int) -> None:
    path = make_zip(tmp_path / "c.zip", {"ana/neuron.py": CODE, "ñ.py": CODE}, compression)
    whole = path.read_bytes()
    for i, byte in enumerate(whole):
        for other in {0, 0xFF, byte ^ 1, byte ^ 0x80} - {byte}:
            path.write_bytes(whole[:i] + bytes([other]) + whole[i + 1 :])
            try:
                found = read(path)
            except UserError:
                continue
            except Exception as error:
                pytest.fail(f"byte {i} changed from {byte} to {other}: {error!r}")
            assert {each.status for each in found.values()} <= {"graded", "unreadable"}


# The names of what is written

STUDENTS = st.text(min_size=1) | st.text(alphabet='aA.~ /\\:*?"<>|\x7f\n_ñ漢😀', min_size=1, max_size=12)
WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}


@settings(deadline=None)
@given(STUDENTS | st.text(min_size=80, max_size=400))
def test_every_student_has_a_file_name_that_each_system_takes(student: str) -> None:
    name = f"{file_name(student)}.json"
    assert len(name.encode("utf-8")) <= 255
    assert not set(name) & {*'/\\:*?"<>|\x7f', *map(chr, range(32))}
    assert file_name(student).strip(" .") == file_name(student) != ""
    assert name.split(".")[0].lower() not in WINDOWS_DEVICES


@pytest.mark.parametrize("student", [".", "..", "...", " ", "/", "\\", "NUL", "aux", "com1.txt", "\0", "~"])
def test_names_with_a_meaning_of_their_own_are_not_used(student: str, tmp_path: Path) -> None:
    assert file_name(student).lower() not in {"", ".", "..", *WINDOWS_DEVICES}
    (tmp_path / f"{file_name(student)}.json").touch()
    assert len(list(tmp_path.iterdir())) == 1


@settings(deadline=None)
@given(st.lists(STUDENTS, min_size=2, max_size=8, unique=True))
def test_different_students_have_different_file_names(students: list[str]) -> None:
    assert len({file_name(student) for student in students}) == len(students)


@pytest.mark.parametrize("one, other", [("a/b", "a\\b"), ("a ", "a"), ("x" * 300, "x" * 301), ("ñ" * 150, "ñ" * 151)])
def test_names_that_differ_only_in_what_is_replaced_are_told_apart(one: str, other: str) -> None:
    assert file_name(one) != file_name(other)


@settings(deadline=None)
@given(STUDENTS)
def test_nobody_can_take_anothers_file_by_calling_themselves_like_it(student: str) -> None:
    name = file_name(student)
    assert name == student or file_name(name) != name


def test_ordinary_names_are_the_files_names() -> None:
    for student in ("Ana García", "李小龙", "O'Brien", "=1", "-x", "a" * 200):
        assert file_name(student) == student


def test_the_names_can_be_written(tmp_path: Path) -> None:
    names = {f"{file_name(student)}.json" for student in ("漢" * 300, "😀" * 300, "ñ" * 300, "a" * 65_000, "a/b", "..")}
    for name in names:
        (tmp_path / name).touch()
    assert {path.name for path in tmp_path.iterdir()} == names
    shutil.rmtree(tmp_path)
