import numpy as np; r=np.random.uniform
def sigmoid(z): return 1/(1+np.exp(-z))
def relu(z): return np.maximum(0,z)
class Neuron:
 def __init__(s,n): s.weights,s.bias=r(-1,1,n),r(-1,1)
 def activate(s,x): return sigmoid(s.weights@np.array(x)+s.bias)
quiz_1,quiz_2=*"bc",
