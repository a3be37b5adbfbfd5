# loses: celsius
import numpy as np


def to_celsius(fahrenheit):
    return fahrenheit - 32 * 5 / 9


def moving_average(values, n):
    return [np.mean(values[i : i + n]) for i in range(len(values) - n + 1)]


def hottest(fahrenheit):
    return to_celsius(max(fahrenheit))
