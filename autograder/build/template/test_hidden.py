"""Checks that only the grader runs. `student` is the proxy of a submission in its sandbox."""

import pytest
from numpy.testing import assert_allclose


@pytest.mark.check(
    part="double",
    points=4,
    es="double trabaja también con un arreglo, elemento a elemento",
    en="double works on an array too, element by element",
)
def test_double_of_an_array(student, rng):
    x = rng.uniform(-9, 9, 5)
    expected = 2 * x
    assert_allclose(student.double(x), expected)
