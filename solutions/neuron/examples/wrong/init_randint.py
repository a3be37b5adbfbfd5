# loses: init
# looks like: init_integers
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
        # números aleatorios entre -1 y 1
        self.weights = np.random.randint(-1, 2, n_inputs)
        self.bias = np.random.randint(-1, 2)

    def activate(self, inputs):
        return sigmoid(np.dot(inputs, self.weights) + self.bias)

# ---------- TEST ----------
quiz_1 = "b"
quiz_2 = "c"
