"""Runs of the command line that a test goes on beside: to watch them, kill them and see what they left."""

import os
import subprocess
import sys
import time
from pathlib import Path

from conftest import ROOT


def files(out: Path) -> dict[str, bytes]:
    """Return all that a run wrote, but for the gradebook, whose bytes tell of its history."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith("gradebook.sqlite")
    }


def start(source: Path, out: Path, *more: str) -> "subprocess.Popen[str]":
    env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "autograder", "grade", str(source), "--out", str(out), *more]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_for_results(out: Path, count: int) -> None:
    until = time.monotonic() + 30
    while len(list(out.glob("results/*.json"))) < count:
        assert time.monotonic() < until
        time.sleep(0.002)


def below(pid: int, word: bytes) -> list[int]:
    """Return the processes below `pid`, of any depth, that have `word` in their command line."""
    children: list[str] = []
    for thread in Path(f"/proc/{pid}/task").glob("*"):  # each has children of its own
        try:
            children += (thread / "children").read_text(encoding="ascii").split()
        except OSError:
            continue
    found = []
    for child in map(int, children):
        try:
            found += [child] if word in Path(f"/proc/{child}/cmdline").read_bytes() else []
        except OSError:
            continue
        found += below(child, word)
    return found
