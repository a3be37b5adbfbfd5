# Implementing a single neuron
#
# Replace each `...` with your code. Keep the names as they are: the checks
# look for `sigmoid`, `relu`, `Neuron`, `quiz_1` and `quiz_2`.
# To check your work, run `pytest` in this folder.

import numpy as np


def sigmoid(z):
    # 1 divided by (1 plus e to the power of -z)
    return ...


def relu(z):
    # z if it is positive, 0 otherwise; in an array, element by element
    return ...


class Neuron:
    def __init__(self, n_inputs):
        # one weight per input and a single bias, at random between -1 and 1:
        # np.random.uniform
        self.weights = ...
        self.bias = ...

    def activate(self, inputs):
        # each input times its weight, all added up, plus the bias
        input_sum_with_bias = ...
        # the sigmoid of that sum
        output = ...
        return output


# Quiz: write the letter of your answer in quotes, for example "a".

# What is the role of the bias term in a single neuron?
#   a) It multiplies each input.
#   b) It shifts the weighted sum, even when all the inputs are zero.
#   c) It brings the output into the interval (0, 1).
#   d) It measures the error.
quiz_1 = ...

# Why do we initialise the weights with small random values instead of zeros?
#   a) Because np.dot does not accept zeros.
#   b) So that the output is always 0.5.
#   c) To break the symmetry: with equal weights all neurons would learn the same thing.
#   d) So that no bias is needed.
quiz_2 = ...
