# loses: relu
# looks like: relu_capped
import numpy as np

def sigmoid(z):
  return (1 + np.exp(-z)) ** (-1)

def relu(z):
  return np.clip(z, 0, 1)

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
