# expect: softmax.runs crashed misspelt-name
# np.epx does not exist.
def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.epx(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
