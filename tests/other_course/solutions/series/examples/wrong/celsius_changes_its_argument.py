# loses: celsius
import numpy as np


def to_celsius(fahrenheit):
    fahrenheit -= 32
    return fahrenheit / 1.8


def moving_average(values, n):
    return [np.mean(values[i : i + n]) for i in range(len(values) - n + 1)]


def hottest(fahrenheit):
    return np.max(to_celsius(np.copy(fahrenheit)))
