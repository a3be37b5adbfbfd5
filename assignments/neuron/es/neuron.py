# Implementación de una sola neurona
#
# Sustituye cada `...` por tu código. Deja los nombres como están: las
# comprobaciones buscan `sigmoid`, `relu`, `Neuron`, `quiz_1` y `quiz_2`.
# Para comprobar tu trabajo, ejecuta `pytest` en esta carpeta.

import numpy as np


def sigmoid(z):
    # 1 dividido entre (1 más e elevado a -z)
    return ...


def relu(z):
    # z si es positivo, 0 si no; en un array, elemento a elemento
    return ...


class Neuron:
    def __init__(self, n_inputs):
        # un peso por entrada y un solo sesgo, al azar entre -1 y 1:
        # np.random.uniform
        self.weights = ...
        self.bias = ...

    def activate(self, inputs):
        # cada entrada por su peso, todo sumado, más el sesgo
        input_sum_with_bias = ...
        # la sigmoide de esa suma
        output = ...
        return output


# Cuestionario: escribe la letra de tu respuesta entre comillas, por ejemplo "a".

# ¿Cuál es el papel del término de sesgo en una sola neurona?
#   a) Multiplica cada entrada.
#   b) Desplaza la suma ponderada, también cuando todas las entradas son cero.
#   c) Lleva la salida al intervalo (0, 1).
#   d) Mide el error.
quiz_1 = ...

# ¿Por qué inicializamos los pesos con valores aleatorios pequeños en lugar de ceros?
#   a) Porque np.dot no admite ceros.
#   b) Para que la salida sea siempre 0.5.
#   c) Para romper la simetría: con pesos iguales las neuronas aprenderían lo mismo.
#   d) Para que el sesgo no haga falta.
quiz_2 = ...
