# expect: update_w.w1_matches_reference failed returns-nothing
# expect: update_w.w2_matches_reference failed returns-nothing
# expect: update_w.w3_matches_reference failed returns-nothing
# expect: update_w.w4_matches_reference failed returns-nothing
# expect: update_w.w5_matches_reference failed returns-nothing
# expect: update_w.w6_matches_reference failed returns-nothing
# expect: update_w.w7_matches_reference failed returns-nothing
# expect: update_w.w8_matches_reference failed returns-nothing
# The new weights are printed and forgotten.
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    w1, w2, w3, w4 = w1 - step * d_w1, w2 - step * d_w2, w3 - step * d_w3, w4 - step * d_w4
    w5, w6, w7, w8 = w5 - step * d_w5, w6 - step * d_w6, w7 - step * d_w7, w8 - step * d_w8
    print("new weights:", round(w1, 2), round(w2, 2), round(w3, 2), round(w4, 2))
    print("            ", round(w5, 2), round(w6, 2), round(w7, 2), round(w8, 2))
