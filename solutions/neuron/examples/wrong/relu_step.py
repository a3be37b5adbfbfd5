# loses: relu
# looks like: relu_mask
import numpy as np
from numpy.random import uniform

# ---------- FUNCIONES ----------
def sigmoid(z):
    return np.divide(1, 1 + np.exp(-z))

def relu(z):
    # 1 si es positivo, 0 si no
    return np.where(z > 0, 1, 0)

# ---------- CLASE ----------
class Neuron:
    def __init__(self, n_inputs):
        self.weights = uniform(-1, 1, n_inputs)
        self.bias = uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(inputs, self.weights) + self.bias)

# ---------- TEST ----------
quiz_1 = "b"
quiz_2 = "c"
