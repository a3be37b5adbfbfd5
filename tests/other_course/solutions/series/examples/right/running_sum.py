import numpy as np


def to_celsius(fahrenheit):
    return fahrenheit * 5 / 9 - 160 / 9


def moving_average(values, n):
    total = np.cumsum(np.insert(values, 0, 0))
    return (total[n:] - total[:-n]) / n


def hottest(fahrenheit):
    return np.max(to_celsius(fahrenheit))
