# loses: init
# looks like: init_only_negative
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
        self.weights = uniform(-1, 0, n_inputs)
        self.bias = uniform(-1, 0)

    def activate(self, inputs):
        return sigmoid(np.dot(inputs, self.weights) + self.bias)

# ---------- TEST ----------
quiz_1 = "b"
quiz_2 = "c"
