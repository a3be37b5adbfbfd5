import numpy as np

def sigmoid(z):
    return 1/(1+np.exp(-z))

def relu(z):
    return np.maximum(z, 0.0)

class Neuron:
    def __init__(self, n_inputs):
        # rand da números entre 0 y 1: por 2 y menos 1 -> entre -1 y 1
        self.weights = 2*np.random.rand(n_inputs) - 1
        self.bias = 2*np.random.rand() - 1

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)

quiz_1 = "b"
quiz_2 = "c"
