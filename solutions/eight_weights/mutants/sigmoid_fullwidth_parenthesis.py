# expect: sigmoid.is_defined missing fullwidth-punctuation
# The last parenthesis was typed with a Chinese input method.
def sigmoid(z):
    return 1 / (1 + np.exp(-z)）
