# expect: full
# Only the weights are passed to update_w; the step is a literal, the gradients are globals.
def update_w(w1, w2, w3, w4, w5, w6, w7, w8):
    w1, w2 = w1 - 0.5 * d_w1, w2 - 0.5 * d_w2
    w3, w4 = w3 - 0.5 * d_w3, w4 - 0.5 * d_w4
    w5, w6 = w5 - 0.5 * d_w5, w6 - 0.5 * d_w6
    w7, w8 = w7 - 0.5 * d_w7, w8 - 0.5 * d_w8
    return [w1, w2, w3, w4, w5, w6, w7, w8]
