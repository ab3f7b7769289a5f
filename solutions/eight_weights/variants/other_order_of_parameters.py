# expect: full
# The names are as agreed, in another order; one has a default.
def forward_propagate(w1, w2, w3, w4, w5, w6, w7, w8, x1, x2, y1, y2, verbose=False):
    out_h1, out_h2 = sigmoid(w1 * x1 + w3 * x2), sigmoid(w2 * x1 + w4 * x2)
    out_o1, out_o2 = sigmoid(w5 * out_h1 + w7 * out_h2), sigmoid(w6 * out_h1 + w8 * out_h2)
    error = 0.5 * ((out_o1 - y1) ** 2 + (out_o2 - y2) ** 2)
    if verbose:
        print(error)
    return out_o1, out_o2, out_h1, out_h2, error


def back_propagate(x1, x2, y1, y2, w5, w6, w7, w8, out_h1, out_h2, out_o1, out_o2):
    go1 = (out_o1 - y1) * (out_o1 - out_o1 ** 2)
    go2 = (out_o2 - y2) * (out_o2 - out_o2 ** 2)
    gh1 = (go1 * w5 + go2 * w6) * (out_h1 - out_h1 ** 2)
    gh2 = (go1 * w7 + go2 * w8) * (out_h2 - out_h2 ** 2)
    return gh1 * x1, gh2 * x1, gh1 * x2, gh2 * x2, go1 * out_h1, go2 * out_h1, go1 * out_h2, go2 * out_h2


def update_w(w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8, step=0.5):
    pairs = ((w1, d_w1), (w2, d_w2), (w3, d_w3), (w4, d_w4), (w5, d_w5), (w6, d_w6), (w7, d_w7), (w8, d_w8))
    return tuple(w - step * d for w, d in pairs)
