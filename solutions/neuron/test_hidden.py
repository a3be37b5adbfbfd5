"""Checks that only the grader runs. `student` is the proxy of a submission in its sandbox."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

MANY = 1000


def right_sigmoid(z):
    return 1 / (1 + np.exp(-z))


def numbers(values):
    array = np.array(values)
    assert array.dtype.kind in "fiu"  # numpy would make numbers of texts
    return array.astype(float)


@pytest.mark.check(
    part="sigmoid",
    points=4,
    es="sigmoid da el número correcto para cada número que recibe",
    en="sigmoid gives the right number for each number that it is given",
)
def test_sigmoid_numbers(student, rng):
    z = [2, *rng.uniform(-6, 6, 2)]
    values = [student.sigmoid(number) for number in z]
    assert np.shape(values) == (3,)
    assert_allclose(values, right_sigmoid(np.array(z)))


@pytest.mark.check(
    part="sigmoid",
    points=3,
    es="sigmoid acierta también con filas y columnas, y conserva la forma del array",
    en="sigmoid is right for rows and columns too, and keeps the shape of the array",
)
def test_sigmoid_shape(student, rng):
    z = rng.uniform(-6, 6, (3, 4))
    expected = right_sigmoid(z)
    assert_allclose(student.sigmoid(z), expected)
    assert_allclose(student.sigmoid(np.array([-3, 0, 2])), right_sigmoid(np.array([-3, 0, 2])))


@pytest.mark.check(
    part="sigmoid",
    points=2,
    es="sigmoid se acerca a 1 cuando z es muy grande y a 0 cuando z es muy negativo",
    en="sigmoid comes close to 1 when z is very large and to 0 when z is very negative",
)
def test_sigmoid_far_from_zero(student):
    values = [student.sigmoid(z) for z in (30.0, -30.0, 500.0, -500.0, 1.0)]
    assert_allclose(values, [1, 0, 1, 0, right_sigmoid(1.0)], atol=1e-9)


@pytest.mark.check(
    part="sigmoid",
    points=3,
    es="sigmoid da el resultado correcto sin cambiar el array que recibe",
    en="sigmoid gives the right result without changing the array that it is given",
)
def test_sigmoid_keeps_its_argument(student, rng):
    z = rng.uniform(-6, 6, 5)
    before = z.copy()
    assert_allclose(student.sigmoid(z), right_sigmoid(before))
    assert_array_equal(z, before)


@pytest.mark.check(
    part="relu",
    points=2,
    es="relu da el número correcto para cada número que recibe, grande o pequeño",
    en="relu gives the right number for each number that it is given, large or small",
)
def test_relu_numbers(student, rng):
    z = [-7, 7, 250.5, *rng.uniform(-9, 9, 1)]
    values = [student.relu(number) for number in z]
    assert np.shape(values) == (4,)
    assert_allclose(values, [number if number > 0 else 0 for number in z])


@pytest.mark.check(
    part="relu",
    points=4,
    es="relu acierta también con filas y columnas, y conserva la forma del array",
    en="relu is right for rows and columns too, and keeps the shape of the array",
)
def test_relu_shape(student, rng):
    for z in (np.array([-7, 0, 5]), rng.uniform(-9, 9, (3, 4))):
        expected = np.where(z > 0, z, 0)
        assert_allclose(student.relu(z), expected)


@pytest.mark.check(
    part="relu",
    points=3,
    es="relu da el resultado correcto sin cambiar el array que recibe",
    en="relu gives the right result without changing the array that it is given",
)
def test_relu_keeps_its_argument(student, rng):
    z = np.append(rng.uniform(-9, 9, 5), -1.0)
    before = z.copy()
    assert_allclose(student.relu(z), np.where(before > 0, before, 0))
    assert_array_equal(z, before)


@pytest.mark.check(
    part="init",
    points=3,
    es="con cualquier número de entradas, hay un peso para cada una y un solo sesgo: distintos y entre -1 y 1",
    en="for any number of inputs there is one weight each and a single bias: all different, between -1 and 1",
)
def test_init_any_number_of_inputs(student):
    for n_inputs in (1, 2, 50):
        neuron = student.Neuron(n_inputs)
        weights, bias = numbers(neuron.weights), numbers(neuron.bias)
        assert weights.shape == (n_inputs,)
        assert bias.shape == ()
        drawn = np.append(weights, bias)
        assert np.abs(drawn).max() <= 1
        assert len(np.unique(drawn)) == n_inputs + 1


@pytest.mark.check(
    part="init",
    points=4,
    es="los pesos se reparten por igual en todo el intervalo [-1, 1]",
    en="the weights are spread evenly over the whole interval [-1, 1]",
)
def test_init_weights_are_uniform(student):
    weights = numbers(student.Neuron(MANY).weights)
    assert weights.shape == (MANY,)
    assert -1 <= weights.min() < -0.97
    assert 0.97 < weights.max() <= 1
    assert len(np.unique(weights)) > 0.99 * MANY
    # Ten bins of 100 each; a right draw leaves 45 to 175 all but one time in ten million.
    counts = np.histogram(weights, bins=10, range=(-1, 1))[0]
    assert counts.min() > 45
    assert counts.max() < 175


@pytest.mark.check(
    part="init",
    points=3,
    es="el sesgo es un número al azar de todo el intervalo [-1, 1]",
    en="the bias is a random number from the whole interval [-1, 1]",
)
def test_init_bias_is_uniform(student):
    # As many neurons as it takes; a right draw takes over 40 less than one time in a hundred thousand million.
    drawn = []
    for _ in range(40):
        bias = numbers(student.Neuron(1).bias)
        assert bias.shape == ()
        assert -1 <= bias <= 1
        drawn.append(float(bias))
        if len(drawn) >= 10 and min(drawn) < 0 < max(drawn) and max(map(abs, drawn)) > 0.5:
            break
    assert min(drawn) < 0 < max(drawn)
    assert max(map(abs, drawn)) > 0.5
    assert len(set(drawn)) == len(drawn)


@pytest.mark.check(
    part="init",
    points=2,
    es="dos neuronas nuevas tienen pesos y sesgos distintos",
    en="two new neurons have different weights and different biases",
)
def test_init_neurons_differ(student):
    first, second = student.Neuron(4), student.Neuron(4)
    one, other = numbers(first.weights), numbers(second.weights)
    assert one.shape == other.shape == (4,)
    assert not np.any(one == other)
    assert len(np.unique([numbers(first.bias), numbers(second.bias)])) == 2  # NaN is not even itself
    assert len(np.unique(one)) == 4


@pytest.mark.check(
    part="init",
    points=3,
    es="con una semilla dada, pesos y sesgo son los que da np.random.uniform entre -1 y 1",
    en="with a given seed, weights and bias are those that np.random.uniform gives between -1 and 1",
)
def test_init_seeded(student, seed, rng):
    number = int(rng.integers(1, 100_000))
    draws = np.random.RandomState(number).uniform(-1, 1, 5)
    seed(number)
    neuron = student.Neuron(4)
    weights, bias = numbers(neuron.weights), numbers(neuron.bias)
    distances = [np.abs(np.append(*order) - draws).max() for order in ((weights, bias), (bias, weights))]
    assert min(distances) < 1e-9


@pytest.mark.check(
    part="init",
    points=2,
    es="con otra semilla salen otros pesos: la neurona no fija ninguna por su cuenta",
    en="another seed gives other weights: the neuron sets no seed of its own",
)
def test_init_no_seed_of_its_own(student, seed):
    drawn = []
    for number in (1, 2, 3):
        seed(number)
        drawn.append(numbers(student.Neuron(3).weights))
        assert drawn[-1].shape == (3,)
    assert len(np.unique(drawn)) > 3


@pytest.mark.check(
    part="activate",
    points=6,
    es="activate multiplica cada entrada por su peso, lo suma todo con el sesgo y aplica la sigmoide",
    en="activate multiplies each input by its weight, adds it all up with the bias and applies the sigmoid",
)
@pytest.mark.parametrize("kind", [list, np.array], ids=["list", "array"])
def test_activate_several_inputs(student, follow_through, rng, kind):
    weights, bias, inputs = rng.uniform(-1, 1, 4), rng.uniform(0.3, 1), rng.uniform(0.5, 2, 4)

    def activate():
        neuron = student.Neuron(4)
        neuron.weights, neuron.bias = weights, bias
        value = neuron.activate(kind(inputs))
        assert np.shape(value) == ()
        return value

    z = weights @ inputs + bias
    follow_through(activate, "sigmoid", z=z, expected=right_sigmoid(z))


@pytest.mark.check(
    part="activate",
    points=4,
    es="activate acierta con una sola entrada y con muchas",
    en="activate is right for a single input and for many",
)
def test_activate_any_number_of_inputs(student, follow_through, rng):
    # z well above zero for one input, well below for many
    for n_inputs, side in ((1, 3.5), (40, -0.25)):
        weights, bias = rng.uniform(0.5, 1, n_inputs) * rng.choice([-1, 1], n_inputs), rng.uniform(-1, 1)
        inputs = side * np.sign(weights)

        def activate():
            neuron = student.Neuron(n_inputs)
            neuron.weights, neuron.bias = weights, bias
            return neuron.activate(inputs)

        z = weights @ inputs + bias
        follow_through(activate, "sigmoid", z=z, expected=right_sigmoid(z))


@pytest.mark.check(
    part="activate",
    points=5,
    es="activate acierta con los pesos y el sesgo que hay en ese momento, y no los cambia, ni tampoco las entradas",
    en="activate is right for the weights and bias of that moment, and changes neither them nor the inputs",
)
def test_activate_keeps_the_neuron(student, follow_through, rng):
    weights, bias, inputs = rng.uniform(-1, 1, 3), rng.uniform(0.3, 1), rng.uniform(0.5, 2, 3)

    def activate():
        neuron = student.Neuron(3)
        neuron.weights, neuron.bias = weights[::-1].copy(), -bias
        neuron.activate(inputs)
        neuron.weights, neuron.bias = weights, bias
        other = student.Neuron(3)
        other.weights, other.bias = -weights, 2 * bias
        given, listed = inputs.copy(), inputs.tolist()
        neuron.activate(given)
        value = neuron.activate(listed)
        assert_array_equal(given, inputs)
        assert listed == inputs.tolist()
        assert_array_equal(neuron.weights, weights)
        assert_array_equal(neuron.bias, bias)
        return value

    z = weights @ inputs + bias
    follow_through(activate, "sigmoid", z=z, expected=right_sigmoid(z))
