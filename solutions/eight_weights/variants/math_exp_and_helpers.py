# expect: full
# math.exp for np.exp, and small helper functions for everything that occurs twice.
from math import exp


def sigmoid(z: float) -> float:
    if z >= 0:
        return 1 / (1 + exp(-z))
    return exp(z) / (1 + exp(z))


def neuron(a, weight_a, b, weight_b):
    return sigmoid(a * weight_a + b * weight_b)


def half_square(difference):
    return difference * difference / 2


def slope(out):
    return out * (1 - out)


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    h1 = neuron(x1, w1, x2, w3)
    h2 = neuron(x1, w2, x2, w4)
    o1 = neuron(h1, w5, h2, w7)
    o2 = neuron(h1, w6, h2, w8)
    return o1, o2, h1, h2, half_square(o1 - y1) + half_square(o2 - y2)


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    d1 = (out_o1 - y1) * slope(out_o1)
    d2 = (out_o2 - y2) * slope(out_o2)
    e1 = (d1 * w5 + d2 * w6) * slope(out_h1)
    e2 = (d1 * w7 + d2 * w8) * slope(out_h2)
    return e1 * x1, e2 * x1, e1 * x2, e2 * x2, d1 * out_h1, d2 * out_h1, d1 * out_h2, d2 * out_h2


def moved(weight, gradient, step):
    return weight - gradient * step


def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    return (
        moved(w1, d_w1, step), moved(w2, d_w2, step), moved(w3, d_w3, step), moved(w4, d_w4, step),
        moved(w5, d_w5, step), moved(w6, d_w6, step), moved(w7, d_w7, step), moved(w8, d_w8, step),
    )
