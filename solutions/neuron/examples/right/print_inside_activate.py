import numpy as np

def sigmoid(z):
    print("sigmoide de", z)
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        print("creando neurona con", n_inputs, "entradas...")
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        print("pesos:", self.weights, "entradas:", inputs)
        z = np.dot(self.weights, inputs) + self.bias
        print("suma con sesgo: {0}".format(z))
        return sigmoid(z)

quiz_1 = "b"
quiz_2 = "c"
