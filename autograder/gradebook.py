"""The gradebook: every result as it comes, in a file that outlives a killed run, so that nothing is graded twice.

Results belong to rounds. A round is over when all files for the instructor are written; the next one begins with the
first result after that, or with the first grade that became another one. Files for an LMS hold the newest round.
"""

import contextlib
import functools
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

import autograder
from autograder.assignment import Assignment
from autograder.grade import Grade
from autograder.handed_in import Who
from autograder.result import Result
from autograder.submission import Submission
from autograder.texts import UserError

FILE_NAME = "gradebook.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (
    student TEXT PRIMARY KEY,
    submission TEXT NOT NULL, -- what it was made of
    basis TEXT NOT NULL, -- and by what
    result BLOB NOT NULL,
    score REAL,
    round INTEGER NOT NULL,
    who BLOB, -- that the student is, for the place that she is from
    place INTEGER -- in the class, for those in the last run
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rounds (number INTEGER PRIMARY KEY, is_over INTEGER NOT NULL);
"""
# Who is in the class stays as it was: this run may be broken off.
_KEEP = """
INSERT INTO results (student, submission, basis, result, round) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (student) DO UPDATE SET
    submission = excluded.submission, basis = excluded.basis, result = excluded.result,
    score = NULL, round = excluded.round
"""


class Gradebook:
    """Results by student. Use it with `with`. Raises UserError where it can't be read or written."""

    def __init__(self, path: Path, assignment: Assignment, seed: int) -> None:
        """`seed` is what random inputs are drawn from: another one makes other results."""
        self.outdated = 0  # results that were asked for and no longer hold
        self._path = path
        self._basis_with = functools.cache(functools.partial(_basis, assignment))
        self._basis = self._basis_with(seed)
        self._decoder = msgspec.json.Decoder(Result)
        try:
            self._base = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(_SCHEMA)
            newest = self._base.execute("SELECT number, is_over FROM rounds ORDER BY number DESC LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise self._problem(error) from None
        self._round: int = newest[0] if newest else 0
        self._is_over = newest is None or bool(newest[1])

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(self, *error: object) -> None:
        self._base.close()

    def find(self, submission: Submission) -> Result | None:
        """Return the result of this very submission, if it is known and nothing that it depends on has changed."""
        row = self._ask("SELECT submission, basis, result FROM results WHERE student = ?", submission.student)
        if row is None or row[0] != _fingerprint(submission):
            return None
        if row[1] != self._basis:
            self.outdated += 1
            return None
        return self._decoder.decode(row[2])

    def keep(self, submission: Submission, result: Result) -> None:
        """Write down a new result. A fault of the kit's own is graded again the next time."""
        basis = "" if result.status == "grader error" else self._basis
        self._begin_round()
        self._ask(_KEEP, result.student, _fingerprint(submission), basis, msgspec.json.encode(result), self._round)

    def settle(self, grades: list[Grade]) -> set[str]:
        """Write down the final scores and who is in the class; return who belongs to the newest round."""
        rounds = {}
        with self._all_or_nothing():
            self._ask("UPDATE results SET place = NULL")
            for place, each in enumerate(grades):
                score = each.score if each.graded else None
                before, number = self._ask("SELECT score, round FROM results WHERE student = ?", each.student)
                if before is not None and before != score:
                    self._begin_round()
                    number = self._round
                rounds[each.student] = number
                update = "UPDATE results SET score = ?, round = ?, who = ?, place = ? WHERE student = ?"
                who = msgspec.json.encode(each.handed_in)
                self._ask(update, score, number, who, place, each.student)
        return {student for student, number in rounds.items() if number == self._round}

    def last_run(self) -> list[tuple[Who, Result]]:
        """Return who was in the last run that was not broken off, with their results. Raises UserError."""
        try:
            rows = self._base.execute(
                "SELECT who, result, basis, place FROM results WHERE place IS NOT NULL ORDER BY place"
            ).fetchall()
        except sqlite3.Error as error:
            raise self._problem(error) from None
        found = []
        for who, encoded, basis, _ in rows:
            try:
                result, known_as = self._decoder.decode(encoded), msgspec.json.decode(who, type=Who)
            except msgspec.DecodeError:  # another version of this program wrote it
                raise UserError("error.report_outdated", path=str(self._path)) from None
            if basis and basis != self._basis_with(result.seed):
                raise UserError("error.report_outdated", path=str(self._path))
            found.append((known_as, result))
        return found

    def end_round(self) -> None:
        """Say that all files of this round are written."""
        self._ask("UPDATE rounds SET is_over = 1")
        self._is_over = True

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self._ask("BEGIN")
        try:
            yield
        except BaseException:
            self._base.rollback()
            raise
        self._ask("COMMIT")

    def _begin_round(self) -> None:
        if self._is_over:
            self._round, self._is_over = self._round + 1, False
            self._ask("INSERT INTO rounds VALUES (?, 0)", self._round)

    def _ask(self, sql: str, *values: object) -> Any:
        try:
            return self._base.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise self._problem(error) from None

    def _problem(self, error: sqlite3.Error) -> UserError:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):  # _RECOVERY, ...
            return UserError("error.gradebook_busy", path=str(self._path))
        return UserError("error.cannot_write", path=str(self._path), reason=str(error))


def _fingerprint(submission: Submission) -> str:
    """Return a hash of all that a student handed in, or of the reason why it can't be read."""
    problem = msgspec.json.encode(submission.problem).decode()
    return _hash(submission.sha256, submission.file, submission.status, problem)


def kit_hash() -> str:
    """Return a hash of the kit's own code."""
    return _hash(*map(_named, sorted(Path(autograder.__file__).parent.rglob("*.py"))))


def _basis(assignment: Assignment, seed: int) -> str:
    """Return a hash of all that results depend on besides the submission: the exercise, the kit, the seed."""
    settings = msgspec.json.encode(msgspec.structs.replace(assignment.settings, late=None, feedback="none")).decode()
    return _hash(str(seed), settings, kit_hash(), *map(_named, sorted(assignment.folder.glob("*.py"))))


def _named(path: Path) -> str:
    return f"{path.name}\n{path.read_text(encoding='utf-8')}"


def _hash(*words: str) -> str:
    digest = hashlib.sha256()
    for word in words:
        digest.update(f"{len(word)}:{word}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
