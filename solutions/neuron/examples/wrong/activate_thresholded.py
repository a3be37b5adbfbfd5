# loses: activate
# looks like: activate_thresholded
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
		z = np.dot(self.weights, inputs)
		z = z + self.bias      # el sesgo
		if sigmoid(z) >= 0.5:
			return 1           # spam
		return 0               # no es spam

quiz_1 = "B"
quiz_2 = "C"
