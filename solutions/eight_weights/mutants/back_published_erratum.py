# expect: back_propagate.d_w1_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w2_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w3_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w4_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w5_matches_reference passed
# expect: back_propagate.d_w6_matches_reference passed
# expect: back_propagate.d_w7_matches_reference passed
# expect: back_propagate.d_w8_matches_reference passed
# The widely published version: d_w5 + d_w6 and d_w7 + d_w8 stand where each delta should come back through its weight.
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    # outputs
    d_o1 = out_o1 - y1
    d_o2 = out_o2 - y2

    # w5 to w8
    d_w5 = d_o1 * out_o1 * (1 - out_o1) * out_h1
    d_w7 = d_o1 * out_o1 * (1 - out_o1) * out_h2
    d_w6 = d_o2 * out_o2 * (1 - out_o2) * out_h1
    d_w8 = d_o2 * out_o2 * (1 - out_o2) * out_h2

    # w1 to w4
    d_w1 = (d_w5 + d_w6) * out_h1 * (1 - out_h1) * x1
    d_w3 = (d_w5 + d_w6) * out_h1 * (1 - out_h1) * x2
    d_w2 = (d_w7 + d_w8) * out_h2 * (1 - out_h2) * x1
    d_w4 = (d_w7 + d_w8) * out_h2 * (1 - out_h2) * x2

    print("w(0):", round(d_w1, 2), round(d_w2, 2), round(d_w3, 2), round(d_w4, 2))
    print("w(1):", round(d_w5, 2), round(d_w6, 2), round(d_w7, 2), round(d_w8, 2))
    return d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8
