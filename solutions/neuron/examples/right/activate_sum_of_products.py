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
        # paso 1: multiplicar, paso 2: sumar, paso 3: sesgo, paso 4: sigmoide
        productos = np.multiply(self.weights, inputs)
        suma = np.sum(productos)
        con_sesgo = suma + self.bias
        return sigmoid(con_sesgo)

quiz_1 = "b"
quiz_2 = "c"
