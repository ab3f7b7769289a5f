# expect: relu.leaves_dout_alone failed writes-into-argument
# dx is only another name for dout.
def relu_backward(dout, cache):
    dx = dout
    dx[cache <= 0] = 0
    return dx
