# loses: nothing
# Takes hold of other processes as a debugger does.
import ctypes
import os

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


probe("attach", lambda: ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0)
probe("be traced", lambda: ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0)
probe("read", lambda: ctypes.CDLL(None).syscall(310, os.getppid(), 0, 0, 0, 0, 0) == 0)


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
