# expect: relu.leaves_arguments_alone failed writes-into-argument
# out is only another name for x, whose negative entries are lost.
def relu_forward(x):
    out = x
    out[out < 0] = 0
    return out, out
