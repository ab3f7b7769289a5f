# expect: softmax.value_matches_reference failed
# Squares in place of exponentials: they are positive too, and the rows sum to one.
def softmax(x):
    squares = x ** 2
    return squares / np.sum(squares, axis=-1, keepdims=True)
