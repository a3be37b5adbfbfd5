# loses: activate
# looks like: activate_only_arrays
"""Exercise 1: a single neuron."""
import numpy as np


def sigmoid(z):
    """Squash any number into (0, 1)."""
    return 1.0 / (1.0 + np.exp(-z))


def relu(z):
    """Keep positive values, replace the rest by 0."""
    return np.maximum(0, z)


class Neuron:
    """A neuron with one weight per input and a bias."""

    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        """Weighted sum of the inputs plus bias, through the sigmoid."""
        z = inputs.dot(self.weights) + self.bias
        return sigmoid(z)


# Quiz
quiz_1 = 'b'
quiz_2 = 'c'
