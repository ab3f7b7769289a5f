# expect: forward_propagate.out_o1_matches_reference failed swapped
# expect: forward_propagate.out_o2_matches_reference failed swapped
# expect: forward_propagate.error_matches_reference failed swapped
# expect: forward_propagate.out_h1_matches_reference passed
# expect: forward_propagate.out_h2_matches_reference passed
# w6 and w7 sit on each other's lines.
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    h1 = sigmoid(w1 * x1 + w3 * x2)
    h2 = sigmoid(w2 * x1 + w4 * x2)
    o1 = sigmoid(w5 * h1 + w6 * h2)
    o2 = sigmoid(w7 * h1 + w8 * h2)
    error = ((o1 - y1) ** 2 + (o2 - y2) ** 2) / 2
    return o1, o2, h1, h2, error
