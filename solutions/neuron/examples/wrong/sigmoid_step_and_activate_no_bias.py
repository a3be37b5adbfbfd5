# loses: sigmoid, activate
# looks like: activate_no_bias
import numpy as np


def sigmoid(z):
    return 1 if z > 0 else 0


def relu(z):
    return np.maximum(0, z)


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs))


quiz_1 = "b"
quiz_2 = "c"
