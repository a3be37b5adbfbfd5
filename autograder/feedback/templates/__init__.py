"""The pages' templates. Whatever is put into them is escaped."""

import functools
import re
import textwrap
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from autograder.number import number
from autograder.texts import text

_CODE = re.compile(r"`([^`\n]+)`")


def render(template: str, language: str, **values: Any) -> str:
    """Return a page in `language`; `say` in the template finds its words."""
    say = functools.partial(text, language)
    return (
        _environment()
        .get_template(template)
        .render(language=language, say=say, style=_raw("style.css"), script=_raw("report.js"), **values)
    )


def prose(sentence: str) -> Markup:
    """Return a sentence as HTML: what stands between backticks is code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(sentence))))


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["prose"] = prose
    environment.filters["dedent"] = textwrap.dedent
    environment.filters["points"] = lambda score: "" if score is None else number(score)
    return environment


@functools.cache
def _raw(name: str) -> Markup:
    return Markup(_read(name).strip())


def _read(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
