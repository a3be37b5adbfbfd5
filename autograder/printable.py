"""Text from a submission, made safe to show: it can neither move a cursor nor turn the line around."""

import unicodedata

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, direction marks, half characters, private, unassigned
MAX_QUOTED = 500  # characters
_KEPT = "\u200d"  # joins emoji


def printable(text: str) -> str:
    """Return `text` with U+FFFD for each character that is not shown as itself, a blank for tabs and line ends."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd" if unicodedata.category(c) in _UNSAFE and c not in _KEPT else c
        for c in " ".join(text.replace("\t", " ").splitlines())
    )


def quoted(text: str) -> str:
    """Return the beginning of what a submission says, to be shown."""
    return printable(text[:MAX_QUOTED])
