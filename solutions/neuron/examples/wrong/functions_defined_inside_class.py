# loses: sigmoid, relu
import numpy as np

class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    # las funciones de activación de la neurona
    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def relu(self, z):
        return np.maximum(0, z)

    def activate(self, inputs):
        input_sum_with_bias = np.dot(self.weights, inputs) + self.bias
        return self.sigmoid(input_sum_with_bias)

quiz_1 = "b"
quiz_2 = "c"
