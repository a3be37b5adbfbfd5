# loses: relu
# Raises from a depth of a thousand calls, each exception the cause of the next.
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z, depth=900):
    try:
        if depth:
            return relu(z, depth - 1)
        raise ValueError("x" * 100_000)
    except Exception as error:
        raise ValueError("y" * 100_000) from error


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"
