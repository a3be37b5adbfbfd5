# loses: sigmoid
# looks like: sigmoid_falls
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(z))

def relu(z):
    return np.maximum(0, z)

class Neuron:
    def __init__(self, n_inputs):
        # Inicializar pesos y sesgo
        self.weights = np.random.uniform(-1, 1, size=n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        # Suma ponderada con sesgo
        input_sum_with_bias = np.dot(self.weights, inputs) + self.bias
        # Función de activación
        output = sigmoid(input_sum_with_bias)
        return output

quiz_1 = "b"
quiz_2 = "c"
