# loses: init
import numpy as np
def sigmoid(z): return 1/(1+np.exp(-z))
def relu(z): return np.maximum(z,0)
class Neuron:
    def __init__(self,n_inputs):
        pesos=[0.54,-0.96,0.27,0.5,-0.003,-0.55,-0.6,0.52,-0.66,-0.82]
        self.weights=np.array(pesos[:n_inputs])
        self.bias=0.37
    def activate(self,inputs): return sigmoid(np.dot(self.weights,inputs)+self.bias)
quiz_1='b'; quiz_2='c'
