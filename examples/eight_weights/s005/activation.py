import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def sigmoid_slope(a):
    """The slope where the sigmoid has the value a."""
    return a - a * a
