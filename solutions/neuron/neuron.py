# es: Implementación de una sola neurona
# es:
# es: Sustituye cada `...` por tu código. Deja los nombres como están: las
# es: comprobaciones buscan `sigmoid`, `relu`, `Neuron`, `quiz_1` y `quiz_2`.
# es: Para comprobar tu trabajo, ejecuta `pytest` en esta carpeta.
# en: Implementing a single neuron
# en:
# en: Replace each `...` with your code. Keep the names as they are: the checks
# en: look for `sigmoid`, `relu`, `Neuron`, `quiz_1` and `quiz_2`.
# en: To check your work, run `pytest` in this folder.

import numpy as np


def sigmoid(z):
    # es: 1 dividido entre (1 más e elevado a -z)
    # en: 1 divided by (1 plus e to the power of -z)
    return 1 / (1 + np.exp(-z))  # solution


def relu(z):
    # es: z si es positivo, 0 si no; en un array, elemento a elemento
    # en: z if it is positive, 0 otherwise; in an array, element by element
    return np.maximum(0, z)  # solution


class Neuron:
    def __init__(self, n_inputs):
        # es: un peso por entrada y un solo sesgo, al azar entre -1 y 1:
        # es: np.random.uniform
        # en: one weight per input and a single bias, at random between -1 and 1:
        # en: np.random.uniform
        self.weights = np.random.uniform(-1, 1, n_inputs)  # solution
        self.bias = np.random.uniform(-1, 1)  # solution

    def activate(self, inputs):
        # es: cada entrada por su peso, todo sumado, más el sesgo
        # en: each input times its weight, all added up, plus the bias
        input_sum_with_bias = np.dot(self.weights, inputs) + self.bias  # solution
        # es: la sigmoide de esa suma
        # en: the sigmoid of that sum
        output = sigmoid(input_sum_with_bias)  # solution
        return output


# es: Cuestionario: escribe la letra de tu respuesta entre comillas, por ejemplo "a".
# en: Quiz: write the letter of your answer in quotes, for example "a".

quiz_1 = "b"  # solution

quiz_2 = "c"  # solution
