"""Canvas: its zip and its gradebook as they are downloaded, and what may be uploaded."""

import csv
import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from lms_class import LMS, check_grades, grades, made_up, roster, scored

from autograder.handed_in import HandedIn
from autograder.late import Lateness
from autograder.lms.canvas_gradebook import CanvasGradebook
from autograder.lms.download import find_submissions
from autograder.lms.sheet import enrol, read_sheet
from autograder.texts import UserError

ZIP, GRADEBOOK = LMS / "canvas/submissions.zip", LMS / "canvas/gradebook.csv"
TITLE = "Implementación de una sola neurona"
OWN = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def rows_in(content: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def zip_of(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def handed_in(source: Path) -> dict[str, HandedIn]:
    return {each.student: each for each in find_submissions([source], "neuron")[0]}


def gradebook(path: Path, *rows: list[str], header: list[str] | None = None, separator: str = ",") -> Path:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([header or [*OWN, f"{TITLE} (7)"], *rows])
    path.write_text(file.getvalue(), encoding="utf-8")
    return path


def student(number: int, score: str = "", name: str = "Gil, Ana") -> list[str]:
    return [name, str(number), f"A{number}", "ana@b.example", "Grupo A", score]


POINTS = ["    Points Possible", "", "", "", "", "10.00"]


def sheet_of(path: Path, column: str | None = None) -> CanvasGradebook:
    sheet = read_sheet(path, [TITLE], column)
    assert isinstance(sheet, CanvasGradebook)
    return sheet


def test_a_download_and_its_gradebook_come_back_as_canvas_takes_them(autograder: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = autograder("grade", ZIP, "--gradebook", GRADEBOOK, "--out", out)
    assert done.returncode == 0
    assert done.stderr == "Muñoz de la Rosa, Ángel (15326): en la hoja ya hay un 60.00; en su lugar se escribe 100.\n"
    names = roster("canvas_user_id")
    check_grades(out, names)
    assert [key for key, row in grades(out).items() if row["late"] == "yes"] == ["15332"]

    before = {row[1]: row for row in csv.reader(io.StringIO(GRADEBOOK.read_text(encoding="utf-8"), newline=""))}
    example = rows_in((LMS / "canvas/upload_example.csv").read_bytes())
    written = rows_in((out / "canvas.csv").read_bytes())
    assert written[:2] == example[:2]  # headers and points, verbatim
    assert [row[:5] for row in written] == [row[:5] for row in example]
    assert all(row[:5] == before[row[1]][:5] for row in written[2:])
    assert {row[1]: row[5] for row in written[2:]} == {
        key: row["score"] for key, row in grades(out).items() if row["score"]
    }
    with zipfile.ZipFile(ZIP) as sent, zipfile.ZipFile(out / "canvas_feedback.zip") as back:
        attached = {tuple(part for part in name.split("_") if part.isdigit())[:2] for name in sent.namelist()}
        for name in back.namelist():  # as Canvas finds whose it is
            assert tuple(part for part in name.split("_") if part.isdigit())[:2] in attached
        assert len(back.namelist()) == 14


def test_whoever_sends_a_file_again_is_graded_on_the_newest(tmp_path: Path) -> None:
    found = handed_in(
        zip_of(
            tmp_path / "all.zip",
            **{
                "gilana_5_31_neuron-2.py": b"x = 2",
                "gilana_5_30_neuron-1.py": b"x = 1",
                "gilana_5_29_neuron.py": b"x = 0",
            },
            **{"pazluis_6_40_neuron.py": b"x = 0", "pazluis_6_39_neuron-1.py": b"x = 1"},
            **{"solmar_8_43_Neuron.py": b"x = 0", "solmar_8_44_neuron-1.py": b"x = 1"},
            **{"ortizleo_9_45_neuron.py": b"x = 0", "ortizleo_9_46_neuron (1).py": b"x = 1"},
            **{"ruizeva_7_41_neuron.py": b"x = 0", "ruizeva_7_42_neuron.ipynb": b"{}"},
        )
    )
    assert found["5"].read("neuron").cells == [(0, "x = 2")]
    told = found["6"].read("neuron")  # the name says one thing and the number another
    assert (told.status, told.cells) == ("graded", [(0, "x = 0")])  # the number is Canvas's own, the name may not be
    assert found["8"].read("neuron").cells == [(0, "x = 1")]  # capitals make no other file
    for key, name in (("7", "neuron.ipynb"), ("9", "neuron (1).py")):  # a browser's number is not Canvas's
        both = found[key].read("neuron")
        assert both.status == "unreadable"
        assert both.problem is not None and name in both.problem.in_language("es")


@pytest.mark.parametrize(
    ("entry", "key", "late"),
    [
        ("gilana_5_30_neuron.py", "5", 0.0),
        ("gilana_LATE_5_30_neuron.py", "5", None),
        ("gilana_5_30_my_6_31_neuron.py", "5", 0.0),
        ("los_mejores_5_30_neuron (1).py", "5", 0.0),  # a group
        ("007_5_30_neuron.py", "5", 0.0),
        ("_5_30_neuron.py", "5", 0.0),
        ("anon_Xy3bQ_30_neuron.py", "anon_Xy3bQ", 0.0),
        ("LATE_anon_Xy3bQ_30_neuron.py", "anon_Xy3bQ", None),
    ],
)
def test_the_names_in_canvass_zips(tmp_path: Path, entry: str, key: str, late: float | None) -> None:
    (each,) = handed_in(zip_of(tmp_path / "all.zip", **{entry: b"x = 1"})).values()
    assert (each.student, each.lms, each.late) == (key, "canvas", Lateness(late))
    assert "?" not in each.label
    assert each.reply_to == entry[: entry.index("30_") + 3]
    assert [str(file.path) for file in each.files] == [entry[entry.index("30_") + 3 :]]


def test_a_text_typed_in_is_not_passed_over(tmp_path: Path) -> None:
    files = {"gilana_5_text.html": b"<p>", "pazluis_6_31_neuron.py": b"x = 1"}
    found = handed_in(zip_of(tmp_path / "all.zip", **files))
    assert found["5"].read("neuron").status == "unreadable"


def test_whoever_gets_no_feedback_file_is_told(autograder: Run, tmp_path: Path) -> None:
    files = {"gilana_5_text.html": b"<p>", "pazluis_6_31_neuron.py": b"x = 1"}
    done = autograder("grade", zip_of(tmp_path / "a.zip", **files), "--out", tmp_path / "out", "--lang", "en")
    assert done.stderr == "gilana (5): without a file handed in, Canvas takes none back; it is in feedback/.\n"


def test_anonymous_submissions_cannot_go_into_a_gradebook(tmp_path: Path) -> None:
    sheet = sheet_of(gradebook(tmp_path / "g.csv", POINTS, student(5)))
    with pytest.raises(UserError) as refused:
        enrol(sheet, [HandedIn("anon_Xy3bQ", "canvas")])
    assert refused.value.message.name == "error.canvas_anonymous"


def test_of_a_group_only_the_member_that_canvas_names_is_listed(tmp_path: Path) -> None:
    sheet = sheet_of(gradebook(tmp_path / "g.csv", POINTS, student(5), student(6, name="Paz, Luis")))
    everybody, messages = enrol(sheet, [HandedIn("5", "canvas", name="los mejores")])
    assert [each.student for each in everybody] == ["5"]
    assert [message.name for message in messages] == ["warning.canvas_groups"]


def test_only_new_and_changed_scores_go_back_and_nothing_is_emptied(tmp_path: Path) -> None:
    rows = [student(5), student(6, "9.00"), student(7, "3.00"), student(8, "EX"), student(9, "1.00")]
    sheet = sheet_of(gradebook(tmp_path / "g.csv", ["    Manual Posting", "", "", "", "", ""], POINTS, *rows))
    found = [scored(made_up(str(n)), 90) for n in (5, 6, 7, 8)] + [made_up("9", status="unreadable")]
    content, messages = sheet.upload(found, 100, everyone=False)
    assert [(row[1], row[5]) for row in rows_in(content)[2:]] == [("5", "9"), ("7", "9")]
    assert [message.name for message in messages] == ["warning.grade_there", "warning.excused", "warning.grade_stays"]
    content, _ = sheet.upload(found, 100, everyone=True)
    assert [(row[1], row[5]) for row in rows_in(content)[2:]] == [("5", "9"), ("6", "9"), ("7", "9")]


def test_a_gradebook_with_semicolons_and_commas_keeps_them(tmp_path: Path) -> None:
    rows = [[*POINTS[:5], "10,00"], student(5, "2,50")]
    sheet = sheet_of(gradebook(tmp_path / "g.csv", *rows, separator=";"))
    content, (message,) = sheet.upload([scored(made_up("5"), 92.5)], 100, everyone=False)
    assert rows_in(content, ";")[2][5] == "9,25"
    assert "2,50" in message.in_language("es")


MORE = [*OWN, "Notas", "Otra (1) cosa (8)", f"{TITLE} (7)", "Current Score", "Unposted Final Score (9)"]


def test_the_column_is_found_by_title_or_named(tmp_path: Path) -> None:
    points = [*POINTS[:5], "", "5", "10", "", ""]
    row = [*student(5)[:5], "", "4", "", "", ""]
    path = gradebook(tmp_path / "g.csv", points, row, header=MORE)

    def header(column: str | None, title: str = TITLE) -> str:
        sheet = read_sheet(path, [title], column)
        assert isinstance(sheet, CanvasGradebook)
        return rows_in(sheet.upload([], 100, everyone=False)[0])[0][5]

    assert header(None) == header("7") == header(TITLE) == f"{TITLE} (7)"
    assert header("8") == header("Otra (1) cosa") == header("Otra (1) cosa (8)") == "Otra (1) cosa (8)"
    for column, title, name in ((None, "Recta", "error.canvas_which"), ("Recta", TITLE, "error.canvas_no_column")):
        with pytest.raises(UserError) as refused:
            read_sheet(path, [title], column)
        assert refused.value.message.name == name
        assert "Otra (1) cosa (8)" in refused.value.message.in_language("en")


def test_an_assignment_may_be_called_like_a_total(tmp_path: Path) -> None:
    header = [*OWN, "Final Grade (7)", "Final Score (2026)"]
    path = gradebook(tmp_path / "g.csv", [*POINTS, "(read only)"], [*student(5), ""], header=header)
    assert rows_in(sheet_of(path).upload([], 100, everyone=False)[0])[0][5] == "Final Grade (7)"


def test_names_in_two_columns_are_read_as_one(tmp_path: Path) -> None:
    header = ["LastName", "FirstName", *OWN[1:], f"{TITLE} (7)"]
    people = [("Gil", "Ana", "5"), ("Paz", "Luis", "6"), ("Student", "Test", "9")]
    rows = [[last, first, id, "", "", "Grupo A", ""] for last, first, id in people]
    sheet = sheet_of(gradebook(tmp_path / "g.csv", ["    Points Possible", *[""] * 5, "10"], *rows, header=header))
    everybody, messages = enrol(sheet, [HandedIn("5", "canvas", name="gilana")])
    assert messages == []
    assert [(each.name, each.submitted) for each in everybody] == [("Gil, Ana", True), ("Paz, Luis", False)]
    content, _ = sheet.upload([scored(made_up("5"), 90)], 100, everyone=False)
    assert rows_in(content)[2] == [*rows[0][:6], "9"]


def test_names_that_a_disk_took_apart_make_no_groups(tmp_path: Path) -> None:
    sheet = sheet_of(gradebook(tmp_path / "g.csv", POINTS, student(5, name="Muñoz, Ángel"), student(6)))
    path = zip_of(tmp_path / "a.zip", **{unicodedata.normalize("NFD", "muñozángel_5_30_neuron.py"): b"x = 1"})
    everybody, messages = enrol(sheet, list(handed_in(path).values()))
    assert ([each.submitted for each in everybody], messages) == ([True, False], [])


def test_an_assignment_without_points_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        sheet_of(gradebook(tmp_path / "g.csv", [*POINTS[:5], ""], student(5)))
    assert refused.value.message.name == "error.canvas_no_points"


NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)


@given(st.lists(st.tuples(NAME, st.sampled_from(["", "3.5", "9"])), min_size=1, max_size=6))
def test_any_names_and_any_rows_survive_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory, students: list[tuple[str, str]]
) -> None:
    rows = [student(n, score, name) for n, (name, score) in enumerate(students, 10)]
    sheet = sheet_of(gradebook(tmp_path_factory.mktemp("any") / "g.csv", POINTS, *rows))
    content, _ = sheet.upload([scored(made_up(row[1]), 90) for row in rows], 100, everyone=False)
    back = rows_in(content)
    assert back[0] == [*OWN, f"{TITLE} (7)"]
    expected = [[*row[:5], "9"] for row in rows if row[5] != "9" and row[0].strip() != "Points Possible"]
    assert back[2:] == [row for row in expected if row[0] != "Student, Test"]
