# loses: sigmoid, relu, activate
# Aborts and breaks its own memory, for a core dump as large as can be.
import ctypes
import os

import numpy as np


def sigmoid(z):
    os.abort()


def relu(z):
    ctypes.string_at(0)


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"
