# loses: nothing
# Looks for what the grader was told.
import os
import pathlib

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


probe("a secret", lambda: any("SECRET" in name for name in os.environ))
probe("another's environment", lambda: [path.read_bytes() for path in pathlib.Path("/proc").glob("[0-9]*/environ") if path.read_bytes()][0])
probe("the command lines", lambda: pathlib.Path(f"/proc/{os.getppid()}/cmdline").read_bytes()[0])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(0, z)


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"
