# loses: sigmoid, activate
# looks like: activate_no_bias, sigmoid_step
import numpy as np


def sigmoid(z):
    return np.round(1 / (1 + np.exp(-z)))


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
