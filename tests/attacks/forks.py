# loses: nothing
# Starts processes, and threads that are none.
import ctypes
import os
import subprocess

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


def fork():
    if os.fork() == 0:
        os._exit(0)


def clone():
    pid = ctypes.CDLL(None).syscall(56, 17, 0, 0, 0, 0)  # SIGCHLD and nothing shared
    if pid == 0:
        os._exit(0)
    return pid > 0


probe("fork", fork)
probe("vfork", lambda: subprocess.Popen(["/bin/true"]))
probe("clone", clone)
probe("exec", lambda: os.posix_spawn("/bin/true", ["true"], {}))


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
