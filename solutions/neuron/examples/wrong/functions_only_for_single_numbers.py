# loses: sigmoid, relu
# looks like: relu_only_numbers, sigmoid_only_numbers
from math import exp
import numpy as np

def sigmoid(z):
    return 1 / (1 + exp(-z))

def relu(z):
    return z if z > 0 else 0

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)

quiz_1 = "b"
quiz_2 = "c"
