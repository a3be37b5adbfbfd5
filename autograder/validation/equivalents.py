"""Mutants that are no mistakes: `equivalent.toml` in the exercise's folder names each, and says why it is right."""

from typing import Annotated

import msgspec

from autograder.assignment import Assignment, Strict
from autograder.texts import UserError
from autograder.validation.mutants import Mutant

EQUIVALENTS = "equivalent.toml"


class Equivalent(Strict, frozen=True):
    """One mutant that does what the reference does, as `validate` prints it."""

    within: str
    before: str
    after: str
    why: Annotated[str, msgspec.Meta(min_length=1)]

    def names(self, mutant: Mutant) -> bool:
        return (self.within, self.before, self.after) == (mutant.within, mutant.before, mutant.after)


class _File(Strict, frozen=True):
    equivalent: list[Equivalent]


def read_equivalents(assignment: Assignment) -> list[Equivalent]:
    """Return the mutants that the author says are right. Raises UserError."""
    path = assignment.folder / EQUIVALENTS
    if not path.exists():
        return []
    try:
        return msgspec.toml.decode(path.read_text(encoding="utf-8"), type=_File).equivalent
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("error.bad_assignment", path=str(path), reason=str(error)) from None
