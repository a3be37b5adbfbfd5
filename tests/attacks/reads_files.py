# loses: nothing
# Reads whatever is not its own: the kit, the key, a classmate's work, the users of the machine.
import glob
import os
import pathlib
import sys

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


probe("the users", lambda: pathlib.Path("/etc/passwd").read_text())
probe("the kit", lambda: pathlib.Path(sys.modules["autograder"].__file__).read_text())
probe("the folders", lambda: os.listdir("/"))
probe("the key", lambda: bool(glob.glob("/**/assignment.toml", recursive=True)))
probe("a classmate", lambda: bool(glob.glob("/**/neuron.py", recursive=True)))
probe("the checks", lambda: __import__("autograder.checks"))


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
