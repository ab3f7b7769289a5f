# expect: full
# update_w changes the global weights and returns them too.
def update_w():
    global w1, w2, w3, w4, w5, w6, w7, w8
    w1 -= step * d_w1
    w2 -= step * d_w2
    w3 -= step * d_w3
    w4 -= step * d_w4
    w5 -= step * d_w5
    w6 -= step * d_w6
    w7 -= step * d_w7
    w8 -= step * d_w8
    return w1, w2, w3, w4, w5, w6, w7, w8
