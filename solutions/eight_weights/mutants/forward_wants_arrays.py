# expect: forward_propagate.out_o1_matches_reference crashed
# Takes arrays for the inputs, the targets and the weights, which nobody agreed on.
def forward_propagate(x, y, w):
    out_h = sigmoid(w[0] @ x)
    out_o = sigmoid(w[1] @ out_h)
    return out_o[0], out_o[1], out_h[0], out_h[1], 0.5 * np.sum((out_o - y) ** 2)
