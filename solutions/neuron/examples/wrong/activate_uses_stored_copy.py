# loses: activate
# looks like: activate_uses_stored_copy
from __future__ import annotations

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


class Neuron:
    def __init__(self, n_inputs: int) -> None:
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)
        # private copies
        self._w = self.weights.copy()
        self._b = self.bias

    def activate(self, inputs) -> float:
        return sigmoid(np.dot(self._w, inputs) + self._b)


quiz_1: str = "b"
quiz_2: str = "c"
