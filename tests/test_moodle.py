"""Moodle: its zips and worksheets as they are downloaded, and what it takes back."""

import csv
import io
import random
import shutil
import subprocess
import unicodedata
import zipfile
from html import escape, unescape
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from lms_class import LMS, check_grades, grades, made_up, roster, rows_of, scored
from php_csv import rows_as_php

from autograder.handed_in import HandedIn
from autograder.late import Lateness
from autograder.lms.csv_file import read_csv
from autograder.lms.download import find_submissions
from autograder.lms.moodle_worksheet import MoodleWorksheet
from autograder.lms.sheet import enrol, read_sheet
from autograder.texts import UserError

INDIVIDUAL, ANONYMOUS = LMS / "moodle/individual", LMS / "moodle/anonymous"
NUMBERS = {INDIVIDUAL: "moodle_participant", ANONYMOUS: "moodle_participant_anonymous"}
CODE = b"x = 1\n"


def as_moodle_reads(content: bytes) -> list[list[str]]:
    """Read a worksheet as Moodle does."""
    return rows_as_php(content.decode("utf-8-sig"))


def sheet_of(path: Path, *rows: list[str], header: list[str] | None = None) -> MoodleWorksheet:
    header = header or ["Identifier", "Status", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header, *rows])
    path.write_text(file.getvalue(), encoding="utf-8-sig")
    sheet = read_sheet(path, [], None)
    assert isinstance(sheet, MoodleWorksheet)
    return sheet


def zip_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, CODE)
    return path


def handed_in(source: Path) -> dict[str, HandedIn]:
    return {each.student: each for each in find_submissions([source], "neuron")[0]}


@pytest.mark.parametrize(
    ("folder", "layout", "language"),
    [
        (INDIVIDUAL, "folders", "en"),
        (INDIVIDUAL, "flat", "es"),
        (ANONYMOUS, "folders", "es"),
        (ANONYMOUS, "flat", "en"),
    ],
)
def test_a_download_and_its_worksheet_come_back_as_moodle_takes_them(
    autograder: Run, tmp_path: Path, folder: Path, layout: str, language: str
) -> None:
    out, worksheet = tmp_path / "out", folder / f"worksheet_{language}.csv"
    done = autograder("grade", folder / f"submissions_{layout}_{language}.zip", "--gradebook", worksheet, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    names = roster(NUMBERS[folder])
    check_grades(out, names)

    before = csv.reader(io.StringIO(worksheet.read_text(encoding="utf-8-sig"), newline=""))
    header, *rows = before
    by_identifier = {row[0]: row for row in rows}
    raw = (out / "moodle.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *written = as_moodle_reads(raw)
    assert head == header
    assert len(written) == 14  # not the one who handed nothing in
    grade = header.index({"en": "Grade", "es": "Calificación"}[language])
    for row in written:
        assert not {'"', "\\"} & set(row[-1])
        assert row[-1].startswith("<p><strong>Total: ")
        was = by_identifier[row[0]]
        same = [i for i in range(len(header)) if i not in (grade, len(header) - 1)]
        assert [row[i] for i in same] == [was[i] for i in same]
        student = next(number for number in names if row[0].endswith(number))
        assert row[grade] == grades(out)[student]["score"]
    with zipfile.ZipFile(out / "moodle_feedback.zip") as archive:
        sent = {number for number, student in names.items() if student != "nerea"}
        assert set(archive.namelist()) == {f"x_{number}_assignfeedback_file/feedback.html" for number in sent}
        assert all(archive.read(name).startswith(b"<!DOCTYPE html>") for name in archive.namelist())


def test_what_moodle_said_in_words_of_lateness_is_in_the_grades(autograder: Run, tmp_path: Path) -> None:
    for language in ("en", "es"):
        found, _ = find_submissions([INDIVIDUAL / f"submissions_flat_{language}.zip"], "neuron")
        sheet = read_sheet(INDIVIDUAL / f"worksheet_{language}.csv", [], None)
        late = {each.student: each.late for each in enrol(sheet, found)[0]}
        assert late.pop("48218") == Lateness((24 + 8) * 3600)
        assert late.pop("48217") is None  # handed nothing in
        assert set(late.values()) == {Lateness(0)}


def test_a_sheet_that_was_graded_meanwhile_is_not_overwritten_in_silence(autograder: Run, tmp_path: Path) -> None:
    after = LMS / "moodle/accepted/individual/worksheet_after_es.csv"
    zip = INDIVIDUAL / "submissions_flat_es.zip"
    done = autograder("grade", zip, "--gradebook", after, "--out", tmp_path / "out")
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert "Joaquín Ibáñez Sáenz (48220): en la hoja ya hay un 80,00; en su lugar se escribe 70." in told
    (line,) = [line for line in told if "María José" in line]  # 100 and still 100, but somebody wrote to her
    assert line == "María José Fernández Núñez (48215): la hoja ya tiene otro comentario; el nuevo ocupa su lugar."
    assert "marca la casilla que permite actualizar los registros" in told[-1]


@pytest.mark.parametrize(
    ("entry", "student"),
    [
        ("Ana Gil_17_assignsubmission_file/neuron.py", "17"),
        ("Ana Gil_17_assignsubmission_file/code/neuron.py", "17"),
        ("Ana Gil_17_assignsubmission_file_/neuron.py", "17"),  # before 4.1
        ("Ana Gil_17_assignsubmission_file_neuron.py", "17"),
        ("Ana Gil_17_assignsubmission_file_Luis_18_assignsubmission_file_neuron.py", "17"),
        ("Ana Gil_17_assignsubmission_file/Luis_18_assignsubmission_file/neuron.py", "17"),
        ("Participante_17_assignsubmission_file_neuron.py", "17"),
        ("Default group_assignsubmission_file/neuron.py", "Default group"),
        ("CS101-Tarea-123/Ana Gil_17_assignsubmission_file/neuron.py", "17"),
    ],
)
def test_the_names_in_moodles_zips(tmp_path: Path, entry: str, student: str) -> None:
    (each,) = handed_in(zip_of(tmp_path / "all.zip", entry)).values()
    assert (each.student, each.lms) == (student, "moodle")
    assert each.read("neuron").status == "graded"


def test_text_typed_in_beside_a_file_does_not_disturb(tmp_path: Path) -> None:
    prefix = "Ana Gil_17_assignsubmission"
    found = handed_in(
        zip_of(
            tmp_path / "all.zip",
            f"{prefix}_onlinetext/onlinetext.html",
            f"{prefix}_file/neuron.py",
            f"{prefix}_file/notes.txt",
            "Luis Paz_18_assignsubmission_onlinetext_onlinetext.html",
        )
    )
    assert found["17"].read("neuron").file == "neuron.py"
    assert found["18"].read("neuron").status == "unreadable"  # with the reason, and not as if nothing had come


def test_a_program_without_moodles_name_is_told(tmp_path: Path) -> None:
    names = [f"A{i}_{i}_assignsubmission_file_neuron.py" for i in range(3)]
    found, messages = find_submissions([zip_of(tmp_path / "all.zip", *names, "extra.py", "readme.txt")], "neuron")
    assert len(found) == 3
    (message,) = messages
    assert "extra.py" in message.in_language("en")
    assert "readme" not in message.in_language("en")


def test_a_students_file_cannot_pass_a_folder_of_others_off_as_moodles(tmp_path: Path) -> None:
    names = ["ana.py", "luis.py", "eve_48211_assignsubmission_file_neuron.py"]
    assert set(handed_in(zip_of(tmp_path / "all.zip", *names))) == {"ana", "luis", names[2].removesuffix(".py")}


TEAM_HEADER = ["Identifier", "Full name", "Status", "Group", "Grade", "Maximum grade", "Last modified (grade)"]


def team_sheet(path: Path) -> MoodleWorksheet:
    members = [("Participant 1", "Ana", "Equipo A_1"), ("Participant 2", "Luis", "Equipo A_1")]
    members += [("Participant 3", "Eva", "B & C"), ("Participant 4", "Iker", "Default group")]
    members += [("Participant 31", "Noa", "Otro")]
    rows = [[who, name, "Submitted for grading - ", team, "", "10.00", "-"] for who, name, team in members]
    return sheet_of(path, *rows, header=TEAM_HEADER)


def test_a_teams_grade_goes_to_each_member(tmp_path: Path) -> None:
    names = ["Equipo A 1_31_assignsubmission_file/neuron.py", "B  C_32_assignsubmission_file/neuron.py"]
    found, _ = find_submissions(
        [zip_of(tmp_path / "all.zip", *names, "Default group_assignsubmission_file/neuron.py")], "neuron"
    )
    sheet = team_sheet(tmp_path / "sheet.csv")
    everybody, messages = enrol(sheet, found)
    assert messages == []
    by_team = {each.student: each for each in everybody}
    assert set(by_team) == {"Equipo A_1", "B & C", "Default group", "Otro"}
    assert by_team["Equipo A_1"].name == "Ana; Luis"
    assert by_team["Equipo A_1"].reply_to == "31"  # the team's own number, that Moodle wants to see again
    assert not by_team["Otro"].submitted  # though a participant has the number of another team
    content, _ = sheet.upload([scored(made_up("Equipo A_1"), 50)], {"Equipo A_1": ""}, 100)
    assert [(row[0], row[4]) for row in as_moodle_reads(content)[1:]] == [
        ("Participant 1", "5"),
        ("Participant 2", "5"),
    ]


def test_a_teams_name_is_known_by_its_letters_however_a_disk_keeps_them(tmp_path: Path) -> None:
    header = ["Identifier", "Full name", "Group", "Grade", "Maximum grade", "Last modified (grade)"]
    sheet = sheet_of(tmp_path / "sheet.csv", ["Participant 1", "Ana", "Ñandú", "", "10.00", "-"], header=header)
    entry = unicodedata.normalize("NFD", "Ñandú_31_assignsubmission_file_neuron.py")
    (each,), messages = enrol(sheet, find_submissions([zip_of(tmp_path / "all.zip", entry)], "neuron")[0])
    assert (each.student, each.submitted, messages) == ("Ñandú", True, [])


def test_a_team_before_4_1_is_found_by_its_members_number(tmp_path: Path) -> None:
    names = ["Equipo A 1-Ana_1_assignsubmission_file_/neuron.py", "Equipo A 1-Luis_2_assignsubmission_file_/neuron.py"]
    found, _ = find_submissions([zip_of(tmp_path / "all.zip", *names)], "neuron")
    everybody, messages = enrol(team_sheet(tmp_path / "sheet.csv"), found)
    assert (messages, [each.student for each in everybody if each.submitted]) == ([], ["Equipo A_1"])


CATALAN = ["Identificador d'usuari", "Nom complet", "Adreça", "Situació", "Qualificació", "Qualificació màxima"]
CATALAN += ["Es pot canviar", "Darrera modificació (tramesa)", "Darrera modificació (qualificació)", "Comentaris"]


def test_a_worksheet_in_another_language_is_read_by_its_structure(tmp_path: Path) -> None:
    rows = [
        [f"Participant{n}", "Ana", "a@b.example", "Tramès - ", "", "10,00", "Sí", "1 d'oct 2026, 10:00", "-", ""]
        for n in (5, 6)
    ]
    sheet = sheet_of(tmp_path / "sheet.csv", *rows, header=CATALAN)
    found, _ = find_submissions([zip_of(tmp_path / "a.zip", "Ana_5_assignsubmission_file_neuron.py")], "neuron")
    everybody, _ = enrol(sheet, found)
    assert [(each.name, each.email, each.late) for each in everybody] == [("Ana", "a@b.example", None)] * 2
    content, _ = sheet.upload([scored(made_up("5"), 85)], {"5": "<p>bé</p>"}, 100)
    head, row = as_moodle_reads(content)
    assert (head, row[4], row[9]) == (CATALAN, "8.5", "<p>bé</p>")


def test_teams_in_another_language_are_found_by_the_names_in_the_download(tmp_path: Path) -> None:
    header = [*CATALAN[:3], "Curs", "Situació", "Grup", *CATALAN[4:]]
    members = [("5", "Ana", "Equip A"), ("6", "Noa", "Equip A"), ("7", "Eva", "Equip B")]
    rows = [
        [f"Participant{n}", name, "a@b.example", "2026", "Tramès", team, "", "4,00", "Sí", "-", "-", ""]
        for n, name, team in members
    ]
    sheet = sheet_of(tmp_path / "sheet.csv", *rows, header=header)
    names = ["Equip A_98_assignsubmission_file_neuron.py", "Equip B_6_assignsubmission_file_neuron.py"]
    everybody, messages = enrol(sheet, find_submissions([zip_of(tmp_path / "a.zip", *names)], "neuron")[0])
    assert messages == []
    assert [(each.student, each.name, each.reply_to) for each in everybody] == [
        ("Equip A", "Ana; Noa", "98"),
        ("Equip B", "Eva", "6"),
    ]
    content, _ = sheet.upload([scored(made_up("Equip A"), 85)], {"Equip A": ""}, 100)
    assert [(row[0], row[6]) for row in as_moodle_reads(content)[1:]] == [
        ("Participant5", "3.4"),
        ("Participant6", "3.4"),
    ]


def test_a_grade_that_moodle_has_locked_is_told_and_left_out(tmp_path: Path) -> None:
    header = ["Identifier", "Grade", "Maximum grade", "Grade can be changed", "Last modified (grade)"]
    sheet = sheet_of(tmp_path / "sheet.csv", ["Participant 5", "3.00", "10.00", "No", "-"], header=header)
    content, messages = sheet.upload([scored(made_up("5"), 100)], {"5": ""}, 100)
    assert len(as_moodle_reads(content)) == 1
    assert [message.name for message in messages] == ["warning.grade_locked"]


def test_a_comment_of_an_earlier_round_is_replaced_without_a_word(tmp_path: Path) -> None:
    comment = "<p><strong>Total: 90 de 100</strong></p><p>Todo está bien.</p>"
    for there, named in (("Total: 70 de 100   Aún no", []), ("See me after class", ["warning.comment_there"])):
        row = ["Participant 5", "", "9.00", "10.00", "Monday, 12 October 2026, 6:22 PM", there]
        sheet = sheet_of(tmp_path / "sheet.csv", row)
        _, messages = sheet.upload([scored(made_up("5"), 90)], {"5": comment}, 100)
        assert [message.name for message in messages] == named


def test_where_moodle_cannot_read_its_own_dates_the_box_to_tick_is_told(tmp_path: Path) -> None:
    for touched, named in (("-", []), ("dilluns, 12 d'octubre 2026, 18:22", ["warning.moodle_dates"])):
        row = [
            "Participant5",
            "Ana",
            "a@b.example",
            "Tramès",
            "9,00",
            "10,00",
            "Sí",
            "1 d'oct 2026, 10:00",
            touched,
            "",
        ]
        sheet = sheet_of(tmp_path / "sheet.csv", row, header=CATALAN)
        _, messages = sheet.upload([scored(made_up("5"), 90)], {"5": ""}, 100)
        assert [message.name for message in messages] == named


def test_an_unreadable_submission_gets_the_reason_and_no_grade(tmp_path: Path) -> None:
    for there, named in (("7.00", ["warning.grade_stays"]), ("", [])):
        sheet = sheet_of(tmp_path / "sheet.csv", ["Participant 5", "", there, "10.00", "-", ""])
        content, messages = sheet.upload([made_up("5", status="unreadable")], {"5": "<p>why</p>"}, 100)
        assert [message.name for message in messages] == named
    assert as_moodle_reads(content)[1] == ["Participant 5", "", "", "10.00", "-", "<p>why</p>"]


ROW = ["Participant 5", "", "", "10.00", "-", ""]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"\xff\xfeI\x00d\x00", "error.gradebook_encoding"),
        ("Identificador,Calificación\n".encode("cp1252"), "error.gradebook_encoding"),
        (b"", "error.unknown_gradebook"),
        (b"a,b,c\n1,2,3\n", "error.unknown_gradebook"),
        (b'Identifier,Grade,Maximum grade\n"Participant 1', "error.broken_gradebook"),
        (b"Identifier,Grade,Maximum grade\n", "error.moodle_no_maximum"),
        (b"Identifier,Grade,Maximum grade\nParticipant 1,,Good\n", "error.moodle_no_maximum"),
    ],
)
def test_a_sheet_that_is_none_is_refused_in_a_sentence(tmp_path: Path, text: bytes, name: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(text)
    with pytest.raises(UserError) as refused:
        read_sheet(path, [], None)
    assert refused.value.message.name == name


def test_the_sheet_of_another_assignment_or_system_is_refused(autograder: Run, tmp_path: Path) -> None:
    zip = INDIVIDUAL / "submissions_flat_en.zip"
    out = tmp_path / "out"
    done = autograder("grade", zip, "--gradebook", ANONYMOUS / "worksheet_en.csv", "--out", out, "--lang", "en")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "is it another assignment's sheet?" in done.stderr
    done = autograder("grade", zip, "--gradebook", LMS / "canvas/gradebook.csv", "--out", out, "--lang", "en")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "is Canvas's, but the submissions are Moodle's" in done.stderr
    assert not out.exists()


def test_whoever_is_not_in_the_sheet_is_named(tmp_path: Path) -> None:
    found = [HandedIn("5", "moodle", name="Ana"), HandedIn("7", "moodle", name="Luis")]
    sheet = sheet_of(tmp_path / "sheet.csv", ROW, ["Participant 6", "", "", "10.00", "-", ""])
    everybody, (message,) = enrol(sheet, found)
    assert [(each.student, each.submitted) for each in everybody] == [("5", True), ("6", False), ("7", True)]
    assert "Luis (7)" in message.in_language("es")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6), TEXT)
def test_any_name_and_any_comment_survive_moodles_reader(
    tmp_path_factory: pytest.TempPathFactory, students: list[tuple[str, str]], there: str
) -> None:
    from autograder.feedback.html import one_line

    header = ["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"]
    numbered = {str(n): pair for n, pair in enumerate(students, 100)}
    rows = [[f"Participant {n}", name, "", "10.00", "-", there] for n, (name, _) in numbered.items()]
    sheet = sheet_of(tmp_path_factory.mktemp("any") / "sheet.csv", *rows, header=header)
    comments = {n: one_line(escape(comment)) for n, (_, comment) in numbered.items()}
    found = [scored(made_up(n), 90) for n in numbered]
    content, _ = sheet.upload(found, comments, 100)
    head, *read = as_moodle_reads(content)
    assert head == header
    assert [(row[0], row[2], row[5]) for row in read] == [(f"Participant {n}", "9", comments[n]) for n in numbered]
    for row, (_, comment) in zip(read, students):
        assert not {'"', "\\", "\n"} & set(row[5])
        assert unescape(row[5].replace("<br>", "\n")) == "\n".join(comment.splitlines())


@pytest.mark.skipif(shutil.which("php") is None, reason="needs PHP")
def test_our_reader_reads_as_php_does(tmp_path: Path) -> None:
    script = tmp_path / "read.php"
    script.write_text(
        "<?php while (($row = fgetcsv(STDIN, 0, ',')) !== false) {"
        " echo implode(' ', array_map(fn($cell) => bin2hex($cell ?? ''), $row)), \"\\n\"; }",
        encoding="utf-8",
    )
    generator = random.Random(7)
    for _ in range(60):
        cells = ["".join(generator.choices('a"\\, \n', k=5)).replace('"', '""') for _ in range(6)]
        text = ",".join(f'"{cell}"' for cell in cells[:3]) + "\n" + ",".join(f'"{cell}"' for cell in cells[3:]) + "\n"
        done = subprocess.run(["php", script], input=text, capture_output=True, encoding="utf-8", check=True)
        theirs = [[bytes.fromhex(cell).decode() for cell in line.split(" ")] for line in done.stdout.splitlines()]
        try:
            ours = rows_as_php(text)
        except csv.Error:  # a quote that is never closed: what PHP makes of it is no matter
            continue
        assert ours == [row for row in theirs if row != [""]]


def test_a_comment_that_ends_in_a_backslash_takes_nobody_out_of_the_sheet(tmp_path: Path) -> None:
    rows = [[f"Participant {n}", "", "", "10.00", "-", there] for n, there in ((5, 'see "C:\\'), (6, ""), (7, "\\"))]
    sheet = sheet_of(tmp_path / "sheet.csv", *rows)  # quoted as Moodle's own downloads are
    content, _ = sheet.upload([scored(made_up(n), 90) for n in "567"], dict.fromkeys("567", "<p>x</p>"), 100)
    assert [row[0] for row in as_moodle_reads(content)[1:]] == ["Participant 5", "Participant 6", "Participant 7"]


def test_a_worksheet_saved_by_a_spreadsheet_in_spanish_is_read(tmp_path: Path) -> None:
    text = (INDIVIDUAL / "worksheet_es.csv").read_text(encoding="utf-8-sig")
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(csv.reader(io.StringIO(text, newline="")))
    (tmp_path / "sheet.csv").write_text(file.getvalue(), encoding="utf-8")
    assert read_csv(tmp_path / "sheet.csv").separator == ";"
    sheet = read_sheet(tmp_path / "sheet.csv", [], None)
    assert isinstance(sheet, MoodleWorksheet)
    content, _ = sheet.upload([scored(made_up("48215"), 92.5)], {"48215": "<p>x</p>"}, 100)
    row = as_moodle_reads(content)[1]  # with commas: Moodle refuses the other
    assert (row[0], row[4]) == ("Participante48215", "92.5")
    assert len(rows_of(content.decode("utf-8-sig"))) == 1


def test_two_downloads_of_the_same_students_are_refused(autograder: Run, tmp_path: Path) -> None:
    zips = [zip_of(tmp_path / name, "Ana_5_assignsubmission_file_neuron.py") for name in ("one.zip", "two.zip")]
    done = autograder("grade", *zips, "--out", tmp_path / "out", "--lang", "en")
    assert (done.returncode, done.stderr) == (
        2,
        "Ana (5) is in more than one of the downloads: grade only the newest one.\n",
    )


def test_a_name_in_the_sheet_cannot_move_the_cursor(autograder: Run, tmp_path: Path) -> None:
    header = ["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)"]
    sheet_of(tmp_path / "sheet.csv", ["Participant 5", "Ana\x1b[2J", "3", "10", "-"], header=header)
    zip = zip_of(tmp_path / "a.zip", "Ana_5_assignsubmission_file_neuron.py")
    done = autograder("grade", zip, "--gradebook", tmp_path / "sheet.csv", "--out", tmp_path / "out")
    assert "en la hoja ya hay un 3" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout
