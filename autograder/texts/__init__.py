"""Everything that people read, one TOML file a language, with the same names and placeholders in each."""

import functools
import locale
import os
from collections.abc import Callable
from importlib import resources

import msgspec

LANGUAGES = ("es", "en")


class Place(msgspec.Struct, frozen=True):
    """A line of a submission: of a code cell, by its number from 1, or, with cell 0, of a script."""

    cell: int
    line: int

    def in_language(self, language: str) -> str:
        return text(language, "place.cell" if self.cell else "place.line", cell=self.cell, line=self.line)


Value = str | int | float | Place


class Message(msgspec.Struct, frozen=True):
    """Something to tell, not yet in any language: the name of a text and what fills its placeholders."""

    name: str
    values: dict[str, Value] = {}

    def in_language(self, language: str) -> str:
        values = {k: v.in_language(language) if isinstance(v, Place) else v for k, v in self.values.items()}
        return text(language, self.name, **values)


class UserError(Exception):
    """A command that can't be carried out, and the one sentence that says why and what to do."""

    def __init__(self, name: str, /, **values: Value) -> None:
        super().__init__(name, values)
        self.message = Message(name, values)

    def __reduce__(self) -> tuple[Callable[[str], "UserError"], tuple[str]]:
        return functools.partial(UserError, **self.message.values), (self.message.name,)  # from another process


@functools.cache
def texts(language: str) -> dict[str, str]:
    """Return all texts of `language` by their dotted names."""
    raw = resources.files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    sections: dict[str, dict[str, str]] = msgspec.toml.decode(raw)
    return {f"{section}.{name}": value for section, named in sections.items() for name, value in named.items()}


def text(language: str, name: str, /, **values: str | int | float) -> str:
    """Return the text `name` with its placeholders filled."""
    return texts(language)[name].format(**values)


def preferred_language() -> str:
    """Return the language of the user's system where there are texts in it, English otherwise."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = (next(filter(None, named), None) or locale.getlocale()[0] or "")[:2]
    return code if code in LANGUAGES else "en"
