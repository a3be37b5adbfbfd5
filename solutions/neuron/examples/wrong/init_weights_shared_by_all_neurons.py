# loses: init
# looks like: init_weights_shared
# Diego R., grupo B
import numpy as np

def sigmoid(z):
	denominador = 1 + np.exp(-z)   # 1 + e^-z
	return 1/denominador

def relu(z):
	return np.where(z > 0, z, 0)

class Neuron():
	pesos = np.random.uniform(low=-1, high=1, size=100)

	def __init__(self, n_inputs):
		self.weights = Neuron.pesos[:n_inputs]
		self.bias = np.random.uniform(low=-1, high=1)

	def activate(self, inputs):
		z = np.dot(self.weights, inputs)
		z = z + self.bias      # el sesgo
		return sigmoid(z)

quiz_1 = "B"
quiz_2 = "C"
