import numpy as np

def sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s

def relu(z):
    r = np.maximum(0, z)
    return r

class Neuron:
    def __init__(self, n_inputs):
        self.bias = float(np.random.uniform(-1, 1))
        self.weights = []
        for _ in range(n_inputs):
            self.weights.append(float(np.random.uniform(-1, 1)))

    def activate(self, inputs):
        total = 0
        for w, x in zip(self.weights, inputs):
            total = total + w * x
        total = total + self.bias
        return sigmoid(total)

quiz_1 = "b"
quiz_2 = "c"
