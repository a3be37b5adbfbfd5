import numpy as np

e = np.e   # el número e

def sigmoid(z):
    return 1 / (1 + np.power(e, -1.0 * z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        input_sum_with_bias = np.dot(self.weights, inputs) + self.bias
        return sigmoid(input_sum_with_bias)

quiz_1 = "b"
quiz_2 = "c"
