"""Whole classes through `autograder grade`: how long, how much memory all its processes take, and what a hang costs."""

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "solutions/neuron/examples"
ENDLESS = "\n\ndef relu(z):\n    while True:\n        pass\n"


class Run(msgspec.Struct):
    """One run of the command. `megabytes` is the most that all its processes had at once."""

    students: int
    cores: int
    what: str
    seconds: float
    megabytes: float

    @property
    def milliseconds(self) -> float:
        """Per submission and core."""
        return 1000 * self.seconds * self.cores / self.students


def make_class(folder: Path, students: int, endless: int = 0) -> Path:
    """Hand in: every second one is right, the others have different mistakes; `endless` of all never end."""
    right, wrong = (sorted((EXAMPLES / kind).glob("*.py")) for kind in ("right", "wrong"))
    folder.mkdir()
    for i in range(students):
        examples = wrong if i % 2 else right
        target = folder / f"s{i:05}.py"
        shutil.copy(examples[i // 2 % len(examples)], target)
        if endless and i % (students // endless) == 0:
            target.write_text((EXAMPLES / "right/lesson_version.py").read_text("utf-8") + ENDLESS, encoding="utf-8")
    return folder


def grade(source: Path, out: Path, cores: int, what: str, *options: str) -> Run:
    """Grade a class as an instructor does, with one lane for each core."""
    command = [sys.executable, "-m", "autograder", "grade", str(source), "--out", str(out), "--jobs", str(cores)]
    start = time.perf_counter()
    process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.DEVNULL)
    watch = Watch(process.pid)
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    watch.stop()
    if code != 0:
        raise SystemExit(f"autograder grade ended with {code}")
    return Run(len(list(source.iterdir())), cores, what, seconds, watch.megabytes)


class Watch(threading.Thread):
    """Looks now and then how much memory a process and all its descendants take, shared pages shared out."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.5):
            self.megabytes = max(self.megabytes, sum(map(_own_megabytes, _tree(self._pid))))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            for children in Path(f"/proc/{each}/task").glob("*/children"):
                found += map(int, children.read_text(encoding="ascii").split())
        except OSError:  # it ended meanwhile
            continue
    return found


def _own_megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
