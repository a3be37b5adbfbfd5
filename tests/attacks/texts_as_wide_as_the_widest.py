# loses: sigmoid
# Returns a list of short texts with a long one among them: as an array of numpy's it takes gigabytes.
import numpy as np


def sigmoid(z):
    return ["x" * 100_000] + [""] * 3_000


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
