from numpy import *

# así no tengo que escribir np. todo el rato
def sigmoid(z):
    return 1 / (1 + exp(-z))

def relu(z):
    return maximum(z, 0)

class Neuron:
    def __init__(self, n_inputs):
        self.weights = random.uniform(-1, 1, n_inputs)
        self.bias = random.uniform(-1, 1)

    def activate(self, inputs):
        suma = dot(self.weights, inputs) + self.bias
        return sigmoid(suma)

quiz_1 = 'b'
quiz_2 = 'c'
