# loses: nothing
# Talks to the world and to other processes.
import os
import socket

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


probe("TCP", lambda: socket.create_connection(("127.0.0.1", 9), 1))
probe("UDP", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))
probe("an abstract name", lambda: socket.socket(socket.AF_UNIX).bind("\0left"))
probe("a pair", socket.socketpair)
probe("netlink", lambda: socket.socket(16, 3, 0))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(0, z)


class Neuron:
    def __init__(self, n_inputs):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


quiz_1 = "b"
quiz_2 = "c"
