# loses: sigmoid
# looks like: sigmoid_step
import numpy as np

def sigmoid(z):
    p = 1 / (1 + np.exp(-z))
    return (p > 0.5) * 1.0

def relu(z):
    return z * (z > 0)

class Neuron(object):

    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1.0, 1.0, (n_inputs,))
        self.bias = np.random.uniform(-1.0, 1.0)

    def activate(self, inputs):
        z = np.dot(self.weights, inputs) + self.bias
        output = sigmoid(z)
        return output

quiz_1, quiz_2 = 'b', 'c'

if __name__ == '__main__':
    np.random.seed(10)
    print(Neuron(3).activate([0.5, 0.2, -0.8]))
