# es: Sustituye cada `...` por tu código.
# en: Replace each `...` with your code.

import numpy as np


def to_celsius(fahrenheit):
    # es: los grados, menos 32, por 5 novenos
    # en: the degrees, less 32, times 5 ninths
    return (fahrenheit - 32) * 5 / 9  # solution


def moving_average(values, n):
    # es: la media de cada n valores seguidos; np.convolve puede ayudar
    # en: the mean of each n values in a row; np.convolve may help
    window = np.ones(n) / n  # solution
    return np.convolve(values, window, mode="valid")  # solution


def hottest(fahrenheit):
    # es: la temperatura más alta, en grados Celsius
    # en: the highest temperature, in degrees Celsius
    return to_celsius(np.max(fahrenheit))  # solution
