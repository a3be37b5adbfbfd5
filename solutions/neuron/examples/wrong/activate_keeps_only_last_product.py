# loses: activate
# looks like: activate_one_product_only
import numpy as np

# Ejercicio: implementación de una sola neurona

# función sigmoide: convierte z en un número entre 0 y 1
def sigmoid(z):
    resultado = 1 / (1 + np.exp(-z))
    return resultado

# función relu: si z es positivo devuelve z, si no devuelve 0
def relu(z):
    resultado = np.maximum(0, z)
    return resultado

# la neurona
class Neuron:
    def __init__(self, n_inputs):
        # un peso aleatorio por cada entrada
        self.weights = np.random.uniform(-1, 1, n_inputs)
        # un solo sesgo aleatorio
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        suma = 0
        # multiplico cada entrada por su peso
        for i in range(len(inputs)):
            suma = self.weights[i] * inputs[i]
        # añado el sesgo y aplico la sigmoide
        return sigmoid(suma + self.bias)

# preguntas
quiz_1 = "b"   # el sesgo desplaza la suma
quiz_2 = "c"   # romper la simetría
