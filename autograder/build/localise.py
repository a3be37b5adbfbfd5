"""One source in two languages: what is for one of them only is tagged, and left out for the other.

A comment `# es: text` becomes `# text` in Spanish and nothing in English; so does a line that ends in `  # es`.
"""

import ast
import re

from autograder.texts import LANGUAGES

_COMMENT = re.compile(rf"^(\s*)# ({'|'.join(LANGUAGES)}):(.*)$")
_TAGGED = re.compile(rf"^(.*\S)  # ({'|'.join(LANGUAGES)})$")


def localise(source: str, language: str) -> str:
    """Return `source` as it is for `language`."""
    lines = []
    for line in source.splitlines():
        comment, tagged = _COMMENT.match(line), _TAGGED.match(line)
        if comment:
            if comment[2] == language:
                lines.append(f"{comment[1]}#{comment[3]}")
        elif tagged:
            if tagged[2] == language:
                lines.append(tagged[1])
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def language_of(line: str) -> str | None:
    """Return the language that a line is tagged for, None for one that is for all."""
    found = _COMMENT.match(line) or _TAGGED.match(line)
    return found[2] if found else None


def drop_promises(source: str, language: str) -> str:
    """Return the test file `source` with the marks' promises in `language` only."""
    raw = source.encode("utf-8")
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    others = [
        keyword
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in LANGUAGES and keyword.arg != language
    ]
    for keyword in sorted(others, key=lambda keyword: (keyword.lineno, keyword.col_offset), reverse=True):
        start = starts[keyword.lineno - 1] + keyword.col_offset
        end = starts[keyword.value.end_lineno - 1] + keyword.value.end_col_offset  # type: ignore[operator]
        before, after = raw[:start], re.sub(rb"^\s*,[ \t]*", b"", raw[end:])
        if before.rstrip(b" \t").endswith(b"\n"):  # it had a line of its own
            before, after = before.rstrip(b" \t"), after.removeprefix(b"\n")
        raw = before + after
    return raw.decode("utf-8")
