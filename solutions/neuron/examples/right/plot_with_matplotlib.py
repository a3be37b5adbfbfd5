import numpy as np
import matplotlib.pyplot as plt

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

# dibujo las dos funciones
x = np.linspace(-6, 6, 200)
fig, ax = plt.subplots(1, 2, figsize=(8, 3))
ax[0].plot(x, sigmoid(x), label="sigmoide")
ax[1].plot(x, relu(x), "r--", label="ReLU")
ax[0].legend()
ax[1].legend()
plt.show()
