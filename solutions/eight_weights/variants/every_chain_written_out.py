# expect: full
# No deltas: every gradient is the whole product of partial derivatives, path by path.
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    dE_do1 = out_o1 - y1
    dE_do2 = out_o2 - y2
    do1_dnet1 = out_o1 * (1 - out_o1)
    do2_dnet2 = out_o2 * (1 - out_o2)
    dh1_dnet = out_h1 * (1 - out_h1)
    dh2_dnet = out_h2 * (1 - out_h2)

    d_w5 = dE_do1 * do1_dnet1 * out_h1
    d_w6 = dE_do2 * do2_dnet2 * out_h1
    d_w7 = dE_do1 * do1_dnet1 * out_h2
    d_w8 = dE_do2 * do2_dnet2 * out_h2

    d_w1 = dE_do1 * do1_dnet1 * w5 * dh1_dnet * x1
    d_w1 += dE_do2 * do2_dnet2 * w6 * dh1_dnet * x1
    d_w2 = dE_do1 * do1_dnet1 * w7 * dh2_dnet * x1
    d_w2 += dE_do2 * do2_dnet2 * w8 * dh2_dnet * x1
    d_w3 = dE_do1 * do1_dnet1 * w5 * dh1_dnet * x2
    d_w3 += dE_do2 * do2_dnet2 * w6 * dh1_dnet * x2
    d_w4 = dE_do1 * do1_dnet1 * w7 * dh2_dnet * x2
    d_w4 += dE_do2 * do2_dnet2 * w8 * dh2_dnet * x2
    return d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8
