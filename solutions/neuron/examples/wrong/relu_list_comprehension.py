# loses: relu
# looks like: relu_only_arrays
from __future__ import annotations

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return [max(0, x) for x in z]


class Neuron:
    def __init__(self, n_inputs: int) -> None:
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs) -> float:
        weighted_sum = np.dot(self.weights, inputs)
        return sigmoid(weighted_sum + self.bias)


quiz_1: str = "b"
quiz_2: str = "c"
