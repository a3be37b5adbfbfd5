import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1, 1)[0]   # [0] para que sea un número

    def activate(self, inputs):
        inputs = np.array(inputs)
        return sigmoid(np.vdot(self.weights, inputs) + self.bias)

quiz_1 = "b"
quiz_2 = "c"
