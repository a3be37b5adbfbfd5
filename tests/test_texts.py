"""Everything that people read exists in each language, with the same placeholders, and is used."""

import re
from pathlib import Path

import pytest

from autograder.texts import LANGUAGES, texts

PLACEHOLDER = re.compile(r"\{(\w+)(?::[^}]*)?\}|%\((\w+)\)|(%s)")
MADE_UP = ("status.", "author.", "argparse.", "help.", "problem.")  # their names are put together in the code


def placeholders(text: str) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(text)}


def sources(root: Path) -> list[Path]:
    """Return the files of the engine that may name a text."""
    return [path for kind in ("*.py", "*.jinja") for path in (root / "autograder").rglob(kind)]


def test_each_text_stands_in_each_language() -> None:
    assert set(texts("es")) == set(texts("en"))


@pytest.mark.parametrize("name", sorted(texts("es")))
def test_placeholders_are_the_same_in_each_language(name: str) -> None:
    first, *others = [placeholders(texts(language)[name]) for language in LANGUAGES]
    assert all(other == first for other in others)


def test_no_text_is_unused(root: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sources(root))
    unused = []
    for name in texts("es"):
        last = name.split(".")[1].removesuffix("_long")
        made_up = {last, last.replace("_", " ")} if name.startswith(MADE_UP) else set()
        if not any(f'"{wanted}"' in code for wanted in {name} | made_up):
            unused.append(name)
    assert unused == []


def test_each_text_that_the_code_names_exists(root: Path) -> None:
    sections = {name.split(".")[0] for name in texts("es")}
    code = "".join(path.read_text(encoding="utf-8") for path in sources(root))
    named = set(re.findall(r'"(\w+\.\w+)"', code)) - {"report.html", "report.js"}  # these are files
    missing = {name for name in named if name.split(".")[0] in sections and name not in texts("es")}
    assert missing == set()
