# expect: relu.runs crashed
# The built-in max compares whole arrays, whose truth value is ambiguous.
def relu_forward(x):
    out = max(0, x)
    return out, x
