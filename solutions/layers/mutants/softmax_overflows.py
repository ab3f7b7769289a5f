# expect: softmax.stays_finite_for_large_inputs failed overflow
# The largest score is not subtracted first, so exp(1000) is infinite and inf / inf is nan.
def softmax(x):
    exp_x = np.exp(x)
    return exp_x / np.sum(exp_x, axis=-1, keepdims=True)
