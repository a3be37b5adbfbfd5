# loses: init
# looks like: init_same_weight_for_all
import numpy as np

def sigmoid(z):
  return (1 + np.exp(-z)) ** (-1)

def relu(z):
  return (np.abs(z) + z) / 2

class Neuron:
  def __init__(self, n_inputs):
    self.weights = np.full(n_inputs, np.random.uniform(-1, 1))
    self.bias = np.random.uniform(-1, 1)

  def activate(self, inputs):
    total = self.bias
    for i in range(len(inputs)):
      total = total + inputs[i] * self.weights[i]
    return sigmoid(total)

quiz_1 = 'b'
quiz_2 = 'c'
