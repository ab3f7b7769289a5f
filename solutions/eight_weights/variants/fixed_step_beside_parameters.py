# expect: full
# Weights and gradients are passed to update_w, the step is fixed inside.
def update_w(w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    learning_rate = 0.1
    weights = [w1, w2, w3, w4, w5, w6, w7, w8]
    gradients = [d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8]
    return tuple(weights[i] - learning_rate * gradients[i] for i in range(8))
