import numpy as np

quiz_1 = "b"
quiz_2 = "c"

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(self.sumar(inputs))

    def sumar(self, inputs):
        return np.dot(self.weights, inputs) + self.bias

# las funciones van al final, Python las encuentra igual
def relu(z):
    return np.maximum(0, z)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))
