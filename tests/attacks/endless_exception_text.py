# loses: relu
# Raises an exception whose text and type have no end.
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return fail()


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"


class Endless(Exception):
    def __str__(self):
        return "\x1b[2J\u202e<script>" * 10**6


Endless.__name__ = "=cmd|" * 10**5


def fail():
    raise Endless
