import numpy as np

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

# --- pruebas ---
neuron = Neuron(3)
print("Pesos:", neuron.weights, "Sesgo:", neuron.bias)
print(f"Salida de la neurona: {neuron.activate([0.5, 0.2, -0.8]):.3f}")
for z in range(-3, 4):
    print("sigmoid(%d) = %.4f   relu(%d) = %d" % (z, sigmoid(z), z, relu(z)))
