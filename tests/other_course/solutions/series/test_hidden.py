"""Checks that only the grader runs."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal


@pytest.mark.check(
    part="celsius",
    points=2,
    es="to_celsius vale también para filas y columnas, y no cambia lo que recibe",
    en="to_celsius works on rows and columns too, and leaves what it is given as it was",
)
def test_celsius_shape(student, rng):
    fahrenheit = rng.uniform(-40, 120, (2, 3))
    before = fahrenheit.copy()
    assert_allclose(student.to_celsius(fahrenheit), (before - 32) * 5 / 9)
    assert_array_equal(fahrenheit, before)


@pytest.mark.check(
    part="average",
    points=1,
    es="moving_average vale para ventanas de otro largo",
    en="moving_average works for windows of another length",
)
@pytest.mark.parametrize("n", [1, 3], ids=["one", "three"])
def test_average_of_n(student, rng, n):
    values = rng.uniform(-9, 9, 7)
    expected = [values[i : i + n].mean() for i in range(7 - n + 1)]
    assert_allclose(student.moving_average(values, n), expected)


@pytest.mark.check(
    part="hottest",
    points=1.5,
    es="hottest no se fija en el orden, y vale también bajo cero",
    en="hottest does not depend on the order, and works below zero too",
)
def test_hottest_anywhere(student, follow_through, rng):
    fahrenheit = rng.permutation(np.append(rng.uniform(-80, -40, 5), -39.7123))
    highest = -39.7123

    def run():
        return student.hottest(fahrenheit)

    follow_through(run, "to_celsius", z=highest, expected=(highest - 32) * 5 / 9)
