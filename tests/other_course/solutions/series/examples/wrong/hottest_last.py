# loses: hottest
import numpy as np


def to_celsius(fahrenheit):
    return (fahrenheit - 32) / 1.8


def moving_average(values, n):
    return [np.mean(values[i : i + n]) for i in range(len(values) - n + 1)]


def hottest(fahrenheit):
    return to_celsius(fahrenheit[-1])
