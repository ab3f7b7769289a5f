# expect: update_w.runs crashed misspelt-name
# There is no name setp.
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    gradients = (d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8)
    return tuple(w - setp * d for w, d in zip((w1, w2, w3, w4, w5, w6, w7, w8), gradients))
