import numpy as np
import random   # al final no lo uso

# def sigmoid(z):
#     return 1 / 1 + np.exp(z)      <- MAL, faltan paréntesis y el menos

def sigmoid(z):
    return 0.0

def sigmoid(z):     # esta es la buena
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.zeros(n_inputs)
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        """
        output = relu(np.dot(self.weights, inputs))
        """
        return sigmoid(np.dot(self.weights, inputs) + self.bias)

quiz_1 = "a"
quiz_1 = "b"   # cambio de opinión
quiz_2 = "c"
