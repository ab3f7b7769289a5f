# expect: forward_propagate.out_o1_matches_reference failed before-after-activation
# expect: forward_propagate.out_o2_matches_reference failed before-after-activation
# expect: forward_propagate.error_matches_reference failed before-after-activation
# expect: forward_propagate.out_h1_matches_reference passed
# expect: forward_propagate.out_h2_matches_reference passed
# The outputs are fed with the hidden sums, not with what the hidden neurons give out.
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    in_h1 = w1 * x1 + w3 * x2
    out_h1 = sigmoid(in_h1)
    in_h2 = w2 * x1 + w4 * x2
    out_h2 = sigmoid(in_h2)
    in_o1 = w5 * in_h1 + w7 * in_h2
    out_o1 = sigmoid(in_o1)
    in_o2 = w6 * in_h1 + w8 * in_h2
    out_o2 = sigmoid(in_o2)
    error = 0.5 * (out_o1 - y1) ** 2 + 0.5 * (out_o2 - y2) ** 2
    return out_o1, out_o2, out_h1, out_h2, error
