# expect: sigmoid.runs crashed misspelt-name
# np.epx does not exist.
def sigmoid(z):
    return 1 / (1 + np.epx(-z))
