# expect: update_w.w5_matches_reference failed learning-rate
# expect: update_w.w6_matches_reference failed learning-rate
# expect: update_w.w7_matches_reference failed learning-rate
# expect: update_w.w8_matches_reference failed learning-rate
# expect: update_w.w1_matches_reference passed
# expect: update_w.w2_matches_reference passed
# expect: update_w.w3_matches_reference passed
# expect: update_w.w4_matches_reference passed
# The output weights are changed by their whole gradient, without the step size.
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    w1 = w1 - step * d_w1
    w2 = w2 - step * d_w2
    w3 = w3 - step * d_w3
    w4 = w4 - step * d_w4
    w5 = w5 - d_w5
    w6 = w6 - d_w6
    w7 = w7 - d_w7
    w8 = w8 - d_w8
    return w1, w2, w3, w4, w5, w6, w7, w8
