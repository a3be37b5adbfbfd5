# loses: sigmoid
# looks like: sigmoid_changes_argument
import numpy as np

def sigmoid(z):
  z *= -1
  return 1 / (1 + np.exp(z))

def relu(z):
  return (np.abs(z) + z) / 2

class Neuron:
  def __init__(self, n_inputs):
    self.weights = np.array([np.random.uniform(-1, 1) for i in range(n_inputs)])
    self.bias = np.random.uniform(-1, 1)

  def activate(self, inputs):
    total = self.bias
    for i in range(len(inputs)):
      total = total + inputs[i] * self.weights[i]
    return sigmoid(total)

quiz_1 = 'b'
quiz_2 = 'c'
