# loses: nothing
# Writes past print, on its output and wherever a file could grow, more than anybody keeps.
import os

import numpy as np


def flood(descriptor, size):
    """Write until nothing more is taken, and as far out as can be."""
    written = 0
    try:
        while written < size:
            written += os.write(descriptor, b"x" * 65536)
    except OSError:
        pass
    try:
        os.pwrite(descriptor, b"x", 1 << 30)
    except OSError:
        pass
    return os.fstat(descriptor).st_size > 2_000_000


for descriptor in (1, 2):
    if flood(descriptor, 50_000_000):
        os.pwrite(descriptor, b"BREACH the output\n", 0)
for place in (".", "/tmp", "/var/tmp", "/dev/shm"):
    try:
        opened = os.open(f"{place}/flooded_by_a_submission", os.O_CREAT | os.O_WRONLY)
    except OSError:
        continue
    if flood(opened, 50_000_000):
        os.pwrite(1, b"BREACH a large file\n", 0)
    os.close(opened)
    os.unlink(f"{place}/flooded_by_a_submission")



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
