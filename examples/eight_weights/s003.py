"""Homework: one hidden layer by hand."""
from math import exp


def sigmoid(z: float) -> float:
    return 1.0 / (1.0 + exp(-z))


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    h1 = sigmoid(w1 * x1 + w3 * x2)
    h2 = sigmoid(w2 * x1 + w4 * x2)
    o1 = sigmoid(w5 * h1 + w7 * h2)
    o2 = sigmoid(w6 * h1 + w8 * h2)
    error = (o1 - y1) ** 2 + (o2 - y2) ** 2
    return o1, o2, h1, h2, error


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    h1 = (o1 * w5 + o2 * w6) * out_h1 * (1 - out_h1)
    h2 = (o1 * w7 + o2 * w8) * out_h2 * (1 - out_h2)
    return h1 * x1, h2 * x1, h1 * x2, h2 * x2, o1 * out_h1, o2 * out_h1, o1 * out_h2, o2 * out_h2


def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    w1 -= step * d_w1
    w2 -= step * d_w2
    w3 -= step * d_w3
    w4 -= step * d_w4
    w5 -= step * d_w5
    w6 -= step * d_w6
    w7 -= step * d_w7
    w8 -= step * d_w8
    return w1, w2, w3, w4, w5, w6, w7, w8


def train(rounds=100, step=0.5):
    w = [0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8]
    sample = 0.5, 0.3, 0.23, -0.07
    for n in range(rounds):
        *out, error = forward_propagate(*sample, *w)
        if n % 10 == 0:
            print(n, error)
        w = update_w(step, *w, *back_propagate(*out, *sample, *w[4:]))
    return w


if __name__ == "__main__":
    print(train())
