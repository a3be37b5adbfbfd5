# loses: nothing
# Writes wherever a file could stay, or be imported by a later worker.
import os
import pathlib
import sys
import tempfile

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


def write(place):
    path = pathlib.Path(place, "left_behind_by_a_submission.py")
    path.write_text("x = 1", encoding="utf-8")
    path.unlink()


probe("here", lambda: write("."))
probe("tmp", lambda: write(tempfile.gettempdir()))
probe("shm", lambda: write("/dev/shm"))
probe("home", lambda: write(os.path.expanduser("~")))
probe("beside numpy", lambda: write(pathlib.Path(np.__file__).parents[1]))
probe("on the path", lambda: [write(place) for place in sys.path if place])


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
