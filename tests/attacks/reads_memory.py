# loses: nothing
# Looks for what earlier submissions left in memory, its own and its parent's.
import gc
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


def earlier():
    """Whether the honest submission graded before this one is still somewhere."""
    mark = " ".join(("producto", "escalar"))
    return any(type(found) is str and found is not mark and mark in found for held in gc.get_objects() for found in gc.get_referents(held))


probe("an earlier submission", earlier)
probe("its own memory", lambda: open("/proc/self/mem", "rb").close())
probe("the parent's memory", lambda: open(f"/proc/{os.getppid()}/mem", "rb").close())
probe("the parent's maps", lambda: pathlib.Path(f"/proc/{os.getppid()}/maps").read_bytes()[0])


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
