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
        # vengo de C, lo hago con while
        i = 0
        acumulador = 0.0
        while i < len(inputs):
            acumulador += inputs[i] * self.weights[i]
            i += 1
        return sigmoid(acumulador + self.bias)

quiz_1 = "b";
quiz_2 = "c";
