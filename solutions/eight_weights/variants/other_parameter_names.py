# expect: full
# The parameters have other names; number and order are as agreed.
def sigmoid(value):
    return 1 / (1 + np.exp(-value))


def forward_propagate(i1, i2, t1, t2, a, b, c, d, e, f, g, h):
    p = sigmoid(a * i1 + c * i2)
    q = sigmoid(b * i1 + d * i2)
    r = sigmoid(e * p + g * q)
    s = sigmoid(f * p + h * q)
    return r, s, p, q, ((r - t1) ** 2 + (s - t2) ** 2) / 2


def back_propagate(o_1, o_2, h_1, h_2, i1, i2, t1, t2, w_5, w_6, w_7, w_8):
    u = (o_1 - t1) * o_1 * (1 - o_1)
    v = (o_2 - t2) * o_2 * (1 - o_2)
    m = (u * w_5 + v * w_6) * h_1 * (1 - h_1)
    n = (u * w_7 + v * w_8) * h_2 * (1 - h_2)
    return m * i1, n * i1, m * i2, n * i2, u * h_1, v * h_1, u * h_2, v * h_2


def update_w(lr, a, b, c, d, e, f, g, h, da, db, dc, dd, de, df, dg, dh):
    return a - lr * da, b - lr * db, c - lr * dc, d - lr * dd, e - lr * de, f - lr * df, g - lr * dg, h - lr * dh
