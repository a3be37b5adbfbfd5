import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.empty(n_inputs)
        for i in range(n_inputs):
            self.weights[i] = np.random.uniform(-1, 1)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        suma = self.bias
        for i in range(len(self.weights)):
            suma += self.weights[i] * inputs[i]   # peso por entrada
        return sigmoid(suma)

quiz_1 = "b"
quiz_2 = "c"
