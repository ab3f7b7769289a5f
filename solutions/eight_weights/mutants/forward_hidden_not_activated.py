# expect: forward_propagate.out_h1_matches_reference failed before-after-activation
# expect: forward_propagate.out_h2_matches_reference failed before-after-activation
# expect: forward_propagate.out_o1_matches_reference failed before-after-activation
# expect: forward_propagate.out_o2_matches_reference failed before-after-activation
# expect: forward_propagate.error_matches_reference failed before-after-activation
# The hidden sums go on without the sigmoid.
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    out_h1 = w1 * x1 + w3 * x2
    out_h2 = w2 * x1 + w4 * x2
    out_o1 = sigmoid(w5 * out_h1 + w7 * out_h2)
    out_o2 = sigmoid(w6 * out_h1 + w8 * out_h2)
    error = 0.5 * ((out_o1 - y1) ** 2 + (out_o2 - y2) ** 2)
    return out_o1, out_o2, out_h1, out_h2, error
