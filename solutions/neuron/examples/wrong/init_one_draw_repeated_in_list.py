# loses: init
# looks like: init_same_weight_for_all
import numpy as np
def sigmoid(z): return 1/(1+np.exp(-z))
def relu(z): return np.maximum(z,0)
class Neuron:
    def __init__(self,n_inputs):
        self.weights=[np.random.uniform(-1,1)]*n_inputs
        self.bias=np.random.uniform(-1,1)
    def activate(self,inputs): return sigmoid(np.dot(self.weights,inputs)+self.bias)
quiz_1='b'; quiz_2='c'
