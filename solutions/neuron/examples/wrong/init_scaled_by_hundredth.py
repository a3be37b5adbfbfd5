# loses: init
# looks like: init_narrow_range
"""Implementación de una sola neurona.

Sustituye cada `...` por tu código. No cambies los nombres.
"""
import numpy as np


def sigmoid(z):
    # Sigmoide: 1 dividido entre (1 más e elevado a -z)
    return 1 / (1 + np.exp(-z))


def relu(z):
    # ReLU: z si es positivo, 0 si no
    return np.maximum(0, z)


class Neuron:
    def __init__(self, n_inputs):
        # Pesos y sesgo: aleatorios y pequeños
        self.weights = 0.01 * np.random.uniform(-1, 1, n_inputs)
        self.bias = 0.01 * np.random.uniform(-1, 1)

    def activate(self, inputs):
        # Producto escalar de los pesos y las entradas, más el sesgo
        input_sum_with_bias = np.dot(self.weights, inputs) + self.bias
        # La sigmoide de esa suma
        output = sigmoid(input_sum_with_bias)
        return output


# Cuestionario: escribe la letra de la respuesta correcta
quiz_1 = "b"
quiz_2 = "c"
