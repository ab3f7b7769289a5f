# expect: full
# Results that are asked for as tuples come as lists.
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    hidden = [sigmoid(w1 * x1 + w3 * x2), sigmoid(w2 * x1 + w4 * x2)]
    outputs = [sigmoid(w5 * hidden[0] + w7 * hidden[1]), sigmoid(w6 * hidden[0] + w8 * hidden[1])]
    error = sum((o - y) ** 2 for o, y in zip(outputs, [y1, y2])) / 2
    return outputs + hidden + [error]


def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    deltas = [(o - y) * o * (1 - o) for o, y in [(out_o1, y1), (out_o2, y2)]]
    back = [deltas[0] * w5 + deltas[1] * w6, deltas[0] * w7 + deltas[1] * w8]
    hidden = [back[0] * out_h1 * (1 - out_h1), back[1] * out_h2 * (1 - out_h2)]
    return [delta * x for x in (x1, x2) for delta in hidden] + [delta * h for h in (out_h1, out_h2) for delta in deltas]


def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    new = []
    for w, d in zip([w1, w2, w3, w4, w5, w6, w7, w8], [d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8]):
        new.append(w - step * d)
    return new
