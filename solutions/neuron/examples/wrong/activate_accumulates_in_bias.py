# loses: activate
# looks like: activate_changes_bias
import numpy as np

def sigmoid(z):
  return (1 + np.exp(-z)) ** (-1)

def relu(z):
  return (np.abs(z) + z) / 2

class Neuron:
  def __init__(self, n_inputs):
    self.weights = np.array([np.random.uniform(-1, 1) for i in range(n_inputs)])
    self.bias = np.random.uniform(-1, 1)

  def activate(self, inputs):
    for i in range(len(inputs)):
      self.bias += inputs[i] * self.weights[i]
    return sigmoid(self.bias)

quiz_1 = 'b'
quiz_2 = 'c'
