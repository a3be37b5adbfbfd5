# loses: activate
import numpy as np
from numpy.random import uniform

# ---------- FUNCIONES ----------
def sigmoid(z):
    return np.divide(1, 1 + np.exp(-z))

def relu(z):
    return np.maximum(0.0, z)

# ---------- CLASE ----------
class Neuron:
    def __init__(self, n_inputs):
        self.weights = uniform(-1, 1, n_inputs)
        self.bias = uniform(-1, 1)

    def activate(self, inputs):
        w = self.weights
        z = w[0]*inputs[0] + w[1]*inputs[1] + w[2]*inputs[2] + self.bias
        return sigmoid(z)

# ---------- TEST ----------
quiz_1 = "b"
quiz_2 = "c"
