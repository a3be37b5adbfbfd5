# loses: nothing
# Opens files and threads until there are no more, and keeps them.
import os
import threading
import time

import numpy as np


kept = []
try:
    while len(kept) < 500:
        kept.append(os.pipe())
    print("BREACH a thousand descriptors")
except OSError:
    pass
for pair in kept:
    for descriptor in pair:
        os.close(descriptor)


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
