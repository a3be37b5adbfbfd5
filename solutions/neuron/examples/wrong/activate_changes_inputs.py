# loses: activate
# looks like: activate_changes_inputs
# Diego R., grupo B
import numpy as np

def sigmoid(z):
	denominador = 1 + np.exp(-z)   # 1 + e^-z
	return 1/denominador

def relu(z):
	return np.where(z > 0, z, 0)

class Neuron():
	def __init__(self, n_inputs):
		self.weights = np.random.uniform(low=-1, high=1, size=n_inputs)
		self.bias = np.random.uniform(low=-1, high=1)

	def activate(self, inputs):
		for i in range(len(inputs)):
			inputs[i] = inputs[i] * self.weights[i]
		z = sum(inputs) + self.bias
		return sigmoid(z)

quiz_1 = "B"
quiz_2 = "C"
