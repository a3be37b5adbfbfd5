"""What each layer of isolation is worth: the attacks that are held with it off, and on an old kernel.

Run it as `python tests/benchmarks/layers.py`. With layers off attacks do come through, so it needs root, to run them in
namespaces of their own; it takes some minutes.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from autograder.sandbox.layers import ORDER, STRICT

RUNS = Path(__file__).parents[1] / "attack_runs.py"
APART = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--net", "--ipc"]
SHOWN = 4  # attacks that a row names
MOST_SECONDS = 300


def reached_with(layers: tuple[str, ...]) -> dict[str, list[str]] | str:
    """Return what each attack reached under `layers`, or why that can't be told."""
    command = [*APART, sys.executable, str(RUNS), ",".join(layers) or "none"]
    try:
        done = subprocess.run(command, capture_output=True, env={**os.environ, "A_SECRET": "x"}, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return "the grader itself is stopped"
    if done.returncode != 0:
        return "nothing runs: others need what is missing"
    reached: dict[str, list[str]] = json.loads(done.stdout)["reached"]
    return reached


def show(what: str, layers: tuple[str, ...]) -> None:
    reached = reached_with(layers)
    if isinstance(reached, str):
        print(f"{what:<24}{'':>10}   {reached}", flush=True)
        return
    through = [name for name, found in reached.items() if found]
    names = ", ".join(through[:SHOWN]) + (" …" if len(through) > SHOWN else "")
    print(f"{what:<24}{len(reached) - len(through):>4} of {len(reached)}   {names}", flush=True)


def main() -> None:
    if os.geteuid() != 0:
        sys.exit("It needs root: with layers off, attacks must run in namespaces of their own.")
    print(f"{'layers':<24}{'held':>10}   come through")
    show("all", ORDER)
    for layer in ORDER:
        show(f"without {layer}", tuple(name for name in ORDER if name != layer))
    old = [name for name in ORDER if name not in STRICT]  # what is left where the kernel has neither
    show("an old kernel", tuple(old))
    show("the same without user", tuple(name for name in old if name != "user"))


if __name__ == "__main__":
    main()
