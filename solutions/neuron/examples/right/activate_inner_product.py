import numpy as np

def sigmoid(z):
    return np.divide(1, np.add(1, np.exp(np.negative(z))))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        self.weights, self.bias = np.random.uniform(-1, 1, n_inputs), np.random.uniform(-1, 1)

    def activate(self, inputs):
        z = np.inner(self.weights, inputs) + self.bias
        return sigmoid(z)

quiz_1 = "b"
quiz_2 = "c"
