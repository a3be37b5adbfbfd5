# loses: nothing
# Sends a signal to whoever there is.
import os
import signal

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


probe("all", lambda: os.kill(-1, signal.SIGCONT))
probe("the parent", lambda: os.kill(os.getppid(), 0))
probe("the first", lambda: os.kill(1, 0))
probe("its session", lambda: os.killpg(os.getpgid(os.getppid()), signal.SIGCONT))
probe("by a thread", lambda: signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0))


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
