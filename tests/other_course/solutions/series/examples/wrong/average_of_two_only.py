# loses: average
import numpy as np


def to_celsius(fahrenheit):
    return (fahrenheit - 32) / 1.8


def moving_average(values, n):
    return (values[1:] + values[:-1]) / 2


def hottest(fahrenheit):
    return to_celsius(max(fahrenheit))
