"""What people read after grading: the student's page, the class report, both again by `autograder report`."""

import contextlib
import csv
import itertools
import re
import shutil
import sqlite3
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import open_browser
from conftest import Run
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from autograder.assignment import Assignment
from autograder.feedback.class_report import class_report
from autograder.grade import grade_of
from autograder.gradebook import Gradebook
from autograder.grading import Grader
from autograder.handed_in import Who
from autograder.submission import read_submission, unreadable
from autograder.texts import Message

ROOT = Path(__file__).parents[1]
WRONG = ROOT / "solutions/neuron/examples/wrong"
HOSTILE = """# </pre><script>document.title = "taken"</script>
quiz_1 = "</h3><img src=x onerror=alert(1)>"
def relu(z): raise ValueError("<script>document.title = 'taken'</script>")
assert False, "<b>bold</b>"
"""
STUDENTS = {
    "José Ñandú": "relu_leaky",
    "jose": "relu_leaky",
    "Zoë O'Neill": "relu_unfilled",
    "李雷": "relu_unfilled",
    "quiz": "quiz_1_answer_a",
    "error": "sigmoid_math_exp",
    "uniform": "init_uniform_zero_to_one",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source") / "clase"
    shutil.copytree(ROOT / "tests/sample_class", folder)
    for student, example in STUDENTS.items():
        (folder / student).mkdir()
        shutil.copy(WRONG / f"{example}.py", folder / student / "neuron.py")
    (folder / "hostile").mkdir()
    (folder / "hostile/neuron.py").write_text(HOSTILE, encoding="utf-8")
    (folder / "binary").mkdir()
    (folder / "binary/neuron.py").write_bytes(b"\x00\x01")
    return folder


@pytest.fixture(scope="module")
def graded(source: Path, autograder: Run) -> Path:
    out = source.parent / "out"
    done = autograder("grade", source, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    with open_browser() as browser:
        yield browser


def page(out: Path, student: str) -> str:
    return (out / f"feedback/{student}.html").read_text(encoding="utf-8")


def words(html: str) -> str:
    """Return what is read of a page, with code between backticks."""
    without_style = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", re.sub("</?code>", "`", without_style)))


# --- the student's page


def test_each_page_is_one_small_file_that_needs_no_other_and_runs_nothing(graded: Path) -> None:
    pages = list((graded / "feedback").glob("*.html"))
    assert len(pages) == 23
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert len(html.encode()) < 60_000
        assert "<script" not in html
        assert not re.search(r'(?:src|href)="(?!#)', html), path.name
        assert "url(" not in html


def test_the_page_says_what_it_looks_like_and_what_to_read_again(graded: Path, grader: Grader) -> None:
    said = words(page(graded, "jose"))
    known = grader.exercise.misconceptions["relu_leaky"].words["es"]
    for sentence in (known.hint, known.explanation):
        assert sentence in said
    assert "el apartado «ReLU» de la lección" in said


def test_a_visible_check_tells_call_answer_and_expectation_a_hidden_one_does_not(graded: Path) -> None:
    html = page(graded, "jose")
    assert re.search(r"relu\(-2\.0\) → -0\.02", html)
    assert len(re.findall("se esperaba:", html)) == 2  # the two visible checks of the part
    assert html.count("No se cumple con otros números: pruébalo con algunos que elijas tú.") == 3


def test_the_line_that_fails_is_marked(graded: Path) -> None:
    html = page(graded, "error")
    marked = re.findall(r'<span class="wrong">.*?</span>', html)
    assert len(marked) == 1
    assert "math.exp(-z)" in marked[0]
    assert "Aquí falló: TypeError" in marked[0]


def test_a_wrong_quiz_answer_is_told_why_and_never_the_right_one(graded: Path) -> None:
    said = words(page(graded, "quiz"))
    assert "Multiplica cada entrada." in said
    assert "Lo que multiplica cada entrada es su peso" in said
    assert "Desplaza la suma ponderada" not in said


def test_pictures_are_described_for_those_who_cannot_see_them(graded: Path) -> None:
    described = re.findall(r'<figure role="img" aria-label="([^"]+)"', page(graded, "jose"))
    assert len(described) == 3
    assert described[1] == (
        "Tu ReLU y la correcta. Donde más se aparta de la correcta es en -4: la tuya da −0.04 en vez de 0."
    )
    assert described[0].endswith("La tuya coincide con la correcta.")
    assert "entre 0 y 1" in re.findall(r'aria-label="([^"]+)"', page(graded, "uniform"))[2]


class Outline(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: object) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_headings_leave_no_level_out(graded: Path) -> None:
    for path in (graded / "feedback").glob("*.html"):
        levels = Outline(path.read_text(encoding="utf-8")).levels
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path.name


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(root: Path, theme: int) -> None:
    css = (root / "autograder/feedback/templates/style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.split("prefers-color-scheme")[theme]))
    for text in ("text", "soft", "good", "bad", "note"):
        for behind in ("back", "panel", "note-back", "mark"):
            light, dark = sorted((luminance(colours[text]), luminance(colours[behind])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, behind)


def test_languages_are_never_mixed(source: Path, grader: Grader, autograder: Run, tmp_path: Path) -> None:
    autograder("grade", source, "--out", tmp_path / "es", "--lang", "es")
    autograder("grade", source, "--out", tmp_path / "en", "--lang", "en")
    for language, other in (("es", "en"), ("en", "es")):
        foreign = {check.promise[other] for check in grader.checks}
        foreign |= {each.words[other].explanation for each in grader.exercise.misconceptions.values()}
        for path in [*(tmp_path / language / "feedback").glob("*.html"), tmp_path / language / "report.html"]:
            said = words(path.read_text(encoding="utf-8"))
            assert f'<html lang="{language}">' in path.read_text(encoding="utf-8")
            assert not [sentence for sentence in foreign if sentence in said]


def test_what_a_submission_says_is_text_and_nothing_more(graded: Path, browser: WebDriver) -> None:
    for name, scripts in (("feedback/hostile.html", 0), ("report.html", 1)):
        browser.get((graded / name).as_uri())
        assert browser.title.startswith("Implementación de una sola neurona")
        assert browser.find_elements(By.TAG_NAME, "img") == []
        assert len(browser.find_elements(By.TAG_NAME, "script")) == scripts
    browser.get((graded / "feedback/hostile.html").as_uri())
    assert '</pre><script>document.title = "taken"</script>' in browser.find_element(By.TAG_NAME, "main").text


def test_the_page_fits_a_phone_and_goes_on_paper(graded: Path, browser: WebDriver) -> None:
    narrow = {"width": 360, "height": 780, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    try:
        for student in ("xiaoli", "jose", "error", "hostile"):
            browser.get((graded / f"feedback/{student}.html").as_uri())
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 360, student
            assert browser.get_log("browser") == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert len(browser.print_page()) > 10_000


# --- the class report


def column(browser: WebDriver, index: int) -> list[str]:
    """Return what stands in a column of the table, in the rows that are shown."""
    rows = browser.find_elements(By.CSS_SELECTOR, "#students tbody tr:not([hidden])")
    return [row.find_elements(By.CSS_SELECTOR, "th, td")[index].text for row in rows]


def heading(browser: WebDriver, text: str) -> int:
    buttons = browser.find_elements(By.CSS_SELECTOR, "#students thead button")
    return [button.text.rstrip("↕↑↓ ") for button in buttons].index(text)


def sort(browser: WebDriver, index: int) -> list[str]:
    browser.find_elements(By.CSS_SELECTOR, "#students thead button")[index].click()
    return column(browser, index)


def test_the_table_is_sorted_by_a_click_and_again_by_another(graded: Path, browser: WebDriver) -> None:
    browser.get((graded / "report.html").as_uri())
    score = heading(browser, "Nota")
    up = sort(browser, score)
    numbers = [float(cell) for cell in up if cell]
    assert numbers == sorted(numbers)
    assert up[-1] == ""  # who has no grade comes last
    down = [float(cell) for cell in sort(browser, score) if cell]
    assert down == sorted(numbers, reverse=True)
    names = sort(browser, heading(browser, "Estudiante"))
    assert names.index("angel") < names.index("jose") < names.index("José Ñandú") < names.index("Zoë O'Neill")
    assert browser.get_log("browser") == []


def test_searching_finds_letters_whatever_their_accents(graded: Path, browser: WebDriver) -> None:
    browser.get((graded / "report.html").as_uri())
    search = browser.find_element(By.ID, "search")
    search.send_keys("JOSE")
    assert set(column(browser, 0)) == {"José Ñandú", "jose", "maria_jose"}
    assert browser.find_element(By.ID, "found").text == "3 / 23"
    search.clear()
    search.send_keys("李")
    assert column(browser, 0) == ["李雷"]
    search.clear()
    search.send_keys("nobody at all")
    assert column(browser, 0) == []


def test_each_name_leads_to_its_page(graded: Path, browser: WebDriver) -> None:
    browser.get((graded / "report.html").as_uri())
    links = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "#students a")]
    assert len(links) == 23
    browser.find_element(By.LINK_TEXT, "Zoë O'Neill").click()
    assert "Zoë O'Neill" in browser.find_element(By.TAG_NAME, "header").text
    for link in links:
        browser.get(link)
        assert browser.find_elements(By.TAG_NAME, "h1"), link


def test_the_report_names_mistakes_and_who_shares_them(graded: Path, browser: WebDriver, grader: Grader) -> None:
    browser.get((graded / "report.html").as_uri())
    title = grader.exercise.misconceptions["relu_leaky"].words["es"].title
    group = next(each for each in browser.find_elements(By.CSS_SELECTOR, "details.group") if title in each.text)
    group.find_element(By.TAG_NAME, "summary").click()
    named = group.find_element(By.CLASS_NAME, "people").text
    assert "jose" in named
    assert "José Ñandú" in named
    alike = [each.text for each in browser.find_elements(By.CSS_SELECTOR, "details.group summary")]
    assert any(text.startswith("3 relu da el valor correcto para un número") for text in alike)  # oscar's stub too


def test_the_report_counts_as_the_table_of_grades_does(graded: Path, browser: WebDriver) -> None:
    with (graded / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    browser.get((graded / "report.html").as_uri())
    tiles = [tile.text.splitlines() for tile in browser.find_elements(By.CSS_SELECTOR, ".tiles li")]
    scores = [float(row["score"]) for row in rows if row["score"]]
    assert [str(len(scores)), "corregidas"] in tiles
    assert ["1", "ilegibles"] in tiles
    assert [f"{sum(scores) / len(scores):.1f}".removesuffix(".0"), "media, sobre 100"] in tiles
    bars = [
        int(bar.text.splitlines()[0]) for bar in browser.find_elements(By.CSS_SELECTOR, ".chart li") if "\n" in bar.text
    ]
    assert sum(bars) == len(scores)


def test_it_is_dark_where_the_reader_wants_it_dark(graded: Path, browser: WebDriver) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
        browser.get((graded / "report.html").as_uri())
        script = "return getComputedStyle(document.body).backgroundColor"
        seen[scheme] = browser.execute_script(script)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert seen == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 24, 27)"}


# --- the pages again


def contents(out: Path, *patterns: str) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for pattern in patterns for path in out.glob(pattern)}


def test_pages_can_be_left_out_and_written_later_to_the_same_bytes(
    source: Path, graded: Path, autograder: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert autograder("grade", source, "--out", out, "--no-pages").returncode == 0
    assert contents(out, "feedback/*", "report.html") == {}
    assert contents(out, "results/*", "grades.csv") == contents(graded, "results/*", "grades.csv")
    done = autograder("report", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(out, "feedback/*", "report.html") == contents(graded, "feedback/*", "report.html")


def test_pages_can_be_written_in_another_language_and_say_less(
    source: Path, graded: Path, grader: Grader, autograder: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(graded, out)
    known = grader.exercise.misconceptions["relu_leaky"].words["en"]
    assert autograder("report", out, "--lang", "en", "--feedback", "hint").returncode == 0
    said = words(page(out, "jose"))
    assert known.hint in said
    assert known.explanation not in said
    assert "Total: 85 of 100" in said
    assert autograder("report", out, "--feedback", "none").returncode == 0
    assert "note" not in re.findall(r'class="(\w+)"', page(out, "jose"))
    assert contents(out, "results/*", "grades.csv") == contents(graded, "results/*", "grades.csv")


def test_an_anonymous_report_names_nobody_and_leads_nowhere(graded: Path, autograder: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(graded, out)
    assert autograder("report", out, "--anonymous").returncode == 0
    html = (out / "report.html").read_text(encoding="utf-8")
    students = [path.stem for path in (out / "feedback").glob("*.html")]
    assert len(students) == 23
    also_words = {"error", "quiz", "uniform"}  # these stand in any report
    named = [student for student in students if re.search(rf"\b{re.escape(student)}\b", words(html))]
    assert set(named) <= also_words
    assert "href" not in html
    assert "Estudiante 23" in html


def anonymous_report(grader: Grader, sources: dict[str, str]) -> str:
    grades = []
    for student, source in sources.items():
        result = grader.grade(read_submission(student, "neuron.py", source.encode("utf-8")))
        grades.append(grade_of(Who(student), result, grader.assignment))
    return class_report(grades, grader.exercise, "en", anonymous=True)


def test_the_order_of_an_anonymous_report_tells_no_names(grader: Grader) -> None:
    reports = []
    for version in range(8):  # each student goes up and down with what she handed in
        html = anonymous_report(grader, {"ana": f"# {version}", "zoe": f"quiz_1 = 'b'  # {version}"})
        reports.append(re.findall(r'</th><td>[^<]+</td><td class="number">(\d+)', html))
    assert sorted(map(sorted, reports)) == [["0", "5"]] * 8
    assert ["0", "5"] in reports
    assert ["5", "0"] in reports


def test_an_anonymous_report_quotes_nobody(grader: Grader) -> None:
    source = "def relu(z): raise ValueError('by Ana')"
    assert "Ana" not in anonymous_report(grader, {"1": source, "2": source})


def test_who_gave_other_answers_is_not_said_to_be_alike(grader: Grader) -> None:
    right = (ROOT / "solutions/neuron/neuron.py").read_text(encoding="utf-8")
    grades = []
    for student, more in enumerate(["quiz_1 = 'a'", "quiz_1 = 'd'", "def relu(z): 1 / 0", "def relu(z): z.a"]):
        result = grader.grade(read_submission(str(student), "neuron.py", f"{right}\n{more}\n".encode()))
        assert result.score < 100
        grades.append(grade_of(Who(str(student)), result, grader.assignment))
    assert "Checks that several submissions fail" not in class_report(grades, grader.exercise, "en")


def test_a_folder_without_a_graded_class_is_told(autograder: Run, tmp_path: Path) -> None:
    done = autograder("report", tmp_path, "--lang", "en")
    assert done.returncode == 2
    assert done.stderr == (
        f"There is no graded class in {tmp_path}: give the folder that was given to `autograder grade --out`.\n"
    )


def test_after_the_exercise_changed_pages_are_not_made_of_old_results(autograder: Run, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(ROOT / "solutions", course / "solutions")
    out = tmp_path / "out"
    assert autograder("grade", ROOT / "tests/sample_class", "--out", out, cwd=course).returncode == 0
    reference = course / "solutions/neuron/neuron.py"
    reference.write_text(reference.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    done = autograder("report", out, "--lang", "en", cwd=course)
    assert (done.returncode, done.stderr.split(",")[0]) == (2, "The exercise")


def test_results_of_another_version_of_the_program_are_outdated_too(
    graded: Path, autograder: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(graded, out)
    with contextlib.closing(sqlite3.connect(out / "gradebook.sqlite", isolation_level=None)) as base:
        base.execute("UPDATE results SET result = '{\"student\": 1}' WHERE student = 'jose'")
    done = autograder("report", out, "--lang", "en")
    assert (done.returncode, done.stderr.split(",")[0]) == (2, "The exercise")


def test_a_run_that_is_broken_off_takes_nobody_out_of_the_report(
    graded: Path, assignment: Assignment, tmp_path: Path
) -> None:
    shutil.copy(graded / "gradebook.sqlite", tmp_path)
    with Gradebook(tmp_path / "gradebook.sqlite", assignment, assignment.seed) as gradebook:
        before = gradebook.last_run()
        who, result = before[0]
        gradebook.keep(unreadable(who.student, "", Message("problem.link")), result)
    with Gradebook(tmp_path / "gradebook.sqlite", assignment, assignment.seed) as gradebook:
        assert gradebook.last_run() == before


def test_a_single_file_is_told_on_the_terminal_what_it_looks_like(
    autograder: Run, grader: Grader, tmp_path: Path
) -> None:
    done = autograder("grade", WRONG / "relu_leaky.py", "--out", tmp_path / "out", "--lang", "en")
    known = grader.exercise.misconceptions["relu_leaky"].words["en"]
    assert f"➜ {known.hint}" in done.stdout
    assert f"➜ {known.explanation}" in done.stdout
    assert "relu(-2.0) → -0.02" in done.stdout
