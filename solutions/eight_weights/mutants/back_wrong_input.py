# expect: back_propagate.d_w3_matches_reference failed constant-for-variable
# expect: back_propagate.d_w4_matches_reference failed constant-for-variable
# expect: back_propagate.d_w1_matches_reference passed
# expect: back_propagate.d_w2_matches_reference passed
# expect: back_propagate.d_w5_matches_reference passed
# expect: back_propagate.d_w6_matches_reference passed
# expect: back_propagate.d_w7_matches_reference passed
# expect: back_propagate.d_w8_matches_reference passed
# A slip of copying: d_w3 and d_w4 are multiplied by x1.
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    d_o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    d_o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    d_h1 = (d_o1 * w5 + d_o2 * w6) * out_h1 * (1 - out_h1)
    d_h2 = (d_o1 * w7 + d_o2 * w8) * out_h2 * (1 - out_h2)
    d_w1 = d_h1 * x1
    d_w2 = d_h2 * x1
    d_w3 = d_h1 * x1
    d_w4 = d_h2 * x1
    return d_w1, d_w2, d_w3, d_w4, d_o1 * out_h1, d_o2 * out_h1, d_o1 * out_h2, d_o2 * out_h2
