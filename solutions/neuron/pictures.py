"""What the student's page draws: her own functions over the right ones, and how her weights are spread."""

import numpy as np

from autograder.pictures import curve, histogram, picture


@picture(part="sigmoid", es="Tu sigmoide y la correcta", en="Your sigmoid and the correct one")
def draw_sigmoid(student):
    z = np.linspace(-8, 8, 65)
    return curve(student.sigmoid, z, right=1 / (1 + np.exp(-z)))


@picture(part="relu", es="Tu ReLU y la correcta", en="Your ReLU and the correct one")
def draw_relu(student):
    z = np.linspace(-4, 4, 33)
    return curve(student.relu, z, right=np.where(z > 0, z, 0))


@picture(
    part="init",
    es="Mil de tus pesos y cómo deberían repartirse",
    en="A thousand of your weights and how they should be spread",
)
def draw_weights(student):
    edges = np.linspace(-1.5, 1.5, 31)
    inside = np.abs(edges[1:] + edges[:-1]) < 2
    return histogram(student.Neuron(1000).weights, edges, right=np.where(inside, 1000 / inside.sum(), 0))
