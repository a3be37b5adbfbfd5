"""Submissions that try to forge a grade or to do harm, each graded between two honest ones, in three situations."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack_runs import ATTACKS, DOWNLOADS, ROOT

from autograder.sandbox import user
from autograder.sandbox.layers import ON, ORDER

# What Docker leaves to root in a container: no administration, no tracing, no new namespaces.
DOCKER = (
    "+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,"
    "+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap"
)
NOBODY = "65534"
AS_WE_ARE, CONTAINER, ORDINARY = "as we are", "in a container", "as an ordinary user"


def situations() -> list[str]:
    """Return the situations that can be made here: others than the present one only by root."""
    may_change = os.geteuid() == 0 and shutil.which("setpriv") is not None
    return [AS_WE_ARE, CONTAINER, ORDINARY] if may_change else [AS_WE_ARE]


def command_in(situation: str) -> list[str]:
    """Return what starts a program in a situation."""
    if situation == AS_WE_ARE:
        return []
    if situation == CONTAINER:
        return ["setpriv", "--bounding-set", f"-all,{DOCKER}", "--inh-caps", "-all"]
    ordinary = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    if user.own_python():  # in a folder that only root may enter: nobody may look too, and do no more
        return [*ordinary, "--inh-caps", "-all,+dac_read_search", "--ambient-caps", "-all,+dac_read_search"]
    return ordinary


def layers_in(situation: str) -> set[str]:
    """Return the layers that must be in force in a situation."""
    may_change_user = os.geteuid() == 0 and situation != ORDINARY
    if situation == CONTAINER and user.own_python():  # Docker does not leave what that needs
        may_change_user = False
    return set(ORDER) - (set() if may_change_user else {"user"})


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """Start the attacks in all situations at the same time: mostly they wait."""
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/tmp"}
    with contextlib.ExitStack() as stack:
        started = {}
        for situation in situations():
            command = [*command_in(situation), sys.executable, ROOT / "tests/attack_runs.py"]
            process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, encoding="utf-8")
            started[situation] = stack.enter_context(process)
        yield started
        for process in started.values():
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("situation", situations())
def test_no_attack_gains_anything_or_touches_anybody(runs: dict[str, "subprocess.Popen[str]"], situation: str) -> None:
    said, _ = runs[situation].communicate(timeout=200)
    document = json.loads(said)
    assert {path.stem for path in [*ATTACKS, *DOWNLOADS]} == set(document["reached"])
    assert {name: reached for name, reached in document["reached"].items() if reached} == {}
    assert {layer for layer in ORDER if document["isolation"][layer] == ON} == layers_in(situation)


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
