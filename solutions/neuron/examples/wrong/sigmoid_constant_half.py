# loses: sigmoid
# looks like: sigmoid_constant
# Diego R., grupo B
import numpy as np

def sigmoid(z):
	# sigmoid(0) = 0.5
	return 0.5

def relu(z):
	return np.where(z > 0, z, 0)

class Neuron():
	def __init__(self, n_inputs):
		self.weights = np.random.uniform(low=-1, high=1, size=n_inputs)
		self.bias = np.random.uniform(low=-1, high=1)

	def activate(self, inputs):
		z = np.dot(self.weights, inputs)
		z = z + self.bias      # el sesgo
		return sigmoid(z)

quiz_1 = "B"
quiz_2 = "C"
