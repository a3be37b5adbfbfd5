# es: Las comprobaciones que puedes ejecutar tú: `pytest` en esta carpeta.
# en: The checks that you can run yourself: `pytest` in this folder.

import numpy as np
import pytest
from numpy.testing import assert_allclose


@pytest.mark.check(
    part="celsius",
    points=2,
    es="to_celsius convierte un arreglo",
    en="to_celsius converts an array",
)
def test_celsius_array(student):
    assert_allclose(student.to_celsius(np.array([32.0, 212.0, -40.0])), [0, 100, -40], atol=1e-12)


@pytest.mark.check(
    part="average",
    points=1.5,
    es="moving_average da la media de cada dos valores seguidos",
    en="moving_average gives the mean of each two values in a row",
)
def test_average_of_two(student):
    assert_allclose(student.moving_average(np.array([1.0, 3.0, 8.0, 0.0]), 2), [2, 5.5, 4])


@pytest.mark.check(
    part="hottest",
    points=1,
    es="hottest da el máximo en grados Celsius",
    en="hottest gives the maximum in degrees Celsius",
)
def test_hottest(student, follow_through):
    def run():
        return student.hottest(np.array([50.0, 86.0, 68.0]))

    follow_through(run, "to_celsius", z=86.0, expected=30.0)
