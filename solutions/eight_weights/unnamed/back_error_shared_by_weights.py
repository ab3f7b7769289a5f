# expect: back_propagate.d_w1_matches_reference failed
# expect: back_propagate.d_w2_matches_reference failed
# expect: back_propagate.d_w3_matches_reference failed
# expect: back_propagate.d_w4_matches_reference failed
# Each output's delta is shared out between the hidden neurons in proportion to their weights.
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    h1 = (o1 * w5 / (w5 + w7) + o2 * w6 / (w6 + w8)) * out_h1 * (1 - out_h1)
    h2 = (o1 * w7 / (w5 + w7) + o2 * w8 / (w6 + w8)) * out_h2 * (1 - out_h2)
    return h1 * x1, h2 * x1, h1 * x2, h2 * x2, o1 * out_h1, o2 * out_h1, o1 * out_h2, o2 * out_h2
