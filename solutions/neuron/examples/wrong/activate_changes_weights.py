# loses: activate
# looks like: activate_changes_weights
import numpy as np

quiz_1 = "b"
quiz_2 = "c"

def sigmoid(z):
    return 1 / (np.exp(-z) + 1)

def relu(z):
    return np.clip(z, 0, None)

class Neuron:
    def __init__(self, n_inputs):
        self.bias = np.random.uniform(-1, 1)
        self.weights = np.random.uniform(-1, 1, n_inputs)

    def activate(self, inputs):
        self.weights *= np.array(inputs)
        return sigmoid(self.weights.sum() + self.bias)
