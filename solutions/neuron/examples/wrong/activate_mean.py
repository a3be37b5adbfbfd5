# loses: activate
# looks like: activate_mean
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

    def activate(self, inputs) -> float:
        weighted_mean = np.mean(self.weights * np.array(inputs))
        return sigmoid(weighted_mean + self.bias)


quiz_1: str = "b"
quiz_2: str = "c"
