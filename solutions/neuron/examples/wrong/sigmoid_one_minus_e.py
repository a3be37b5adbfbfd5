# loses: sigmoid
# looks like: sigmoid_minus_in_denominator
import numpy as np

quiz_1 = "b"
quiz_2 = "c"

def sigmoid(z):
    return 1 / (1 - np.exp(-z))

def relu(z):
    return np.clip(z, 0, None)

class Neuron:
    def __init__(self, n_inputs):
        self.bias = np.random.uniform(-1, 1)
        self.weights = np.random.uniform(-1, 1, n_inputs)

    def activate(self, inputs):
        productos = self.weights * np.array(inputs)
        return sigmoid(productos.sum() + self.bias)
