# loses: nothing
# Looks for descriptors that belong to the grader or the zygote, and writes on them.
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


def others():
    found = False
    for descriptor in range(4, 256):
        try:
            os.fstat(descriptor)
            found = True
            os.write(descriptor, b"\x81\xa4verb\xa5spawn")
        except OSError:
            pass
    return found


probe("another descriptor", others)


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
