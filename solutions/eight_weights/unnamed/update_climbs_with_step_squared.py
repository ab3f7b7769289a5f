# expect: update_w.w1_matches_reference failed
# expect: update_w.w2_matches_reference failed
# expect: update_w.w3_matches_reference failed
# expect: update_w.w4_matches_reference failed
# expect: update_w.w5_matches_reference failed
# expect: update_w.w6_matches_reference failed
# expect: update_w.w7_matches_reference failed
# expect: update_w.w8_matches_reference failed
# expect: update_w.ten_steps_match_reference failed
# Two mistakes at once: the step size counts twice, and the weights go up the slope.
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    weights = (w1, w2, w3, w4, w5, w6, w7, w8)
    gradients = (d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8)
    return tuple(w + step ** 2 * d for w, d in zip(weights, gradients))
