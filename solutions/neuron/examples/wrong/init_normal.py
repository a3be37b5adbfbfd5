# loses: init
# looks like: init_normal
from __future__ import annotations

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


class Neuron:
    def __init__(self, n_inputs: int) -> None:
        self.weights = np.random.randn(n_inputs)
        self.bias = np.random.randn()

    def activate(self, inputs) -> float:
        weighted_sum = np.dot(self.weights, inputs)
        return sigmoid(weighted_sum + self.bias)


quiz_1: str = "b"
quiz_2: str = "c"
