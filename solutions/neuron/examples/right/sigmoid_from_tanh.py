import numpy as np

# sigmoid(z) = (1 + tanh(z/2)) / 2, lo vimos en mates
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))

def relu(z):
    return (z + abs(z)) / 2

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)

quiz_1 = "b"
quiz_2 = "c"
