# expect: full
# Two weight matrices inside; the results come as NumPy arrays.
import numpy as np


def sigmoid(z):
    return np.array(1 / (1 + np.exp(-np.asarray(z, dtype=float))))


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    x, y = np.array([x1, x2]), np.array([y1, y2])
    first = np.array([[w1, w2], [w3, w4]])
    second = np.array([[w5, w6], [w7, w8]])
    h = 1 / (1 + np.exp(-(x @ first)))
    o = 1 / (1 + np.exp(-(h @ second)))
    return np.concatenate([o, h, [0.5 * np.sum((o - y) ** 2)]])


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    o, h = np.array([out_o1, out_o2]), np.array([out_h1, out_h2])
    x, y = np.array([x1, x2]), np.array([y1, y2])
    second = np.array([[w5, w6], [w7, w8]])
    delta_o = (o - y) * o * (1 - o)
    delta_h = second @ delta_o * h * (1 - h)
    return np.concatenate([np.outer(x, delta_h).ravel(), np.outer(h, delta_o).ravel()])


def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    return np.array([w1, w2, w3, w4, w5, w6, w7, w8]) - step * np.array([d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8])
