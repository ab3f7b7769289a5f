# expect: sigmoid.value_matches_reference failed
# Another curve from 0 to 1: the arctangent, moved and squeezed.
def sigmoid(z):
    return 0.5 + np.arctan(z) / np.pi
