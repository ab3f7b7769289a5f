# expect: tanh.value_matches_reference failed
# Without brackets only the second exponential is divided.
def tanh(x):
    return np.exp(x) - np.exp(-x) / (np.exp(x) + np.exp(-x))
