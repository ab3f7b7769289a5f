from collections import namedtuple

from activation import sigmoid, sigmoid_slope

Outputs = namedtuple("Outputs", "o1 o2 h1 h2 error")


def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    h1, h2 = sigmoid(w1 * x1 + w3 * x2), sigmoid(w2 * x1 + w4 * x2)
    o1, o2 = sigmoid(w5 * h1 + w7 * h2), sigmoid(w6 * h1 + w8 * h2)
    return Outputs(o1, o2, h1, h2, ((o1 - y1) ** 2 + (o2 - y2) ** 2) / 2)


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    deltas = [(out - y) * sigmoid_slope(out) for out, y in ((out_o1, y1), (out_o2, y2))]
    hidden = []
    for out, to_o1, to_o2 in ((out_h1, w5, w6), (out_h2, w7, w8)):
        hidden.append((deltas[0] * to_o1 + deltas[1] * to_o2) * sigmoid_slope(out))
    first = [delta * x for x in (x1, x2) for delta in hidden]
    second = [delta * out for out in (out_h1, out_h2) for delta in deltas]
    return tuple(first + second)
