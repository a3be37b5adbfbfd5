import numpy

def sigmoid(z):
    denominador = 1 + numpy.exp(-z)
    return 1 / denominador

def relu(z):
    return numpy.maximum(0, z)

class Neuron():
    def __init__(self, n_inputs):
        self.weights = numpy.random.uniform(-1, 1, size=(n_inputs,))
        self.bias = numpy.random.uniform(-1, 1)

    def activate(self, inputs):
        z = numpy.dot(self.weights, inputs)
        z += self.bias
        return sigmoid(z)

quiz_1 = "b"
quiz_2 = "c"
