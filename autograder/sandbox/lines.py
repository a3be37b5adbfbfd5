"""Lines as Python counts them: `str.splitlines` ends one at form feeds and at U+2028 too, which pasted text has."""

import re

_END = re.compile(r"\r\n?|\n")


def split_lines(source: str) -> list[str]:
    """Return the lines of `source` without their ends."""
    lines = _END.split(source)
    return lines if lines[-1] else lines[:-1]
