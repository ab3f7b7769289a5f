# expect: full
# A lambda, a decorator that counts calls, and a function behind functools.wraps.
import functools

sigmoid = lambda z: 1 / (1 + np.exp(-z))


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@counted
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    out_h1 = sigmoid(w1 * x1 + w3 * x2)
    out_h2 = sigmoid(w2 * x1 + w4 * x2)
    out_o1 = sigmoid(w5 * out_h1 + w7 * out_h2)
    out_o2 = sigmoid(w6 * out_h1 + w8 * out_h2)
    return out_o1, out_o2, out_h1, out_h2, ((out_o1 - y1) ** 2 + (out_o2 - y2) ** 2) / 2


@counted
def back_propagate(out_o1, out_o2, out_h1, out_h2):
    d_o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    d_o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    d_h1 = (d_o1 * w5 + d_o2 * w6) * out_h1 * (1 - out_h1)
    d_h2 = (d_o1 * w7 + d_o2 * w8) * out_h2 * (1 - out_h2)
    return d_h1 * x1, d_h2 * x1, d_h1 * x2, d_h2 * x2, d_o1 * out_h1, d_o2 * out_h1, d_o1 * out_h2, d_o2 * out_h2
