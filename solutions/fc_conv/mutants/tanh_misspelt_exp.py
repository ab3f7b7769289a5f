# expect: tanh.runs crashed misspelt-name
# ep is no name.
def tanh(x):
    en = np.exp(-x)
    e = np.exp(x)
    return (ep - en) / (e + en)
