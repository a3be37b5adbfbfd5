# loses: sigmoid
# looks like: sigmoid_other_base
import numpy as np
from numpy.random import uniform

# ---------- FUNCIONES ----------
def sigmoid(z):
    # 1e-z = 10 elevado a -z
    return 1 / (1 + 10.0 ** -z)

def relu(z):
    return np.maximum(0.0, z)

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
