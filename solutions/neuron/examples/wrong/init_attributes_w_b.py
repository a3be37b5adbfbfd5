# loses: init, activate
# looks like: activate_uses_stored_copy
import numpy as np
def sigmoid(z): return 1/(1+np.exp(-z))
def relu(z): return np.maximum(z,0)
class Neuron:
    def __init__(self,n_inputs):
        self.w=np.random.uniform(-1,1,n_inputs)
        self.b=np.random.uniform(-1,1)
    def activate(self,inputs): return sigmoid(np.dot(self.w,inputs)+self.b)
quiz_1='b'; quiz_2='c'
