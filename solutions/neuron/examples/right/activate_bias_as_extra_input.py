import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        # truco: el sesgo es un peso más, con una entrada que siempre vale 1
        w = np.append(self.weights, self.bias)
        x = np.append(inputs, 1)
        return sigmoid(np.dot(w, x))

quiz_1 = "b"
quiz_2 = "c"
