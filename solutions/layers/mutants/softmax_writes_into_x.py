# expect: softmax.leaves_arguments_alone failed writes-into-argument
# x -= ... shifts the caller's own array.
def softmax(x):
    x -= np.max(x, axis=-1, keepdims=True)
    e = np.exp(x)
    return e / np.sum(e, axis=-1, keepdims=True)
