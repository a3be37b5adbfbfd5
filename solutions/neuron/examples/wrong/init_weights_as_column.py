# loses: init
# looks like: init_column
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        # vector columna
        self.weights = np.random.uniform(-1, 1, (n_inputs, 1))
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        # Suma ponderada con sesgo
        input_sum_with_bias = np.dot(self.weights.T, inputs) + self.bias
        # Función de activación
        output = sigmoid(input_sum_with_bias)
        return output

quiz_1 = "b"
quiz_2 = "c"
