import numpy as np


def sigmoid(z):
    # log(1 + e^-z) without overflow
    return np.exp(-np.logaddexp(0, -z))


def relu(z):
    return np.clip(z, 0, np.inf)


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"
