"""Submissions that try to forge a grade or to do harm, each graded between two honest ones, in three situations."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack_runs import ATTACKS, ROOT, run_attack

from autograder.grading import Grader
from autograder.sandbox import user
from autograder.sandbox.layers import ON, ORDER

# What Docker leaves to root in a container: no administration, no tracing, no new namespaces.
DOCKER = (
    "+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,"
    "+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap"
)
NOBODY = "65534"
SITUATIONS = ("a container", "an ordinary user")


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_gains_nothing_and_touches_nobody(grader: Grader, path: Path) -> None:
    assert run_attack(grader, path) == []


def command_in(situation: str) -> list[str]:
    """Return what starts a program in a situation other than the present one."""
    if situation == "a container":
        return ["setpriv", "--bounding-set", f"-all,{DOCKER}", "--inh-caps", "-all"]
    ordinary = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    if user.own_python():  # in a folder that only root may enter: nobody may look too, and do no more
        return [*ordinary, "--inh-caps", "-all,+dac_read_search", "--ambient-caps", "-all,+dac_read_search"]
    return ordinary


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """Start the attacks in the situations that root can make, all at the same time."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can make other situations")
    started = {
        situation: subprocess.Popen(
            [*command_in(situation), sys.executable, ROOT / "tests/attack_runs.py"],
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/tmp"},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for situation in SITUATIONS
    }
    yield started
    for process in started.values():
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_attack_gains_anything_in(runs: dict[str, "subprocess.Popen[str]"], situation: str) -> None:
    said, _ = runs[situation].communicate(timeout=200)
    document = json.loads(said)
    assert {path.stem for path in ATTACKS} == set(document["reached"])
    assert {name: reached for name, reached in document["reached"].items() if reached} == {}
    in_force = {layer for layer in ORDER if document["isolation"][layer] == ON}
    may_change_user = situation == "a container" and not user.own_python()  # Docker does not leave what that needs
    assert in_force == set(ORDER) - (set() if may_change_user else {"user"})


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) >= 45


def old_kernel() -> None:
    """Leave this process, for good, without Landlock: as on a kernel that does not have it."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.add_rule(pyseccomp.ERRNO(38), "landlock_create_ruleset")
    rules.load()


def test_strict_refuses_to_grade_where_a_layer_is_missing(tmp_path: Path) -> None:
    def grade(*more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "autograder", "grade", str(ROOT / "tests/sample_class/ainhoa/neuron.py")]
        return subprocess.run(
            [*command, "--out", str(tmp_path / "out"), "--lang", "en", *more],
            cwd=ROOT,
            preexec_fn=old_kernel,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    refused = grade("--require", "strict")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "landlock: unavailable" in refused.stderr
    assert not (tmp_path / "out" / "grades.csv").exists()
    graded = grade()
    assert graded.returncode == 0
    assert "landlock unavailable" in graded.stderr
    assert "unavailable" in (tmp_path / "out/results/neuron.json").read_text(encoding="utf-8")
