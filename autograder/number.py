"""Numbers as people and systems write them in sheets."""

import re

_NUMBER = re.compile(r"\s*(-?[\d.,\s]*\d)\s*")


def number(value: float) -> str:
    """Return points as people write them: 20, 2.5."""
    return f"{value:.10g}"


def parse_number(cell: str) -> float | None:
    """Return the number in a cell, whichever of comma and point stands before its decimals; None for no number."""
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return None
    *whole, last = re.split(r"[.,]", re.sub(r"\s", "", found[1]))
    try:
        return float(f"{''.join(whole)}.{last}" if whole else last)
    except ValueError:
        return None
