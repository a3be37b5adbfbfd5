# es: Las comprobaciones que puedes ejecutar tú: `pytest` en esta carpeta.
# es: Al corregir habrá algunas más, con otros números. No sirve de nada cambiar este archivo: al corregir no se usa.
# en: The checks that you can run yourself: `pytest` in this folder.
# en: Grading adds some more, with other numbers. Changing this file does not help: grading does not use it.

import numpy as np
import pytest
from numpy.testing import assert_allclose


@pytest.mark.check(
    part="sigmoid",
    points=4,
    es="sigmoid da el valor correcto para un número",
    en="sigmoid gives the right value for a number",
)
def test_sigmoid_of_a_number(student):
    assert_allclose([student.sigmoid(0), student.sigmoid(1.5)], [0.5, 0.81757448], rtol=1e-6)


@pytest.mark.check(
    part="sigmoid",
    points=4,
    es="sigmoid da los valores correctos para un array, elemento a elemento",
    en="sigmoid gives the right values for an array, element by element",
)
def test_sigmoid_of_an_array(student):
    z = np.array([-2.0, 0.0, 1.5])
    assert_allclose(student.sigmoid(z), [0.11920292, 0.5, 0.81757448], rtol=1e-6)


@pytest.mark.check(
    part="relu",
    points=3,
    es="relu da el valor correcto para un número",
    en="relu gives the right value for a number",
)
def test_relu_of_a_number(student):
    assert_allclose([student.relu(3.5), student.relu(-2.0)], [3.5, 0.0])


@pytest.mark.check(
    part="relu",
    points=3,
    es="relu da los valores correctos para un array, elemento a elemento",
    en="relu gives the right values for an array, element by element",
)
def test_relu_of_an_array(student):
    z = np.array([-1.5, 0.0, 0.5, 4.0])
    assert_allclose(student.relu(z), [0.0, 0.0, 0.5, 4.0])


@pytest.mark.check(
    part="init",
    points=4,
    es="una neurona nueva tiene un peso por entrada y un solo número como sesgo",
    en="a new neuron has one weight for each input and a single number as its bias",
)
def test_init_shapes(student):
    neuron = student.Neuron(3)
    weights, bias = np.add(neuron.weights, 0.0), np.add(neuron.bias, 0.0)
    assert weights.shape == (3,)
    assert bias.shape == ()


@pytest.mark.check(
    part="init",
    points=4,
    es="los pesos están entre -1 y 1, repartidos a los dos lados del cero",
    en="the weights lie between -1 and 1, spread over both sides of zero",
)
def test_init_range(student):
    weights = np.add(student.Neuron(100).weights, 0.0)
    assert -1 <= weights.min() < -0.5
    assert 0.5 < weights.max() <= 1


@pytest.mark.check(
    part="activate",
    points=5,
    es="activate calcula la salida con unos pesos y un sesgo dados",
    en="activate computes the output for given weights and a given bias",
)
def test_activate_with_given_weights(student, follow_through):
    def activate():
        neuron = student.Neuron(2)
        neuron.weights, neuron.bias = np.array([0.5, -1.0]), 0.25
        return neuron.activate([2.0, 0.5])

    follow_through(activate, "sigmoid", z=0.75, expected=0.679178699175393)


@pytest.mark.check(
    part="activate",
    points=4,
    es="activate da el resultado del ejemplo de la lección",
    en="activate gives the result of the lesson's example",
)
def test_activate_lesson_example(student, follow_through):
    # es: np.random.seed(10), Neuron(3), entradas [0.5, 0.2, -0.8]
    # en: np.random.seed(10), Neuron(3), inputs [0.5, 0.2, -0.8]
    def activate():
        neuron = student.Neuron(3)
        neuron.weights = np.array([0.5426412865334919, -0.9584961294734108, 0.26729646985255084])
        neuron.bias = 0.4976077650772237
        return neuron.activate([0.5, 0.2, -0.8])

    follow_through(activate, "sigmoid", z=0.3633920122056896, expected=0.5898612958538055)
