# expect: full
# The gradients of the output weights are divided by the hidden outputs to get the deltas back.
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    d_w5 = (out_o1 - y1) * out_o1 * (1 - out_o1) * out_h1
    d_w6 = (out_o2 - y2) * out_o2 * (1 - out_o2) * out_h1
    d_w7 = d_w5 / out_h1 * out_h2
    d_w8 = d_w6 / out_h1 * out_h2
    d_w1 = (d_w5 * w5 + d_w6 * w6) * (1 - out_h1) * x1
    d_w2 = (d_w7 * w7 + d_w8 * w8) * (1 - out_h2) * x1
    d_w3 = (d_w5 * w5 + d_w6 * w6) * (1 - out_h1) * x2
    d_w4 = (d_w7 * w7 + d_w8 * w8) * (1 - out_h2) * x2
    return d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8
