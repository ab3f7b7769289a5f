# expect: full
# forward_propagate hands whole arrays to its sigmoid and returns a tuple of single entries.
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    hidden = sigmoid(np.dot([x1, x2], [[w1, w2], [w3, w4]]))
    output = sigmoid(np.dot(hidden, [[w5, w6], [w7, w8]]))
    # the mean over two outputs is half of the sum
    error = np.mean((output - [y1, y2]) ** 2)
    return output[0], output[1], hidden[0], hidden[1], error
