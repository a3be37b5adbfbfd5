"""Known wrong implementations. Their words stand in misconceptions.<language>.toml."""

import random

import numpy as np
from neuron import relu, sigmoid

from autograder.misconceptions import misconception


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_falls(z):
    return 1 / (1 + np.exp(z))


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_missing_one(z):
    return 1 / np.exp(-z)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_missing_parentheses(z):
    return 1 / 1 + np.exp(-z)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_minus_in_denominator(z):
    return 1 / (1 - np.exp(-z))


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_tanh(z):
    return np.tanh(z)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_softmax(z):
    return np.exp(z) / np.sum(np.exp(z))


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_derivative(z):
    value = 1 / (1 + np.exp(-z))
    return value * (1 - value)


@misconception(part="sigmoid", replaces="sigmoid", digits=[1, 2, 3, 4, 5])
def sigmoid_rounded(z, digits):
    return np.round(1 / (1 + np.exp(-z)), digits)


@misconception(part="sigmoid", replaces="sigmoid", at_zero=[0, 1])
def sigmoid_step(z, at_zero):
    return np.where(z == 0, at_zero, z > 0) * 1.0


@misconception(part="sigmoid", replaces="sigmoid", base=[2, 3, 10])
def sigmoid_other_base(z, base):
    return 1 / (1 + float(base) ** -z)


@misconception(part="sigmoid", replaces="sigmoid", e=[2.7, 2.71, 2.72, 2.718, 2.7182, 2.7183, 2.71828])
def sigmoid_coarse_e(z, e):
    return 1 / (1 + e**-z)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_e_times_z(z):
    return 1 / (1 + np.e * -z)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_logarithm(z):
    return 1 / (1 + np.log(-z))


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_absolute_value(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@misconception(part="sigmoid", replaces="sigmoid", margin=[0.1, 0.05, 0.01, 0.001])
def sigmoid_clipped(z, margin):
    return np.clip(1 / (1 + np.exp(-z)), margin, 1 - margin)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_only_numbers(z):
    return 1 / (1 + np.exp(-float(z)))


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_only_arrays(z):
    return np.array([1 / (1 + np.exp(-number)) for number in z])


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_changes_argument(z):
    z *= -1
    return 1 / (1 + np.exp(z))


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_identity(z):
    return z


@misconception(part="sigmoid", replaces="sigmoid", value=[0, 0.5, 1])
def sigmoid_constant(z, value):
    return value


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_is_relu(z):
    return np.maximum(0, z)


@misconception(part="sigmoid", replaces="sigmoid")
def sigmoid_not_returned(z):
    print(1 / (1 + np.exp(-z)))


@misconception(part="relu", replaces="relu")
def relu_only_numbers(z):
    return max(0, z)


@misconception(part="relu", replaces="relu")
def relu_only_arrays(z):
    return [max(0, number) for number in z]


@misconception(part="relu", replaces="relu")
def relu_minimum(z):
    return np.minimum(0, z)


@misconception(part="relu", replaces="relu")
def relu_absolute_value(z):
    return np.abs(z)


@misconception(part="relu", replaces="relu", slope=[0.001, 0.01, 0.05, 0.1, 0.2, 0.3])
def relu_leaky(z, slope):
    return np.where(np.asarray(z) > 0, z, slope * np.asarray(z))


@misconception(part="relu", replaces="relu", top=[1, 6])
def relu_capped(z, top):
    return np.minimum(np.maximum(0, z), top)


@misconception(part="relu", replaces="relu")
def relu_mask(z):
    return np.asarray(z) > 0


@misconception(part="relu", replaces="relu", takes_numbers=[True, False])
def relu_changes_argument(z, takes_numbers):
    if takes_numbers and not isinstance(z, np.ndarray):
        return max(0, z)
    z[z < 0] = 0
    return z


@misconception(part="relu", replaces="relu")
def relu_identity(z):
    return z


@misconception(part="relu", replaces="relu")
def relu_largest_of_all(z):
    return max(0, np.max(z))


@misconception(part="relu", replaces="relu")
def relu_drops_negatives(z):
    z = np.array(z)
    return z[z > 0]


@misconception(part="relu", replaces="relu")
def relu_softplus(z):
    return np.log(1 + np.exp(z))


@misconception(part="relu", replaces="relu")
def relu_starts_at_one(z):
    return np.where(np.asarray(z) > 1, z, 0)


@misconception(part="relu", replaces="relu")
def relu_whole_numbers(z):
    return np.maximum(0, z).astype(int)


@misconception(part="relu", replaces="relu")
def relu_minus_one(z):
    return np.where(np.asarray(z) > 0, z, -1)


@misconception(part="relu", replaces="relu")
def relu_is_sigmoid(z):
    return 1 / (1 + np.exp(-z))


@misconception(part="relu", replaces="relu")
def relu_not_returned(z):
    print(np.maximum(0, z))


@misconception(part="init", replaces="Neuron.__init__")
def init_all_zero(self, n_inputs):
    self.weights = np.zeros(n_inputs)
    self.bias = 0.0


@misconception(part="init", replaces="Neuron.__init__")
def init_weights_zero(self, n_inputs):
    self.weights = np.zeros(n_inputs)
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__", bias=[0.0, 1.0])
def init_bias_not_random(self, n_inputs, bias):
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = bias


@misconception(part="init", replaces="Neuron.__init__", bias_too=[True, False])
def init_weights_one(self, n_inputs, bias_too):
    self.weights = np.ones(n_inputs)
    self.bias = 1.0 if bias_too else np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__", lowest_bias=[0, -1])
def init_zero_to_one(self, n_inputs, lowest_bias):
    self.weights = np.random.uniform(0, 1, n_inputs)
    self.bias = np.random.uniform(lowest_bias, 1)


@misconception(part="init", replaces="Neuron.__init__")
def init_bias_zero_to_one(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = np.random.uniform(0, 1)


@misconception(part="init", replaces="Neuron.__init__", top=[0.01, 0.05, 0.1, 0.5], top_of_bias=[None, 1])
def init_narrow_range(self, n_inputs, top, top_of_bias):
    self.weights = np.random.uniform(-top, top, n_inputs)
    self.bias = np.random.uniform(-(top_of_bias or top), top_of_bias or top)


@misconception(part="init", replaces="Neuron.__init__", low=[-2, 0], top_of_bias=[2, 1])
def init_wide_range(self, n_inputs, low, top_of_bias):
    self.weights = np.random.uniform(low, 2, n_inputs)
    self.bias = np.random.uniform(low if top_of_bias == 2 else -1, top_of_bias)


@misconception(part="init", replaces="Neuron.__init__", bias_too=[True, False])
def init_only_negative(self, n_inputs, bias_too):
    self.weights = np.random.uniform(-1, 0, n_inputs)
    self.bias = np.random.uniform(-1, 0 if bias_too else 1)


@misconception(part="init", replaces="Neuron.__init__", bias_too=[True, False])
def init_normal(self, n_inputs, bias_too):
    self.weights = np.random.randn(n_inputs)
    self.bias = np.random.randn() if bias_too else np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__", end=[1, 2], bias_too=[True, False])
def init_integers(self, n_inputs, end, bias_too):
    self.weights = np.random.randint(-1, end, n_inputs)
    self.bias = np.random.randint(-1, end) if bias_too else np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__", digits=[1, 2, 3], bias_too=[True, False])
def init_rounded(self, n_inputs, digits, bias_too):
    self.weights = np.round(np.random.uniform(-1, 1, n_inputs), digits)
    self.bias = np.random.uniform(-1, 1)
    if bias_too:
        self.bias = round(self.bias, digits)


@misconception(part="init", replaces="Neuron.__init__")
def init_evenly_spaced(self, n_inputs):
    self.weights = np.linspace(-1, 1, n_inputs)
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__")
def init_column(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, (n_inputs, 1))
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__")
def init_row(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, (1, n_inputs))
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__")
def init_bias_as_array(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = np.random.uniform(-1, 1, 1)


@misconception(part="init", replaces="Neuron.__init__")
def init_bias_per_input(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = np.random.uniform(-1, 1, n_inputs)


@misconception(part="init", replaces="Neuron.__init__")
def init_extra_weight(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, n_inputs + 1)
    self.bias = self.weights[-1]


@misconception(part="init", replaces="Neuron.__init__")
def init_single_weight(self, n_inputs):
    self.weights = np.random.uniform(-1, 1)
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__", bias_first=[True, False])
def init_always_three_weights(self, n_inputs, bias_first):
    drawn = np.random.uniform(-1, 1, 4)
    self.weights = drawn[1:] if bias_first else drawn[:3]
    self.bias = drawn[0] if bias_first else drawn[3]


@misconception(part="init", replaces="Neuron.__init__")
def init_same_weight_for_all(self, n_inputs):
    self.weights = np.full(n_inputs, np.random.uniform(-1, 1))
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron.__init__")
def init_bias_is_a_weight(self, n_inputs):
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = self.weights[0]


@misconception(part="init", replaces="Neuron.__init__")
def init_fixed_seed(self, n_inputs):
    np.random.seed(42)
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = np.random.uniform(-1, 1)


@misconception(part="init", replaces="Neuron")
class init_weights_shared:
    drawn = np.random.uniform(-1, 1, 100)

    def __init__(self, n_inputs):
        self.weights = self.drawn[:n_inputs]
        self.bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.weights, inputs) + self.bias)


@misconception(part="init", replaces="Neuron.__init__")
def init_bias_shared(self, n_inputs, bias=np.random.uniform(-1, 1)):  # noqa: B008
    self.weights = np.random.uniform(-1, 1, n_inputs)
    self.bias = bias


@misconception(part="init", replaces="Neuron.__init__")
def init_other_generator(self, n_inputs):
    self.weights = np.array([random.uniform(-1, 1) for _ in range(n_inputs)])
    self.bias = random.uniform(-1, 1)


@misconception(part="activate", replaces="Neuron.activate")
def activate_no_bias(self, inputs):
    return sigmoid(np.dot(self.weights, inputs))


@misconception(part="activate", replaces="Neuron.activate")
def activate_bias_subtracted(self, inputs):
    return sigmoid(np.dot(self.weights, inputs) - self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_bias_multiplied(self, inputs):
    return sigmoid(np.dot(self.weights, inputs) * self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_bias_after_sigmoid(self, inputs):
    return sigmoid(np.dot(self.weights, inputs)) + self.bias


@misconception(part="activate", replaces="Neuron.activate")
def activate_bias_once_per_input(self, inputs):
    return sigmoid(np.sum(self.weights * np.array(inputs) + self.bias))


@misconception(part="activate", replaces="Neuron.activate")
def activate_bias_added_to_inputs(self, inputs):
    return sigmoid(np.dot(self.weights, np.array(inputs) + self.bias))


@misconception(part="activate", replaces="Neuron.activate")
def activate_no_sum(self, inputs):
    return sigmoid(self.weights * np.array(inputs) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_mean(self, inputs):
    return sigmoid(np.mean(self.weights * np.array(inputs)) + self.bias)


@misconception(part="activate", replaces="Neuron.activate", first=[True, False])
def activate_one_product_only(self, inputs, first):
    position = 0 if first else -1
    return sigmoid(self.weights[position] * inputs[position] + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_skips_first_input(self, inputs):
    return sigmoid(np.dot(self.weights[1:], inputs[1:]) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_skips_last_input(self, inputs):
    return sigmoid(np.dot(self.weights[:-1], inputs[:-1]) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_no_sigmoid(self, inputs):
    return np.dot(self.weights, inputs) + self.bias


@misconception(part="activate", replaces="Neuron.activate")
def activate_relu_instead(self, inputs):
    return relu(np.dot(self.weights, inputs) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_relu_then_sigmoid(self, inputs):
    return sigmoid(relu(np.dot(self.weights, inputs) + self.bias))


@misconception(part="activate", replaces="Neuron.activate")
def activate_sigmoid_twice(self, inputs):
    return sigmoid(sigmoid(np.dot(self.weights, inputs) + self.bias))


@misconception(part="activate", replaces="Neuron.activate")
def activate_sigmoid_per_input(self, inputs):
    return np.sum(sigmoid(self.weights * np.array(inputs))) + self.bias


@misconception(part="activate", replaces="Neuron.activate")
def activate_thresholded(self, inputs):
    return 1 if sigmoid(np.dot(self.weights, inputs) + self.bias) >= 0.5 else 0


@misconception(part="activate", replaces="Neuron.activate", digits=[1, 2, 3, 4, 5])
def activate_rounded(self, inputs, digits):
    return round(sigmoid(np.dot(self.weights, inputs) + self.bias), digits)


@misconception(part="activate", replaces="Neuron.activate")
def activate_one_minus(self, inputs):
    return 1 - sigmoid(np.dot(self.weights, inputs) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_absolute_inputs(self, inputs):
    return sigmoid(np.dot(self.weights, np.abs(inputs)) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_ignores_inputs(self, inputs):
    return sigmoid(np.sum(self.weights) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_ignores_weights(self, inputs):
    return sigmoid(np.sum(inputs) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_returns_array(self, inputs):
    return np.array([sigmoid(np.dot(self.weights, inputs) + self.bias)])


@misconception(part="activate", replaces="Neuron.activate")
def activate_not_returned(self, inputs):
    print(sigmoid(np.dot(self.weights, inputs) + self.bias))


@misconception(part="activate", replaces="Neuron.activate")
def activate_only_arrays(self, inputs):
    return sigmoid(inputs.dot(self.weights) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_changes_inputs(self, inputs):
    for i in range(len(inputs)):
        inputs[i] = inputs[i] * self.weights[i]
    return sigmoid(sum(inputs) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_changes_weights(self, inputs):
    self.weights = self.weights * np.array(inputs)
    return sigmoid(np.sum(self.weights) + self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_changes_bias(self, inputs):
    self.bias += np.dot(self.weights, inputs)
    return sigmoid(self.bias)


@misconception(part="activate", replaces="Neuron.activate")
def activate_draws_new_weights(self, inputs):
    self.weights = np.random.uniform(-1, 1, len(inputs))
    return sigmoid(np.dot(self.weights, inputs) + self.bias)


@misconception(part="activate", replaces="Neuron")
class activate_uses_stored_copy:
    def __init__(self, n_inputs):
        self.weights = self.first_weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = self.first_bias = np.random.uniform(-1, 1)

    def activate(self, inputs):
        return sigmoid(np.dot(self.first_weights, inputs) + self.first_bias)
