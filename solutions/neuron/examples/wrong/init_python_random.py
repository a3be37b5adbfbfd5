# loses: init
# looks like: init_other_generator
from __future__ import annotations

import random

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


class Neuron:
    def __init__(self, n_inputs: int) -> None:
        self.weights = np.array([random.uniform(-1, 1) for _ in range(n_inputs)])
        self.bias = random.uniform(-1, 1)

    def activate(self, inputs) -> float:
        weighted_sum = np.dot(self.weights, inputs)
        return sigmoid(weighted_sum + self.bias)


quiz_1: str = "b"
quiz_2: str = "c"
