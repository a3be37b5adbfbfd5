import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    contador = 0

    def __init__(self, n_inputs, nombre="neurona"):
        self.nombre = nombre
        self.n_inputs = n_inputs
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)
        self.ultima_salida = None
        Neuron.contador += 1

    def activate(self, inputs):
        self.ultima_salida = sigmoid(np.dot(self.weights, inputs) + self.bias)
        return self.ultima_salida

    def es_spam(self, inputs):
        return self.activate(inputs) > 0.5

    def __repr__(self):
        return f"{self.nombre}: pesos={self.weights}, sesgo={self.bias}"

quiz_1 = "b"
quiz_2 = "c"
