# expect: full
# No function but the sigmoid has parameters; everything is read as a global.
import math

x1, x2, y1, y2 = 0.5, 0.3, 0.23, -0.07
w1, w2, w3, w4, w5, w6, w7, w8 = 0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8
step = 0.5


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def forward_propagate():
    out_h1 = sigmoid(w1 * x1 + w3 * x2)
    out_h2 = sigmoid(w2 * x1 + w4 * x2)
    out_o1 = sigmoid(w5 * out_h1 + w7 * out_h2)
    out_o2 = sigmoid(w6 * out_h1 + w8 * out_h2)
    return out_o1, out_o2, out_h1, out_h2, 0.5 * (out_o1 - y1) ** 2 + 0.5 * (out_o2 - y2) ** 2


def back_propagate():
    at_o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    at_o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    at_h1 = (at_o1 * w5 + at_o2 * w6) * out_h1 * (1 - out_h1)
    at_h2 = (at_o1 * w7 + at_o2 * w8) * out_h2 * (1 - out_h2)
    return (at_h1 * x1, at_h2 * x1, at_h1 * x2, at_h2 * x2, at_o1 * out_h1, at_o2 * out_h1, at_o1 * out_h2, at_o2 * out_h2)


def update_w():
    return (w1 - step * d_w1, w2 - step * d_w2, w3 - step * d_w3, w4 - step * d_w4,
            w5 - step * d_w5, w6 - step * d_w6, w7 - step * d_w7, w8 - step * d_w8)


for i in range(10):
    out_o1, out_o2, out_h1, out_h2, error = forward_propagate()
    d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8 = back_propagate()
    w1, w2, w3, w4, w5, w6, w7, w8 = update_w()
    print(i, error)
