"""The command line: what can be said on it; what it does stands in `commands`."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, get_args

from autograder.assignment import SOLUTIONS, Assignment, FeedbackLevel, find_course, load_assignment
from autograder.printable import printable
from autograder.texts import LANGUAGES, UserError, preferred_language, text

CANNOT = 2
INTERRUPTED = 130

# What argparse itself says, by the names of our texts.
_ARGPARSE = {
    "usage: ": "usage",
    "positional arguments": "positional",
    "options": "options",
    "show this help message and exit": "show_help",
    "the following arguments are required: %s": "required",
    "unrecognized arguments: %s": "unrecognized",
    "invalid choice: %(value)r (choose from %(choices)s)": "invalid_choice",
    "invalid %(type)s value: %(value)r": "invalid_value",
    "expected one argument": "expected_one",
    "expected at least one argument": "expected_some",
    "argument %(argument_name)s: %(message)s": "argument",
    "not allowed with argument %s": "not_allowed_with",
}


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        fail(text(_language_of(sys.argv), "argparse.error", message=message))


def fail(sentence: str) -> NoReturn:
    print(printable(sentence), file=sys.stderr)
    sys.exit(CANNOT)


def main() -> NoReturn:
    """Run the command that `sys.argv` holds; exit as the contract of the command line says."""
    _write_utf8()
    language = _language_of(sys.argv)
    _translate_argparse(language)
    arguments = _parser(language).parse_args()
    try:
        if arguments.command == "new":
            sys.exit(_new(arguments, language))
        assignment = _find_assignment(arguments.assignment)
        language = arguments.lang or assignment.settings.language
        sys.exit(arguments.run(assignment, arguments, language))
    except UserError as error:
        fail(error.message.in_language(language))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


def _parser(language: str) -> argparse.ArgumentParser:
    def told(name: str) -> str:
        return text(language, f"help.{name}")

    parser = Parser(prog="autograder", description=told("program"))
    metavar = "grade | report | validate | build | package | new"
    commands = parser.add_subparsers(dest="command", required=True, metavar=metavar)

    def command(name: str, run: Callable[[Assignment, argparse.Namespace, str], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=told(name), description=told(f"{name}_long"))
        added.add_argument("--assignment", metavar="NAME", help=told("assignment"))
        added.add_argument("--lang", choices=LANGUAGES, help=told("lang"))
        added.set_defaults(run=run)
        return added

    grade = command("grade", _grade)
    grade.add_argument("source", nargs="+", type=Path, metavar="SOURCE", help=told("source"))
    grade.add_argument("--out", type=Path, required=True, metavar="DIR", help=told("out"))
    grade.add_argument("--gradebook", type=Path, metavar="FILE", help=told("gradebook"))
    grade.add_argument("--column", metavar="TITLE|ID", help=told("column"))
    grade.add_argument("--all", action="store_true", help=told("all"))
    grade.add_argument("--force", action="store_true", help=told("force"))
    where = grade.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=_positive, metavar="N", help=told("jobs"))
    where.add_argument("--cluster", metavar="ADDRESS", help=told("cluster"))
    grade.add_argument("--require", choices=["strict"], help=told("require"))
    grade.add_argument("--no-pages", action="store_true", help=told("no_pages"))
    grade.add_argument("--seed", type=int, metavar="N", help=told("seed"))
    report = command("report", _report)
    report.add_argument("folder", type=Path, metavar="DIR", help=told("folder"))
    report.add_argument("--feedback", choices=get_args(FeedbackLevel), help=told("feedback"))
    report.add_argument("--anonymous", action="store_true", help=told("anonymous"))
    build = command("build", _build)
    build.add_argument("--check", action="store_true", help=told("check"))
    package = command("package", _package)
    package.add_argument("target", choices=["gradescope", "otter", "student"], help=told("target"))
    package.add_argument("--out", type=Path, required=True, metavar="DIR", help=told("package_out"))
    validate = command("validate", _validate)
    validate.add_argument("assignment", nargs="?", default=argparse.SUPPRESS, metavar="NAME", help=told("assignment"))
    new = commands.add_parser("new", help=told("new"), description=told("new_long"))
    new.add_argument("name", metavar="NAME", help=told("name"))
    new.add_argument("--lang", choices=LANGUAGES, help=told("new_lang"))
    return parser


def _positive(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(text(_language_of(sys.argv), "argparse.not_positive", value=word))
    return int(word)


def _grade(assignment: Assignment, arguments: argparse.Namespace, language: str) -> int:
    if sys.platform == "win32":
        raise UserError("error.windows")
    from autograder.commands.grade import Request, grade

    request = Request(
        sources=arguments.source,
        out=arguments.out,
        language=language,
        gradebook=arguments.gradebook,
        column=arguments.column,
        everyone=arguments.all,
        force=arguments.force,
        jobs=arguments.jobs,
        strict=arguments.require == "strict",
        pages=not arguments.no_pages,
        seed=arguments.seed,
        cluster=arguments.cluster,
    )
    return grade(assignment, request)


def _report(assignment: Assignment, arguments: argparse.Namespace, language: str) -> int:
    from autograder.commands.report import report

    return report(assignment, arguments.folder, language, arguments.feedback, arguments.anonymous)


def _build(assignment: Assignment, arguments: argparse.Namespace, language: str) -> int:
    from autograder.commands.build import build, check

    return check(assignment, language) if arguments.check else build(assignment, language)


def _package(assignment: Assignment, arguments: argparse.Namespace, language: str) -> int:
    from autograder.commands.package import package

    return package(assignment, arguments.target, language, arguments.out)


def _validate(assignment: Assignment, arguments: argparse.Namespace, language: str) -> int:
    if sys.platform == "win32":
        raise UserError("error.windows")
    from autograder.commands.validate import validate

    return validate(assignment, language)


def _new(arguments: argparse.Namespace, language: str) -> int:
    from autograder.commands.new import new

    return new(Path.cwd(), arguments.name, language)


def _find_assignment(name: str | None) -> Assignment:
    """Return the assignment that is asked for, or the only one there is. Raises UserError."""
    course = find_course(Path.cwd())
    if name is None:
        known = sorted(path.parent.name for path in (course / SOLUTIONS).glob("*/assignment.toml"))
        if len(known) > 1:
            raise UserError("error.which_assignment", known=", ".join(known))
        if not known:
            raise UserError("error.no_assignments", folder=str(course / SOLUTIONS))
        name = known[0]
    return load_assignment(course, name)


def _language_of(words: list[str]) -> str:
    """Return the language that a command asks for, before it is understood."""
    for word, value in zip(words, [*words[1:], ""]):
        wanted = word.removeprefix("--lang=") if word.startswith("--lang=") else value if word == "--lang" else ""
        if wanted in LANGUAGES:
            return wanted
    return preferred_language()


def _translate_argparse(language: str) -> None:
    """Let argparse speak `language`: it looks its sentences up with a function of this name."""

    def translate(sentence: str) -> str:
        return text(language, f"argparse.{_ARGPARSE[sentence]}") if sentence in _ARGPARSE else sentence

    argparse._ = translate  # type: ignore[attr-defined]


def _write_utf8() -> None:
    """Write UTF-8 whatever the system's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
