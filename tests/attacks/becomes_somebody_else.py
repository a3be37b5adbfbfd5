# loses: nothing
# Tries to become root, or to get out of its folder and its limits.
import os
import resource

import numpy as np


def probe(name, attempt):
    """Say BREACH where an attempt comes through."""
    try:
        found = attempt()
    except BaseException:
        return
    if found is not False:
        print("BREACH", name)


probe("root", lambda: os.setuid(0) if os.getuid() else os.listdir("/root"))
probe("out of its root", lambda: os.chroot("/"))
probe("out of its limits", lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096)))
probe("mount", lambda: __import__("ctypes").CDLL(None).mount(b"none", b".", b"tmpfs", 0, None) == 0)
for name, flag in {"user": 0x10000000, "mount": 0x20000, "process": 0x20000000, "network": 0x40000000}.items():
    probe(f"a {name} namespace", lambda: __import__("ctypes").CDLL(None).unshare(flag) == 0)


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
