"""Gradescope's container on this machine: /autograder, set up and run as Gradescope does it."""

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path("/autograder")
LOCK = Path(tempfile.gettempdir(), "autograder-container.lock")


@contextlib.contextmanager
def container_of(package: Path) -> Iterator[Path]:
    """Set up /autograder with the zip that the kit made. Skips the test where that can't be done."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # there is but one /autograder, and other tests want it too
        if ROOT.exists():
            pytest.skip("there is an /autograder already")
        yield from _set_up(package)


def _set_up(package: Path) -> Iterator[Path]:
    try:
        (ROOT / "results").mkdir(parents=True)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(ROOT / "source")
        shutil.copy(ROOT / "source" / "run_autograder", ROOT)
        python = Path(sys.executable).resolve().parent
        env = {"PATH": f"{python}:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root"}
        env |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        subprocess.run(["bash", ROOT / "source" / "setup.sh"], env=env, check=True, timeout=120)
        yield ROOT
    finally:
        shutil.rmtree(ROOT, ignore_errors=True)


def run_container(root: Path, submission: Path | None) -> dict[str, Any]:
    """Run `run_autograder` on a folder as Gradescope lays it out; return results.json."""
    shutil.rmtree(root / "submission", ignore_errors=True)
    if submission is not None:
        shutil.copytree(submission, root, dirs_exist_ok=True)
    (root / "results" / "results.json").unlink(missing_ok=True)
    env = {"PATH": "/usr/bin:/bin", "HOME": "/root"}
    subprocess.run(["bash", root / "run_autograder"], env=env, cwd="/", timeout=60, check=False)
    document: dict[str, Any] = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    return document
