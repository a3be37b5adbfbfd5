"""What Jupyter understands and Python does not: `%magic`, `!shell` and `help?` lines, `%%magic` cells."""

import io
import re
import tokenize

from autograder.sandbox.lines import split_lines

# Cell magics that only watch their cell run; the body of any other is no Python of this notebook's.
_BODY_IS_PYTHON = {
    "time",
    "timeit",
    "capture",
    "prun",
    "memit",
    "mprun",
    "lprun",
    "snakeviz",
    "scalene",
    "pyinstrument",
}
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_LINE = re.compile(r"^(\s*)([%!?]|[\w.,\s]+=\s*[%!][^=]|[\w.]+\s*\?{1,2}\s*$)")


def pass_over(cell: str) -> str:
    """Return `cell` as Python, line for line, with `pass` for each line that is Jupyter's."""
    magic = _CELL_MAGIC.match(cell)
    lines = split_lines(cell)
    if magic:
        first = cell[: magic.start(1)].count("\n")
        if magic[1] not in _BODY_IS_PYTHON:
            return ""
        lines[first] = ""
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if found and _is_whole("\n".join(lines[:number])):
            lines[number] = f"{found[1]}pass"
    return "\n".join(lines) + "\n"


def _is_whole(source: str) -> bool:
    """Whether a statement can begin after `source`: no bracket, string or continued line is open at its end."""
    try:
        for _ in tokenize.generate_tokens(io.StringIO(source + "\n").readline):
            pass
    except (tokenize.TokenError, SyntaxError):
        return False
    return not source.endswith("\\")
