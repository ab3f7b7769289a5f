# expect: tanh.runs crashed
# ep is no name; en, e or another may be meant.
def tanh(x):
    en = np.exp(-x)
    e = np.exp(x)
    return (ep - en) / (e + en)
