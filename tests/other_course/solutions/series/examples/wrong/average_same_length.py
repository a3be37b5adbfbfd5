# loses: average
import numpy as np


def to_celsius(fahrenheit):
    return (fahrenheit - 32) / 1.8


def moving_average(values, n):
    return np.convolve(values, np.ones(n) / n, mode="same")


def hottest(fahrenheit):
    return to_celsius(max(fahrenheit))
